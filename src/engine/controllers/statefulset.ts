import type { ObjectStore } from '../api/object-store.ts';
import { isPodReady, type Pod } from '../api/pod.ts';
import { sameValue } from '../api/same-value.ts';
import type { PodTemplate, StatefulSet } from '../api/workload.ts';
import type { ControllerContext } from './controller.ts';
import { claimPods, deletePod, isActive, ownedPods, podFromTemplate } from './owned-pods.ts';
import { templateHash } from './template-hash.ts';

const revisionLabel = 'controller-revision-hash';

/**
 * Keeps Pods with fixed names, `web-0`, `web-1`, …, each with its own host name under the governing Service. One is made, replaced or
 * removed at a time, and only when the others are ready, unless the policy is Parallel.
 *
 * Models: pkg/controller/statefulset/stateful_set_control.go, v1.37.
 *
 * @models partly StatefulSets: names, host names, order, rolling update with partition; no volumes
 */
export function reconcileStatefulSets(store: ObjectStore, context: ControllerContext): ObjectStore {
  let next = store;
  for (const set of store.list<StatefulSet>('StatefulSet')) {
    next = putStatus(step(claimPods(next, set, set.spec.selector), set, context), set);
  }
  return next;
}

/** The one next thing to do, or under Parallel everything at once. */
function step(store: ObjectStore, set: StatefulSet, { time }: ControllerContext): ObjectStore {
  const { namespace, name } = set.metadata;
  const parallel = set.spec.podManagementPolicy === 'Parallel';
  const first = set.spec.ordinals?.start ?? 0;
  const wanted = Array.from({ length: set.spec.replicas ?? 1 }, (_, i) => first + i);
  const podAt = (ordinal: number) => store.get<Pod>('Pod', namespace, `${name}-${ordinal}`);

  let next = store;
  for (const ordinal of wanted) {
    const pod = podAt(ordinal);
    if (pod === undefined) next = next.put(makePod(set, ordinal, time));
    // One that is being deleted, or not ready yet, holds up all that follow.
    if (!parallel && (pod === undefined || !isActive(pod) || !isPodReady(pod))) return next;
  }
  const extra = ownedPods(store, set).filter((pod) => !wanted.includes(ordinalOf(pod)));
  const leaving = extra.filter(isActive).sort((a, b) => ordinalOf(b) - ordinalOf(a));
  for (const pod of leaving.slice(0, parallel ? undefined : 1)) next = deletePod(next, pod, time);
  if (extra.length > 0) return next;

  if (set.spec.updateStrategy?.type === 'OnDelete') return next;
  const partition = set.spec.updateStrategy?.rollingUpdate?.partition ?? 0;
  const revision = revisionOf(set);
  for (const ordinal of wanted.filter((each) => each >= partition).reverse()) {
    const pod = podAt(ordinal);
    if (pod === undefined || !isActive(pod)) return next;
    if (pod.metadata.labels?.[revisionLabel] !== revision) return deletePod(next, pod, time);
    if (!isPodReady(pod)) return next;
  }
  return next;
}

function ordinalOf(pod: Pod): number {
  return Number(/-(\d+)$/.exec(pod.metadata.name)?.[1] ?? -1);
}

function revisionOf(set: StatefulSet): string {
  return `${set.metadata.name}-${templateHash(set.spec.template)}`;
}

function makePod(set: StatefulSet, ordinal: number, time: number): Pod {
  const name = `${set.metadata.name}-${ordinal}`;
  const { serviceName } = set.spec;
  const spec = { ...set.spec.template.spec, hostname: name, ...(serviceName === undefined ? {} : { subdomain: serviceName }) };
  const template: PodTemplate = { ...set.spec.template, spec };
  const labels = {
    'apps.kubernetes.io/pod-index': String(ordinal),
    [revisionLabel]: revisionOf(set),
    'statefulset.kubernetes.io/pod-name': name,
  };
  return podFromTemplate(set, template, { name, generateName: `${set.metadata.name}-`, labels }, time);
}

function putStatus(store: ObjectStore, set: StatefulSet): ObjectStore {
  const pods = ownedPods(store, set).filter(isActive);
  const ready = pods.filter(isPodReady).length;
  const updated = pods.filter((pod) => pod.metadata.labels?.[revisionLabel] === revisionOf(set)).length;
  const status = {
    replicas: pods.length,
    ...(ready === 0 ? {} : { readyReplicas: ready, availableReplicas: ready }),
    ...(updated === 0 ? {} : { currentReplicas: updated, updatedReplicas: updated }),
    currentRevision: revisionOf(set),
    updateRevision: revisionOf(set),
  };
  return sameValue(set.status, status) ? store : store.put({ ...set, status });
}
