import { type Node, type NodeCondition, silentSince } from '../api/node.ts';
import type { ObjectStore } from '../api/object-store.ts';
import { isPodReady, type Pod } from '../api/pod.ts';
import type { ControllerContext } from './controller.ts';
import { deletePod } from './owned-pods.ts';

/** kube-controller-manager's `--node-monitor-grace-period`. */
export const monitorGracePeriod = 50_000;
/** How long Pods bear with an unreachable node when they do not say otherwise (admission writes this toleration). */
const defaultToleration = 300_000;

const unreachableTaint = { key: 'node.kubernetes.io/unreachable', effect: 'NoExecute' };

interface Toleration {
  readonly key?: string;
  readonly operator?: string;
  readonly effect?: string;
  readonly tolerationSeconds?: number;
}

/**
 * Gives up on nodes that have not been heard of: first their Pods count as not ready, later they are deleted, which nobody on a dead node
 * carries out, so that they stay and are terminating until the node comes back.
 *
 * Models: pkg/controller/nodelifecycle and pkg/controller/tainteviction, v1.37.
 *
 * @models partly Node failure: silence, NotReady after 50 s, eviction after the Pods' toleration; no zones, no rate limits
 */
export function reconcileNodeLifecycle(store: ObjectStore, { cluster, time }: ControllerContext): ObjectStore {
  const machines = new Set(cluster.nodes.map(({ name }) => name));
  let next = store;
  for (const node of store.list<Node>('Node')) {
    // A Node that somebody only wrote a manifest for has no kubelet to hear of.
    if (!machines.has(node.metadata.name)) continue;
    const silent = silentSince(node);
    if (silent === undefined) {
      next = next.put(heardOf(node));
    } else if (time >= silent + monitorGracePeriod) {
      next = next.put(givenUp(node));
      for (const pod of podsOn(next, node)) next = leave(next, pod, silent + monitorGracePeriod, time);
    }
  }
  return next;
}

/** The next moments something has to be done about silent nodes, after `now`. */
export function nextNodeTime(store: ObjectStore, now: number): number | undefined {
  const times = store.list<Node>('Node').flatMap((node) => {
    const silent = silentSince(node);
    if (silent === undefined) return [];
    const notReady = silent + monitorGracePeriod;
    return [notReady, ...podsOn(store, node).map((pod) => notReady + tolerationOf(pod))].filter((time) => time > now);
  });
  return times.length === 0 ? undefined : times.reduce((first, time) => Math.min(first, time));
}

function givenUp(node: Node): Node {
  return withReadiness(node, 'Unknown', [...otherTaints(node), unreachableTaint]);
}

function heardOf(node: Node): Node {
  return withReadiness(node, 'True', otherTaints(node));
}

/** The very same node when it is so already. */
function withReadiness(node: Node, status: NodeCondition['status'], taints: NonNullable<Node['spec']['taints']>): Node {
  const conditions = node.status.conditions ?? [];
  const known = conditions.find(({ type }) => type === 'Ready');
  if (known?.status === status && (node.spec.taints ?? []).length === taints.length) return node;
  const changed = conditions.map((condition) => (condition === known ? { ...condition, status } : condition));
  const { taints: _, ...spec } = node.spec;
  return {
    ...node,
    spec: taints.length === 0 ? spec : { ...spec, taints },
    status: { ...node.status, conditions: changed },
  };
}

function otherTaints(node: Node): NonNullable<Node['spec']['taints']> {
  return (node.spec.taints ?? []).filter(({ key }) => key !== unreachableTaint.key);
}

function podsOn(store: ObjectStore, node: Node): readonly Pod[] {
  return store.list<Pod>('Pod').filter(({ spec }) => spec.nodeName === node.metadata.name);
}

function leave(store: ObjectStore, pod: Pod, since: number, time: number): ObjectStore {
  const marked = isPodReady(pod) ? store.put(notReady(pod)) : store;
  const current = marked.get<Pod>('Pod', pod.metadata.namespace, pod.metadata.name) ?? pod;
  const overdue = time >= since + tolerationOf(pod) && pod.metadata.deletionTime === undefined;
  return overdue ? deletePod(marked, current, time) : marked;
}

/** Only the condition: nobody on the node is left to change anything else. */
function notReady(pod: Pod): Pod {
  const conditions = pod.status.conditions?.map((condition) =>
    condition.type === 'Ready' ? { ...condition, status: 'False' as const } : condition,
  );
  return { ...pod, status: { ...pod.status, ...(conditions === undefined ? {} : { conditions }) } };
}

/** Daemons stay for ever: they belong to their node. */
function tolerationOf(pod: Pod): number {
  const tolerations = (pod.spec.tolerations ?? []) as readonly Toleration[];
  const found = tolerations.find(
    ({ key, effect }) =>
      (key === undefined || key === unreachableTaint.key) && (effect === undefined || effect === '' || effect === unreachableTaint.effect),
  );
  if (found === undefined)
    return pod.metadata.ownerReferences?.some(({ kind }) => kind === 'DaemonSet') === true ? Number.POSITIVE_INFINITY : defaultToleration;
  return found.tolerationSeconds === undefined ? Number.POSITIVE_INFINITY : found.tolerationSeconds * 1000;
}
