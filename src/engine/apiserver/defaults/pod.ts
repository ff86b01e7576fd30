import {
  type ContainerDraft,
  containersOf,
  type DownwardFileDraft,
  type HandlerDraft,
  type PodDraft,
  type PodSpecDraft,
  type PodTemplateDraft,
  type ProbeDraft,
  type ResourcesDraft,
  type VolumeDraft,
} from '../pod-draft.ts';

/** 0644: what files of a mounted Secret or ConfigMap may be used for. */
const fileMode = 420;

/**
 * Models: pkg/apis/core/v1/defaults.go SetDefaults_Pod and zz_generated.defaults.go, v1.37.
 */
export function defaultPod(pod: PodDraft): void {
  pod.spec ??= {};
  const { spec } = pod;
  // In a Pod, unlike in a template.
  if ((spec.terminationGracePeriodSeconds ?? 0) < 0) spec.terminationGracePeriodSeconds = 1;
  spec.enableServiceLinks ??= true;
  defaultPodSpec(spec);
  for (const { container } of containersOf(spec, '')) {
    defaultRequests(container.resources);
    if (spec.hostNetwork !== true) continue;
    // In a Pod, unlike in a template, a port of the host's network is the host's port.
    for (const port of container.ports ?? []) port.hostPort ??= port.containerPort ?? 0;
  }
}

/** A resource that is limited and not asked for is asked for up to its limit. */
function defaultRequests(resources: ResourcesDraft | undefined): void {
  if (resources?.limits === undefined) return;
  resources.requests = { ...resources.limits, ...resources.requests };
}

/** A template that may be absent. */
export function defaultPodTemplate(template: PodTemplateDraft | undefined): PodTemplateDraft {
  const made: PodTemplateDraft = template ?? { metadata: {}, spec: {} };
  made.metadata ??= {};
  made.spec ??= {};
  defaultPodSpec(made.spec);
  return made;
}

/** What Pods and Pod templates have in common. */
function defaultPodSpec(spec: PodSpecDraft): void {
  spec.dnsPolicy ??= 'ClusterFirst';
  spec.restartPolicy ??= 'Always';
  spec.terminationGracePeriodSeconds ??= 30;
  spec.securityContext ??= {};
  spec.schedulerName ??= 'default-scheduler';
  for (const volume of spec.volumes ?? []) defaultVolume(volume);
  for (const { container } of containersOf(spec, '')) defaultContainer(container);
  // The two names of this field are one in the server.
  if (spec.serviceAccountName === undefined && spec.serviceAccount !== undefined) spec.serviceAccountName = spec.serviceAccount;
  if (spec.serviceAccountName !== undefined) spec.serviceAccount = spec.serviceAccountName;
}

function defaultVolume(volume: VolumeDraft): void {
  if (Object.keys(volume).every((key) => key === 'name')) volume.emptyDir = {};
  if (volume.secret !== undefined) volume.secret.defaultMode ??= fileMode;
  if (volume.configMap !== undefined) volume.configMap.defaultMode ??= fileMode;
  if (volume.downwardAPI !== undefined) {
    volume.downwardAPI.defaultMode ??= fileMode;
    for (const file of volume.downwardAPI.items ?? []) defaultReference(file);
  }
  if (volume.hostPath !== undefined) volume.hostPath.type ??= '';
  if (volume.projected === undefined) return;
  volume.projected.defaultMode ??= fileMode;
  for (const source of volume.projected.sources ?? []) {
    for (const file of source.downwardAPI?.items ?? []) defaultReference(file);
    if (source.serviceAccountToken !== undefined) source.serviceAccountToken.expirationSeconds ??= 3600;
  }
}

function defaultContainer(container: ContainerDraft): void {
  container.imagePullPolicy ??= imageTag(container.image ?? '') === 'latest' ? 'Always' : 'IfNotPresent';
  container.terminationMessagePath ??= '/dev/termination-log';
  container.terminationMessagePolicy ??= 'File';
  container.resources ??= {};
  for (const port of container.ports ?? []) port.protocol ??= 'TCP';
  for (const { valueFrom } of container.env ?? []) if (valueFrom !== undefined) defaultReference(valueFrom);
  for (const probe of [container.livenessProbe, container.readinessProbe, container.startupProbe]) defaultProbe(probe);
  defaultHandler(container.lifecycle?.postStart);
  defaultHandler(container.lifecycle?.preStop);
}

function defaultReference({ fieldRef, resourceFieldRef }: DownwardFileDraft): void {
  if (fieldRef !== undefined) fieldRef.apiVersion ??= 'v1';
  if (resourceFieldRef !== undefined) resourceFieldRef.divisor ??= '0';
}

function defaultProbe(probe: ProbeDraft | undefined): void {
  if (probe === undefined) return;
  defaultHandler(probe);
  probe.timeoutSeconds ??= 1;
  probe.periodSeconds ??= 10;
  probe.successThreshold ??= 1;
  probe.failureThreshold ??= 3;
}

function defaultHandler(handler: HandlerDraft | undefined): void {
  if (handler === undefined) return;
  if (handler.httpGet !== undefined) {
    handler.httpGet.path ??= '/';
    handler.httpGet.scheme ??= 'HTTP';
    // The port has no default, but Go prints its zero.
    handler.httpGet.port ??= 0;
  }
  if (handler.tcpSocket !== undefined) handler.tcpSocket.port ??= 0;
  if (handler.grpc !== undefined) handler.grpc.service ??= '';
}

/**
 * `latest` for an image that names neither tag nor digest.
 *
 * Models: pkg/util/parsers ParseImageName.
 */
export function imageTag(image: string): string {
  if (image === '') return '';
  if (image.includes('@')) return /:([\w][\w.-]*)@/.exec(image)?.[1] ?? '';
  const name = image.slice(image.lastIndexOf('/') + 1);
  const colon = name.indexOf(':');
  return colon < 0 ? 'latest' : name.slice(colon + 1);
}
