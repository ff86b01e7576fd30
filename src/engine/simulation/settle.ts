import type { Reconcile } from '../controllers/controller.ts';
import { reconcileDaemonSets } from '../controllers/daemonset.ts';
import { reconcileDeployments } from '../controllers/deployment.ts';
import { reconcileEndpoints } from '../controllers/endpoints.ts';
import { reconcileEndpointSlices } from '../controllers/endpointslice.ts';
import { reconcileEndpointSliceMirroring } from '../controllers/endpointslice-mirroring.ts';
import { collectGarbage } from '../controllers/garbage-collector.ts';
import { reconcileJobs } from '../controllers/job.ts';
import { reconcileNodeLifecycle } from '../controllers/node-lifecycle.ts';
import { reconcileReplicaSets } from '../controllers/replicaset.ts';
import { reconcileServiceLoadBalancers } from '../controllers/service-load-balancer.ts';
import { reconcileStatefulSets } from '../controllers/statefulset.ts';
import { EngineBug } from '../diagnostics/engine-bug.ts';
import { publishIngressStatus } from '../ingress/publish-status.ts';
import { type KubeletContext, runKubelets } from '../nodes/kubelet.ts';
import { schedulePods } from '../nodes/scheduler.ts';
import type { Snapshot } from './snapshot.ts';

/** Every controller of the cluster. None knows of another: they meet in the store only. */
const controllers: readonly Reconcile[] = [
  reconcileNodeLifecycle,
  collectGarbage,
  reconcileDeployments,
  reconcileReplicaSets,
  reconcileStatefulSets,
  reconcileDaemonSets,
  reconcileJobs,
  schedulePods,
];

/** Controllers that only look at what the others have made. */
const observers: readonly Reconcile[] = [
  reconcileServiceLoadBalancers,
  publishIngressStatus,
  reconcileEndpointSlices,
  reconcileEndpoints,
  reconcileEndpointSliceMirroring,
];

/** A rolling update of the largest Deployment, one Pod at a time, takes a few rounds a Pod. */
const maxRounds = 10_000;

/**
 * Runs the whole control plane until nobody has anything left to do, at the same time of its clock. `at-rest` is the cluster some moments
 * later, when Pods that start have passed their probes; `running` leaves those to the clock.
 */
export function settle(snapshot: Snapshot, pace: KubeletContext['pace'] = 'at-rest'): Snapshot {
  const context = { ...snapshot, pace };
  let machines = { store: snapshot.store, programs: snapshot.programs };
  for (let round = 0; round < maxRounds; round += 1) {
    const before = machines;
    let { store } = machines;
    for (const reconcile of controllers) store = reconcile(store, context);
    machines = runKubelets(store === machines.store ? machines : { ...machines, store }, context);
    if (machines.store === before.store) return observe(snapshot, machines);
  }
  throw new EngineBug('the controllers do not settle: two of them undo each other');
}

function observe(snapshot: Snapshot, machines: Pick<Snapshot, 'store' | 'programs'>): Snapshot {
  let { store } = machines;
  for (const reconcile of observers) store = reconcile(store, snapshot);
  return store === snapshot.store ? snapshot : { ...snapshot, ...machines, store };
}
