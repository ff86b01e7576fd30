import { parseQuantity } from '../../api/quantity.ts';
import type { ApiFailure } from '../admission.ts';
import { defaultPod } from '../defaults/pod.ts';
import { forbiddenWrite } from '../failures.ts';
import { containersOf, type PodDraft, type PodSpecDraft } from '../pod-draft.ts';
import { dropEmpty } from '../stored-form.ts';
import type { Strategy } from '../strategy.ts';
import { validatePodCreate } from '../validation/pod.ts';
import { validatePodUpdate } from '../validation/pod-update.ts';
import { uncheckedSourcesOf } from '../validation/volumes.ts';
import { nameWarnings, podSpecWarnings } from '../warnings/pod.ts';

/** Models: pkg/registry/core/pod/strategy.go, v1.37. */
export const podStrategy: Strategy<PodDraft> = {
  group: '',
  version: 'v1',
  kind: 'Pod',
  resource: 'pods',
  namespaced: true,
  counted: 'spec',
  default: defaultPod,
  mutate(pod, old) {
    addDefaultTolerations(pod.spec);
    if (old === undefined) return resolvePriority(pod);
    // An update that leaves these out means what is stored.
    if (old.spec.priority !== undefined) pod.spec.priority ??= old.spec.priority;
    if (old.spec.preemptionPolicy !== undefined) pod.spec.preemptionPolicy ??= old.spec.preemptionPolicy;
    return undefined;
  },
  prepare(pod, old) {
    // An update is compared with what is stored, where nothing is empty.
    dropEmpty(pod);
    pod.status = old?.status ?? { phase: 'Pending', qosClass: qosClass(pod.spec) };
  },
  validateCreate: validatePodCreate,
  validateUpdate: validatePodUpdate,
  warnings(pod, old) {
    if (old !== undefined) return [];
    return [...nameWarnings(pod.metadata.name ?? '', "the Pod's hostname"), ...podSpecWarnings(pod.spec, 'spec')];
  },
  notModelled: (pod) => unmodelledPodFields(pod.spec, 'spec'),
};

/** Every Pod survives five minutes on a node that is not ready or not reachable, unless it says otherwise. Seconds. */
const nodeProblemTolerance = 300;

/** Models: plugin/pkg/admission/defaulttolerationseconds, v1.37. */
function addDefaultTolerations(spec: PodSpecDraft): void {
  const given = spec.tolerations ?? [];
  const tolerates = (taint: string) =>
    given.some(({ key, effect }) => (key === undefined || key === taint) && (effect === undefined || effect === 'NoExecute'));
  for (const taint of ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']) {
    if (tolerates(taint)) continue;
    spec.tolerations ??= [];
    spec.tolerations.push({ key: taint, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: nodeProblemTolerance });
  }
}

/** Priority classes that every cluster has. */
const priorityClasses: Readonly<Record<string, number>> = {
  'system-cluster-critical': 2_000_000_000,
  'system-node-critical': 2_000_001_000,
};

/** Models: plugin/pkg/admission/priority, v1.37, in a cluster without priority classes of its own. */
function resolvePriority(pod: PodDraft): ApiFailure | undefined {
  const { spec, metadata } = pod;
  const className = spec.priorityClassName;
  const priority = className === undefined ? 0 : priorityClasses[className];
  if (priority === undefined) return forbiddenWrite('pods', metadata.name ?? '', `no PriorityClass with name ${className} was found`);
  if (spec.priority !== undefined && spec.priority !== priority) {
    const detail = `the integer value of priority (${spec.priority}) must not be provided in pod spec; priority admission controller computed ${priority} from the given PriorityClass name`;
    return forbiddenWrite('pods', metadata.name ?? '', detail);
  }
  spec.priority = priority;
  spec.preemptionPolicy ??= 'PreemptLowerPriority';
  return undefined;
}

/** Models: pkg/apis/core/helper/qos ComputePodQOS, v1.37. */
function qosClass(spec: PodSpecDraft): string {
  const computed = (amounts: Record<string, string> | undefined, name: string): bigint => parseQuantity(amounts?.[name] ?? '0')?.nano ?? 0n;
  let guaranteed = true;
  let any = false;
  for (const { container } of containersOf(spec, '')) {
    for (const name of ['cpu', 'memory']) {
      const limit = computed(container.resources?.limits, name);
      const request = computed(container.resources?.requests, name);
      any ||= limit > 0n || request > 0n;
      guaranteed &&= limit > 0n && limit === request;
    }
  }
  if (!any) return 'BestEffort';
  return guaranteed ? 'Guaranteed' : 'Burstable';
}

const unmodelled = ['ephemeralContainers', 'resourceClaims', 'overhead', 'workloadRef'] as const;

/** Fields of a Pod, or of a template, that are kept without being checked. */
export function unmodelledPodFields(spec: PodSpecDraft, path: string): readonly string[] {
  const fields: string[] = unmodelled.filter((field) => spec[field] !== undefined).map((field) => `${path}.${field}`);
  if (Object.keys(spec.securityContext ?? {}).length > 0) fields.push(`${path}.securityContext`);
  if (spec.affinity?.nodeAffinity !== undefined) fields.push(`${path}.affinity.nodeAffinity`);
  for (const [i, volume] of (spec.volumes ?? []).entries()) {
    for (const source of uncheckedSourcesOf(volume)) fields.push(`${path}.volumes[${i}].${source}`);
  }
  for (const { container, path: own } of containersOf(spec, path)) {
    for (const field of ['securityContext', 'resizePolicy', 'restartPolicyRules', 'volumeDevices'] as const) {
      if (container[field] !== undefined) fields.push(`${own}.${field}`);
    }
  }
  return fields;
}
