import { type LabelSelectorRequirement, matchesLabels, matchesSelector } from '../api/label-selector.ts';
import { isNodeReady, type Node } from '../api/node.ts';
import type { ObjectStore } from '../api/object-store.ts';
import type { Pod } from '../api/pod.ts';
import { controllerOf } from '../api/workload.ts';
import { takenHostPort } from './host-ports.ts';

interface Toleration {
  readonly key?: string;
  readonly operator?: 'Exists' | 'Equal';
  readonly value?: string;
  readonly effect?: string;
}

interface Affinity {
  readonly nodeAffinity?: {
    readonly requiredDuringSchedulingIgnoredDuringExecution?: {
      readonly nodeSelectorTerms?: readonly { readonly matchExpressions?: readonly LabelSelectorRequirement[] }[];
    };
  };
  readonly podAntiAffinity?: {
    readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly {
      readonly labelSelector?: { readonly matchLabels?: Readonly<Record<string, string>> };
      readonly topologyKey: string;
    }[];
  };
}

/**
 * Places Pods that have no node: of the nodes a Pod fits, the one with the fewest Pods of the same owner, then with the fewest Pods, then
 * the first. A Pod that fits nowhere stays Pending and says so.
 *
 * Models: pkg/scheduler, v1.37.
 *
 * @models partly Scheduling: nodeSelector, required node affinity and Pod anti-affinity, taints, host ports; spreads evenly; no resources, no scores
 */
export function schedulePods(store: ObjectStore): ObjectStore {
  let next = store;
  for (const pod of store.list<Pod>('Pod')) {
    if (pod.spec.nodeName !== undefined || pod.metadata.deletionTime !== undefined) continue;
    const node = chooseNode(next, pod);
    next = node === undefined ? putUnschedulable(next, pod) : next.put({ ...pod, spec: { ...pod.spec, nodeName: node.metadata.name } });
  }
  return next;
}

function chooseNode(store: ObjectStore, pod: Pod): Node | undefined {
  const pods = store.list<Pod>('Pod').filter(({ status }) => status.phase !== 'Succeeded' && status.phase !== 'Failed');
  const owner = controllerOf(pod.metadata);
  const isSibling = (other: Pod) =>
    other.metadata.namespace === pod.metadata.namespace &&
    (owner === undefined
      ? matchesLabels(pod.metadata.labels ?? { '': '' }, other.metadata.labels)
      : controllerOf(other.metadata)?.name === owner.name);
  let best: { readonly node: Node; readonly siblings: number; readonly all: number } | undefined;
  for (const node of store.list<Node>('Node')) {
    const here = pods.filter(({ spec }) => spec.nodeName === node.metadata.name);
    if (!fits(store, pod, node) || takenHostPort(pod, here) !== undefined) continue;
    const candidate = { node, siblings: here.filter(isSibling).length, all: here.length };
    const better =
      best === undefined || candidate.siblings < best.siblings || (candidate.siblings === best.siblings && candidate.all < best.all);
    if (better) best = candidate;
  }
  return best?.node;
}

function fits(store: ObjectStore, pod: Pod, node: Node): boolean {
  const { nodeSelector, affinity } = pod.spec as { nodeSelector?: Readonly<Record<string, string>>; affinity?: Affinity };
  if (!isNodeReady(node) || node.spec.unschedulable === true || !toleratesTaints(pod, node)) return false;
  if (!matchesLabels(nodeSelector ?? {}, node.metadata.labels)) return false;
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  if (
    terms?.some(({ matchExpressions }) => matchesSelector({ matchExpressions: matchExpressions ?? [] }, node.metadata.labels)) === false
  ) {
    return false;
  }
  const apart = affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  return apart.every(({ labelSelector, topologyKey }) => {
    const domain = node.metadata.labels?.[topologyKey];
    const neighbours = store
      .list<Node>('Node')
      .filter(({ metadata }) => metadata.labels?.[topologyKey] === domain)
      .map(({ metadata }) => metadata.name);
    return !store
      .list<Pod>('Pod', pod.metadata.namespace)
      .some(({ spec, metadata }) => neighbours.includes(spec.nodeName ?? '') && matchesSelector(labelSelector, metadata.labels));
  });
}

function toleratesTaints(pod: Pod, node: Node): boolean {
  const tolerations = (pod.spec.tolerations ?? []) as readonly Toleration[];
  return (node.spec.taints ?? [])
    .filter(({ effect }) => effect === 'NoSchedule' || effect === 'NoExecute')
    .every((taint) =>
      tolerations.some(
        ({ key, operator = 'Equal', value = '', effect }) =>
          (key === undefined || key === taint.key) &&
          (effect === undefined || effect === '' || effect === taint.effect) &&
          (operator === 'Exists' || value === (taint.value ?? '')),
      ),
    );
}

function putUnschedulable(store: ObjectStore, pod: Pod): ObjectStore {
  if (pod.status.conditions?.some(({ type }) => type === 'PodScheduled') === true) return store;
  const conditions = [{ type: 'PodScheduled', status: 'False' as const, reason: 'Unschedulable' }];
  return store.put({ ...pod, status: { ...pod.status, conditions } });
}
