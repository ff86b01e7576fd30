import type { Reconcile } from '../controllers/controller.ts';
import { reconcileEndpoints } from '../controllers/endpoints.ts';
import { reconcileEndpointSlices } from '../controllers/endpointslice.ts';
import { reconcileEndpointSliceMirroring } from '../controllers/endpointslice-mirroring.ts';
import { EngineBug } from '../diagnostics/engine-bug.ts';
import type { Snapshot } from './snapshot.ts';

/** Every controller of the cluster. None knows of another: they meet in the store only. */
const controllers: readonly Reconcile[] = [reconcileEndpointSlices, reconcileEndpoints, reconcileEndpointSliceMirroring];

/** Far more rounds than the longest chain of controllers (Deployment, ReplicaSet, scheduler, kubelet, EndpointSlice) can take. */
const maxRounds = 20;

/** Runs all controllers until none has anything left to do: the cluster as it is some moments later, at the same time of its clock. */
export function settle(snapshot: Snapshot): Snapshot {
  let { store } = snapshot;
  for (let round = 0; round < maxRounds; round += 1) {
    const before = store;
    for (const reconcile of controllers) store = reconcile(store, snapshot);
    if (store === before) return store === snapshot.store ? snapshot : { ...snapshot, store };
  }
  throw new EngineBug('the controllers do not settle: two of them undo each other');
}
