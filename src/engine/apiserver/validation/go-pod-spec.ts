import type { JsonObject } from '../../api/json.ts';
import type { PodSpecDraft, PodTemplateDraft } from '../pod-draft.ts';

/**
 * A field of one of the server's own structs: Go's name, the API's key, and the value that stands for absence.
 * `struct` is the type of the value, or of a list's items; `own` fields are structs and not pointers, so that they are never null.
 */
interface GoField {
  readonly name: string;
  readonly key: string;
  readonly zero: string | number | boolean | null;
  readonly struct?: string;
  readonly own?: boolean;
}

/**
 * Structs by name, in a shorthand: `Name` text, `Name#` number, `Name!` bool, `Name?` pointer, list or map, `Name>Type` pointer to or
 * list of a struct, `Name=Type` a struct by value. The API's key is the name with a lower-case start unless `:key` gives it.
 *
 * Models: pkg/apis/core/types.go, v1.37: the order and zero values of the internal types, which have no JSON names.
 */
const layouts: Readonly<Record<string, string>> = {
  PodSpec:
    'Volumes>Volume InitContainers>Container Containers>Container EphemeralContainers? RestartPolicy TerminationGracePeriodSeconds? ActiveDeadlineSeconds? DNSPolicy:dnsPolicy NodeSelector? ServiceAccountName DeprecatedServiceAccount:serviceAccount AutomountServiceAccountToken? NodeName HostNetwork! HostPID!:hostPID HostIPC!:hostIPC ShareProcessNamespace? SecurityContext>PodSecurityContext ImagePullSecrets>LocalObjectReference Hostname Subdomain Affinity? SchedulerName Tolerations>Toleration HostAliases>HostAlias PriorityClassName Priority? DNSConfig>PodDNSConfig:dnsConfig ReadinessGates>PodReadinessGate RuntimeClassName? EnableServiceLinks? PreemptionPolicy? Overhead? TopologySpreadConstraints? SetHostnameAsFQDN? OS>PodOS:os HostUsers? SchedulingGates>PodSchedulingGate ResourceClaims? Resources>ResourceRequirements HostnameOverride? SchedulingGroup? EvictionResponders?',
  PodSecurityContext:
    'SELinuxOptions?:seLinuxOptions WindowsOptions? RunAsUser? RunAsGroup? RunAsNonRoot? SupplementalGroups? SupplementalGroupsPolicy? FSGroup?:fsGroup Sysctls? FSGroupChangePolicy?:fsGroupChangePolicy SeccompProfile? AppArmorProfile? SELinuxChangePolicy?:seLinuxChangePolicy',
  Container:
    'Name Image Command? Args? WorkingDir Ports>ContainerPort EnvFrom>EnvFromSource Env>EnvVar Resources=ResourceRequirements ResizePolicy? RestartPolicy? RestartPolicyRules? VolumeMounts>VolumeMount VolumeDevices? LivenessProbe>Probe ReadinessProbe>Probe StartupProbe>Probe Lifecycle>Lifecycle TerminationMessagePath TerminationMessagePolicy ImagePullPolicy SecurityContext? Stdin! StdinOnce! TTY!:tty',
  ContainerPort: 'Name HostPort# ContainerPort# Protocol HostIP:hostIP',
  EnvFromSource: 'Prefix ConfigMapRef>OptionalReference SecretRef>OptionalReference',
  EnvVar: 'Name Value ValueFrom>EnvVarSource',
  EnvVarSource:
    'FieldRef>ObjectFieldSelector ResourceFieldRef>ResourceFieldSelector ConfigMapKeyRef>KeySelector SecretKeyRef>KeySelector FileKeyRef>FileKeySelector',
  ObjectFieldSelector: 'APIVersion:apiVersion FieldPath',
  ResourceFieldSelector: 'ContainerName Resource Divisor',
  KeySelector: 'Name Key Optional?',
  FileKeySelector: 'VolumeName Path Key Optional?',
  OptionalReference: 'Name Optional?',
  ResourceRequirements: 'Limits? Requests? Claims?',
  VolumeMount: 'Name ReadOnly! RecursiveReadOnly? MountPath SubPath MountPropagation? SubPathExpr BindMountOptions?',
  Probe:
    'Exec>ExecAction HTTPGet>HTTPGetAction:httpGet TCPSocket>TCPSocketAction:tcpSocket GRPC>GRPCAction:grpc InitialDelaySeconds# TimeoutSeconds# PeriodSeconds# SuccessThreshold# FailureThreshold# TerminationGracePeriodSeconds?',
  Lifecycle: 'PostStart>LifecycleHandler PreStop>LifecycleHandler StopSignal?',
  LifecycleHandler: 'Exec>ExecAction HTTPGet>HTTPGetAction:httpGet TCPSocket>TCPSocketAction:tcpSocket Sleep>SleepAction',
  ExecAction: 'Command?',
  HTTPGetAction: 'Path Port# Host Scheme HTTPHeaders>HTTPHeader:httpHeaders Protocol?',
  HTTPHeader: 'Name Value',
  TCPSocketAction: 'Port# Host',
  GRPCAction: 'Port# Service? Mode?',
  SleepAction: 'Seconds#',
  LocalObjectReference: 'Name',
  Toleration: 'Key Operator Value Effect TolerationSeconds?',
  HostAlias: 'IP:ip Hostnames?',
  PodDNSConfig: 'Nameservers? Searches? Options>PodDNSConfigOption',
  PodDNSConfigOption: 'Name Value?',
  PodReadinessGate: 'ConditionType',
  PodOS: 'Name',
  PodSchedulingGate: 'Name',
  Volume:
    'Name HostPath>HostPath EmptyDir>EmptyDir GCEPersistentDisk?:gcePersistentDisk AWSElasticBlockStore?:awsElasticBlockStore GitRepo? Secret>SecretVolume NFS?:nfs ISCSI?:iscsi Glusterfs? PersistentVolumeClaim>ClaimVolume RBD?:rbd FlexVolume? Cinder? CephFS?:cephfs Flocker? DownwardAPI? FC?:fc AzureFile? ConfigMap>ConfigMapVolume VsphereVolume? Quobyte? AzureDisk? PhotonPersistentDisk? Projected? PortworxVolume? ScaleIO?:scaleIO StorageOS?:storageos CSI?:csi Ephemeral? Image?',
  HostPath: 'Path Type?',
  EmptyDir: 'Medium SizeLimit? Mode?',
  SecretVolume: 'SecretName Items>KeyToPath DefaultMode? Optional? DefaultUser?',
  ConfigMapVolume: 'Name Items>KeyToPath DefaultMode? Optional? DefaultUser?',
  ClaimVolume: 'ClaimName ReadOnly!',
  KeyToPath: 'Key Path Mode? User?',
};

const zeros: Readonly<Record<string, GoField['zero']>> = { '#': 0, '!': false, '?': null, '>': null, '=': null };
const parsed = new Map<string, readonly GoField[]>();

function layoutOf(struct: string): readonly GoField[] {
  const known = parsed.get(struct);
  if (known !== undefined) return known;
  const fields = (layouts[struct] ?? '').split(' ').map((text): GoField => {
    const match = /^(\w+)([#!?>=]?)(\w*)(?::(\w+))?$/.exec(text);
    const [, name = '', mark = '', type = '', key = `${name.charAt(0).toLowerCase()}${name.slice(1)}`] = match ?? [];
    return { name, key, zero: zeros[mark] ?? (mark === '' ? '' : null), ...(type !== '' && { struct: type }), own: mark === '=' };
  });
  parsed.set(struct, fields);
  return fields;
}

/** A Pod's spec as Go's `json.MarshalIndent` prints the server's own type, with one blank a level. */
export function goPodSpecLines(spec: PodSpecDraft): readonly string[] {
  return JSON.stringify(goStruct(spec, 'PodSpec'), undefined, 1).split('\n');
}

/** A Pod template as the server's own type, whose metadata has JSON names although the rest has not. */
export function goPodTemplate({ metadata, spec }: PodTemplateDraft): JsonObject {
  const labelled = metadata.labels !== undefined && { labels: metadata.labels };
  const annotated = metadata.annotations !== undefined && { annotations: metadata.annotations };
  // The values are those of a decoded object.
  return { ...labelled, ...annotated, Spec: goStruct(spec, 'PodSpec') as JsonObject };
}

function goStruct(value: object, struct: string): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  const fields = value as Readonly<Record<string, unknown>>;
  for (const { name, key, zero, struct: type, own } of layoutOf(struct)) {
    const field = fields[key];
    if (field === undefined || field === null) out[name] = own === true && type !== undefined ? goStruct({}, type) : zero;
    else if (typeof field !== 'object') out[name] = field;
    else if (type === undefined) out[name] = Array.isArray(field) ? field : sortedMap(field);
    else if (Array.isArray(field)) out[name] = field.map((item: object) => goStruct(item, type));
    else out[name] = goStruct(field, type);
  }
  return out;
}

/** Go prints maps by key. */
function sortedMap(map: object): object {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}
