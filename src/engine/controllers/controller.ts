import type { ClusterSpec } from '../api/cluster-spec.ts';
import type { ObjectStore } from '../api/object-store.ts';

/** What a controller may read besides the API's objects. */
export interface ControllerContext {
  readonly cluster: ClusterSpec;
  /** Milliseconds of the cluster's clock. */
  readonly time: number;
  /** Seed of names that Kubernetes chooses at random. */
  readonly seed: number;
}

/**
 * One controller's whole work: the store as it should be, given the store as it is. The very same store when there is nothing to do, so
 * that a loop over all controllers can tell when the cluster has settled.
 */
export type Reconcile = (store: ObjectStore, context: ControllerContext) => ObjectStore;
