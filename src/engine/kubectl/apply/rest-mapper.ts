/** A kind as the server's discovery lists it. */
export interface RestMapping {
  readonly group: string;
  readonly version: string;
  /** Spelled as the manifest spelled it: kubectl also finds kinds written in small letters. */
  readonly kind: string;
  readonly properKind: string;
  readonly resource: string;
  readonly namespaced: boolean;
}

/** `apiVersion: Kind Kind …`; `*` marks kinds that live in no namespace. */
const builtIn = [
  'v1: Binding ComponentStatus* ConfigMap Endpoints Event LimitRange Namespace* Node* PersistentVolume* PersistentVolumeClaim Pod',
  'v1: PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount',
  'admissionregistration.k8s.io/v1: MutatingAdmissionPolicy* MutatingAdmissionPolicyBinding* MutatingWebhookConfiguration*',
  'admissionregistration.k8s.io/v1: ValidatingAdmissionPolicy* ValidatingAdmissionPolicyBinding* ValidatingWebhookConfiguration*',
  'apiextensions.k8s.io/v1: CustomResourceDefinition*',
  'apiregistration.k8s.io/v1: APIService*',
  'apps/v1: ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet',
  'authentication.k8s.io/v1: SelfSubjectReview* TokenReview*',
  'authorization.k8s.io/v1: LocalSubjectAccessReview SelfSubjectAccessReview* SelfSubjectRulesReview* SubjectAccessReview*',
  'autoscaling/v1: HorizontalPodAutoscaler',
  'autoscaling/v2: HorizontalPodAutoscaler',
  'batch/v1: CronJob Job',
  'certificates.k8s.io/v1: CertificateSigningRequest*',
  'coordination.k8s.io/v1: Lease',
  'discovery.k8s.io/v1: EndpointSlice',
  'events.k8s.io/v1: Event',
  'flowcontrol.apiserver.k8s.io/v1: FlowSchema* PriorityLevelConfiguration*',
  'networking.k8s.io/v1: IPAddress* Ingress IngressClass* NetworkPolicy ServiceCIDR*',
  'node.k8s.io/v1: RuntimeClass*',
  'policy/v1: PodDisruptionBudget',
  'rbac.authorization.k8s.io/v1: ClusterRole* ClusterRoleBinding* Role RoleBinding',
  'resource.k8s.io/v1: DeviceClass* ResourceClaim ResourceClaimTemplate ResourceSlice*',
  'scheduling.k8s.io/v1: PriorityClass*',
  'storage.k8s.io/v1: CSIDriver* CSINode* CSIStorageCapacity StorageClass* VolumeAttachment* VolumeAttributesClass*',
];

const mappings = new Map<string, RestMapping>();
const versions = new Set<string>();
for (const line of builtIn) {
  const [apiVersion = '', names = ''] = line.split(': ');
  versions.add(apiVersion);
  const { group, version } = splitApiVersion(apiVersion);
  for (const name of names.split(' ')) {
    const kind = name.replace('*', '');
    const mapping = { group, version, kind, properKind: kind, resource: plural(kind), namespaced: !name.endsWith('*') };
    mappings.set(`${apiVersion} ${kind}`, mapping);
    mappings.set(`${apiVersion} ${kind.toLowerCase()}`, { ...mapping, kind: kind.toLowerCase() });
  }
}

export function splitApiVersion(apiVersion: string): { readonly group: string; readonly version: string } {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? { group: '', version: apiVersion } : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

function plural(kind: string): string {
  const lower = kind.toLowerCase();
  if (lower === 'endpoints') return lower;
  if (/(s|ss|x|ch)$/.test(lower)) return `${lower}es`;
  return lower.endsWith('y') ? `${lower.slice(0, -1)}ies` : `${lower}s`;
}

/**
 * What a kind is to the server; `undefined`: it knows no such kind. Every kind of an installed API counts as known and namespaced, but for
 * those whose name says that they are a class: what they hold is not looked at here.
 *
 * Models: client-go restmapper discovery.go, v0.37: kinds in small letters are found too.
 */
export function restMapping(apiVersion: string, kind: string, installedApis: readonly string[] = []): RestMapping | undefined {
  const builtInKind = mappings.get(`${apiVersion} ${kind}`);
  if (builtInKind !== undefined || !installedApis.includes(apiVersion)) return builtInKind;
  return { ...splitApiVersion(apiVersion), kind, properKind: kind, resource: plural(kind), namespaced: !kind.endsWith('Class') };
}

/** Whether a kind ends a list of objects: `List` of every version, `ServiceList`, … */
export function isListKind(apiVersion: string, kind: string): boolean {
  return versions.has(apiVersion) && (kind === 'List' || (kind.endsWith('List') && mappings.has(`${apiVersion} ${kind.slice(0, -4)}`)));
}

/** Models: apimachinery meta.NoKindMatchError. */
export function noMatches(apiVersion: string, kind: string, quote: (text: string) => string): string {
  const { group, version } = splitApiVersion(apiVersion);
  if (version === '') return `no matches for kind ${quote(kind)} in group ${quote(group)}`;
  return `no matches for kind ${quote(kind)} in version ${quote(apiVersion)}`;
}
