import type { MetadataDraft, ObjectDraft } from './draft.ts';
import type { LabelSelectorDraft } from './validation/label-selector.ts';

/** A Pod on its way through admission, unchecked. Fields that no rule here reads are kept as they are. */
export interface PodDraft extends ObjectDraft {
  spec: PodSpecDraft;
  status: { phase?: string; qosClass?: string; [field: string]: unknown };
}

export interface PodTemplateDraft {
  metadata: MetadataDraft;
  spec: PodSpecDraft;
}

export interface PodSpecDraft {
  volumes?: VolumeDraft[];
  initContainers?: ContainerDraft[];
  containers?: ContainerDraft[];
  ephemeralContainers?: unknown[];
  restartPolicy?: string;
  terminationGracePeriodSeconds?: number;
  activeDeadlineSeconds?: number;
  dnsPolicy?: string;
  nodeSelector?: Record<string, string>;
  serviceAccountName?: string;
  serviceAccount?: string;
  automountServiceAccountToken?: boolean;
  nodeName?: string;
  hostNetwork?: boolean;
  hostPID?: boolean;
  hostIPC?: boolean;
  shareProcessNamespace?: boolean;
  securityContext?: Record<string, unknown>;
  imagePullSecrets?: { name?: string }[];
  hostname?: string;
  subdomain?: string;
  affinity?: AffinityDraft;
  schedulerName?: string;
  tolerations?: TolerationDraft[];
  hostAliases?: { ip?: string; hostnames?: string[] }[];
  priorityClassName?: string;
  priority?: number;
  dnsConfig?: { nameservers?: string[]; searches?: string[]; options?: { name?: string; value?: string }[] };
  readinessGates?: { conditionType?: string }[];
  runtimeClassName?: string;
  enableServiceLinks?: boolean;
  preemptionPolicy?: string;
  overhead?: Record<string, string>;
  topologySpreadConstraints?: TopologySpreadDraft[];
  setHostnameAsFQDN?: boolean;
  os?: { name?: string };
  hostUsers?: boolean;
  schedulingGates?: { name?: string }[];
  resourceClaims?: unknown[];
  resources?: ResourcesDraft;
  hostnameOverride?: string;
  [field: string]: unknown;
}

export interface ContainerDraft {
  name?: string;
  image?: string;
  command?: string[];
  args?: string[];
  workingDir?: string;
  ports?: ContainerPortDraft[];
  envFrom?: { prefix?: string; configMapRef?: { name?: string }; secretRef?: { name?: string } }[];
  env?: EnvVarDraft[];
  resources?: ResourcesDraft;
  resizePolicy?: unknown[];
  restartPolicy?: string;
  restartPolicyRules?: unknown[];
  volumeMounts?: VolumeMountDraft[];
  volumeDevices?: { name?: string; devicePath?: string }[];
  livenessProbe?: ProbeDraft;
  readinessProbe?: ProbeDraft;
  startupProbe?: ProbeDraft;
  lifecycle?: { postStart?: HandlerDraft; preStop?: HandlerDraft; stopSignal?: string };
  terminationMessagePath?: string;
  terminationMessagePolicy?: string;
  imagePullPolicy?: string;
  securityContext?: { privileged?: boolean; [field: string]: unknown };
  [field: string]: unknown;
}

export interface ContainerPortDraft {
  name?: string;
  hostPort?: number;
  containerPort?: number;
  protocol?: string;
  hostIP?: string;
}

export interface EnvVarDraft {
  name?: string;
  value?: string;
  valueFrom?: {
    fieldRef?: FieldReferenceDraft;
    resourceFieldRef?: ResourceReferenceDraft;
    configMapKeyRef?: { name?: string; key?: string; optional?: boolean };
    secretKeyRef?: { name?: string; key?: string; optional?: boolean };
    fileKeyRef?: { volumeName?: string; path?: string; key?: string; optional?: boolean };
  };
}

export interface FieldReferenceDraft {
  apiVersion?: string;
  fieldPath?: string;
}

export interface ResourceReferenceDraft {
  containerName?: string;
  resource?: string;
  divisor?: string;
}

export interface ResourcesDraft {
  limits?: Record<string, string>;
  requests?: Record<string, string>;
  claims?: unknown[];
}

export interface HandlerDraft {
  exec?: { command?: string[] };
  httpGet?: { path?: string; port?: number | string; host?: string; scheme?: string; httpHeaders?: { name?: string; value?: string }[] };
  tcpSocket?: { port?: number | string; host?: string };
  grpc?: { port?: number; service?: string };
  sleep?: { seconds?: number };
}

export interface ProbeDraft extends HandlerDraft {
  initialDelaySeconds?: number;
  timeoutSeconds?: number;
  periodSeconds?: number;
  successThreshold?: number;
  failureThreshold?: number;
  terminationGracePeriodSeconds?: number;
}

export interface VolumeMountDraft {
  name?: string;
  readOnly?: boolean;
  recursiveReadOnly?: string;
  mountPath?: string;
  subPath?: string;
  subPathExpr?: string;
  mountPropagation?: string;
}

/** One field besides `name` says what the volume is. */
export interface VolumeDraft {
  name?: string;
  emptyDir?: { medium?: string; sizeLimit?: string };
  hostPath?: { path?: string; type?: string };
  secret?: { secretName?: string; items?: KeyToPathDraft[]; defaultMode?: number; optional?: boolean };
  configMap?: { name?: string; items?: KeyToPathDraft[]; defaultMode?: number; optional?: boolean };
  persistentVolumeClaim?: { claimName?: string; readOnly?: boolean };
  downwardAPI?: { items?: DownwardFileDraft[]; defaultMode?: number };
  projected?: { sources?: ProjectionDraft[]; defaultMode?: number };
  [source: string]: unknown;
}

export interface ProjectionDraft {
  secret?: { name?: string; items?: KeyToPathDraft[] };
  configMap?: { name?: string; items?: KeyToPathDraft[] };
  downwardAPI?: { items?: DownwardFileDraft[] };
  serviceAccountToken?: { expirationSeconds?: number; path?: string };
  [source: string]: unknown;
}

export interface DownwardFileDraft {
  path?: string;
  fieldRef?: FieldReferenceDraft;
  resourceFieldRef?: ResourceReferenceDraft;
  mode?: number;
}

export interface KeyToPathDraft {
  key?: string;
  path?: string;
  mode?: number;
}

export interface TolerationDraft {
  key?: string;
  operator?: string;
  value?: string;
  effect?: string;
  tolerationSeconds?: number;
}

export interface TopologySpreadDraft {
  maxSkew?: number;
  topologyKey?: string;
  whenUnsatisfiable?: string;
  labelSelector?: LabelSelectorDraft;
  [field: string]: unknown;
}

export interface PodAffinityTermDraft {
  labelSelector?: LabelSelectorDraft;
  namespaceSelector?: LabelSelectorDraft;
  namespaces?: string[];
  topologyKey?: string;
  [field: string]: unknown;
}

export interface PodAffinityDraft {
  requiredDuringSchedulingIgnoredDuringExecution?: PodAffinityTermDraft[];
  preferredDuringSchedulingIgnoredDuringExecution?: { weight?: number; podAffinityTerm?: PodAffinityTermDraft }[];
}

export interface AffinityDraft {
  nodeAffinity?: object;
  podAffinity?: PodAffinityDraft;
  podAntiAffinity?: PodAffinityDraft;
}

/** Every container with its path, in the order in which the server visits them. */
export function* containersOf(spec: PodSpecDraft, path: string): Generator<{ container: ContainerDraft; path: string; init: boolean }> {
  for (const [i, container] of (spec.initContainers ?? []).entries()) yield { container, path: `${path}.initContainers[${i}]`, init: true };
  for (const [i, container] of (spec.containers ?? []).entries()) yield { container, path: `${path}.containers[${i}]`, init: false };
}
