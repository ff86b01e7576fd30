import type { KubeObject } from './kube-object.ts';

/**
 * The cluster's objects: etcd's part. Immutable; every write gives a new store that shares what did not change, so that
 * snapshots are cheap and `===` says whether anything changed. Order of iteration is by kind, namespace and name, as lists are.
 */
export interface ObjectStore {
  get(kind: string, namespace: string | undefined, name: string): KubeObject | undefined;
  /** All objects of a kind, ordered by namespace and name; one namespace's when named. The same array while none of them changes. */
  list<T extends KubeObject = KubeObject>(kind: string, namespace?: string): readonly T[];
  kinds(): readonly string[];
  put(object: KubeObject): ObjectStore;
  delete(kind: string, namespace: string | undefined, name: string): ObjectStore;
}
