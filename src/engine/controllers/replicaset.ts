import { generatedNamePrefix } from '../api/generated-name.ts';
import type { ObjectStore } from '../api/object-store.ts';
import { isPodReady, type Pod } from '../api/pod.ts';
import { sameValue } from '../api/same-value.ts';
import type { ReplicaSet } from '../api/workload.ts';
import type { ControllerContext } from './controller.ts';
import { activePods, claimPods, deletePod, freshPodName, podFromTemplate } from './owned-pods.ts';

/**
 * Keeps as many Pods as a ReplicaSet says.
 *
 * Models: pkg/controller/replicaset/replica_set.go, v1.37.
 *
 * @models yes ReplicaSets: number of Pods, adoption and release by labels, which Pods go first
 */
export function reconcileReplicaSets(store: ObjectStore, context: ControllerContext): ObjectStore {
  let next = store;
  for (const set of store.list<ReplicaSet>('ReplicaSet')) next = reconcileReplicaSet(next, set, context);
  return next;
}

function reconcileReplicaSet(store: ObjectStore, set: ReplicaSet, context: ControllerContext): ObjectStore {
  let next = claimPods(store, set, set.spec.selector);
  const pods = activePods(next, set);
  const wanted = set.spec.replicas ?? 1;
  for (let index = pods.length; index < wanted; index += 1) {
    const name = freshPodName(next, set, context, index);
    next = next.put(podFromTemplate(set, set.spec.template, { name, generateName: generatedNamePrefix(set.metadata.name) }, context.time));
  }
  for (const pod of deletionOrder(pods).slice(0, Math.max(0, pods.length - wanted))) next = deletePod(next, pod, context.time);
  return putStatus(next, set);
}

/**
 * Pods in the order in which they would be given up: not placed, not running, not ready, cheap by annotation, sharing a node with the
 * most others, youngest.
 *
 * Models: pkg/controller/controller_utils.go ActivePodsWithRanks, v1.37, without restarts and the time of becoming ready.
 */
function deletionOrder(pods: readonly Pod[]): readonly Pod[] {
  const onNode = (pod: Pod) => pods.filter(({ spec }) => spec.nodeName !== undefined && spec.nodeName === pod.spec.nodeName).length;
  const cost = (pod: Pod) => Number(pod.metadata.annotations?.['controller.kubernetes.io/pod-deletion-cost'] ?? 0);
  const rank = (pod: Pod): readonly number[] => [
    pod.spec.nodeName === undefined ? 0 : 1,
    pod.status.phase === 'Pending' ? 0 : 1,
    isPodReady(pod) ? 1 : 0,
    cost(pod),
    -onNode(pod),
    -(pod.metadata.creationTime ?? 0),
  ];
  return pods
    .map((pod) => ({ pod, rank: rank(pod) }))
    .sort((a, b) => compare(a.rank, b.rank))
    .map(({ pod }) => pod);
}

function compare(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((value, i) => value !== b[i]);
  return index < 0 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}

function putStatus(store: ObjectStore, set: ReplicaSet): ObjectStore {
  const pods = activePods(store, set);
  const ready = pods.filter(isPodReady).length;
  const status = {
    replicas: pods.length,
    ...(pods.length === 0 ? {} : { fullyLabeledReplicas: pods.length }),
    ...(ready === 0 ? {} : { readyReplicas: ready, availableReplicas: ready }),
  };
  return sameValue(set.status, status) ? store : store.put({ ...set, status });
}
