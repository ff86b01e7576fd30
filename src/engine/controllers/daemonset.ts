import { generatedNamePrefix } from '../api/generated-name.ts';
import { isNodeReady, type Node } from '../api/node.ts';
import type { ObjectStore } from '../api/object-store.ts';
import { isPodReady } from '../api/pod.ts';
import { sameValue } from '../api/same-value.ts';
import type { DaemonSet } from '../api/workload.ts';
import type { ControllerContext } from './controller.ts';
import { activePods, claimPods, deletePod, freshPodName, podFromTemplate } from './owned-pods.ts';
import { templateHash } from './template-hash.ts';

const revisionLabel = 'controller-revision-hash';

/**
 * Keeps one Pod on every node the template fits. Nodes that are closed to new Pods, or not ready, keep theirs.
 *
 * Models: pkg/controller/daemon/daemon_controller.go, v1.37.
 *
 * @models partly DaemonSets: nodeSelector decides; affinity and taints other than those every daemon tolerates do not; updates replace all
 */
export function reconcileDaemonSets(store: ObjectStore, context: ControllerContext): ObjectStore {
  let next = store;
  for (const set of store.list<DaemonSet>('DaemonSet')) next = reconcileDaemonSet(next, set, context);
  return next;
}

function reconcileDaemonSet(store: ObjectStore, set: DaemonSet, context: ControllerContext): ObjectStore {
  let next = claimPods(store, set, set.spec.selector);
  const nodes = store.list<Node>('Node').filter((node) => fits(set, node));
  const hash = templateHash(set.spec.template);
  const pods = activePods(next, set);
  for (const [index, node] of nodes.entries()) {
    const own = pods.filter((pod) => pod.spec.nodeName === node.metadata.name);
    const outdated = own.filter((pod) => pod.metadata.labels?.[revisionLabel] !== hash);
    for (const pod of [...outdated, ...own.filter((each) => !outdated.includes(each)).slice(1)]) next = deletePod(next, pod, context.time);
    if (own.length > 0 || !isNodeReady(node)) continue;
    const name = freshPodName(next, set, context, index);
    const pod = podFromTemplate(
      set,
      set.spec.template,
      { name, generateName: generatedNamePrefix(set.metadata.name), labels: { [revisionLabel]: hash } },
      context.time,
    );
    // A daemon's Pod is made for one node; the scheduler only signs it off.
    next = next.put({ ...pod, spec: { ...pod.spec, nodeName: node.metadata.name } });
  }
  const names = nodes.map((node) => node.metadata.name);
  for (const pod of pods.filter(({ spec }) => !names.includes(spec.nodeName ?? ''))) next = deletePod(next, pod, context.time);
  return putStatus(next, set, nodes.length);
}

function fits(set: DaemonSet, node: Node): boolean {
  const selector = (set.spec.template.spec.nodeSelector ?? {}) as Readonly<Record<string, string>>;
  return Object.entries(selector).every(([key, value]) => node.metadata.labels?.[key] === value);
}

function putStatus(store: ObjectStore, set: DaemonSet, desired: number): ObjectStore {
  const pods = activePods(store, set);
  const ready = pods.filter(isPodReady).length;
  const status = {
    currentNumberScheduled: pods.length,
    desiredNumberScheduled: desired,
    numberMisscheduled: 0,
    numberReady: ready,
    ...(pods.length === 0 ? {} : { updatedNumberScheduled: pods.length }),
    ...(ready === 0 ? {} : { numberAvailable: ready }),
    ...(desired === ready ? {} : { numberUnavailable: desired - ready }),
  };
  return sameValue(set.status, status) ? store : store.put({ ...set, status });
}
