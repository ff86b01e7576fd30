import type { KubeObject } from '../api/kube-object.ts';
import type { ObjectStore } from '../api/object-store.ts';
import type { Pod } from '../api/pod.ts';
import { controllerOf } from '../api/workload.ts';
import type { ControllerContext } from './controller.ts';
import { deletePod } from './owned-pods.ts';

/** Kinds that are made by others and go with them. */
const dependents = ['EndpointSlice', 'ReplicaSet', 'Pod'];

/**
 * Deletes what is left over when its owner is gone: the slices of a deleted Service, the Pods of a deleted ReplicaSet.
 *
 * Models: pkg/controller/garbagecollector, v1.37, and the endpoints controller's removal of Endpoints.
 */
export function collectGarbage(store: ObjectStore, { time }: ControllerContext): ObjectStore {
  let next = store;
  for (const kind of dependents) {
    for (const object of store.list(kind)) if (isOrphan(store, object)) next = remove(next, object, time);
  }
  return next;
}

function isOrphan(store: ObjectStore, { metadata }: KubeObject): boolean {
  const owner = controllerOf(metadata);
  return owner !== undefined && metadata.deletionTime === undefined && store.get(owner.kind, metadata.namespace, owner.name) === undefined;
}

function remove(store: ObjectStore, object: KubeObject, time: number): ObjectStore {
  const { namespace, name } = object.metadata;
  const pod = object.kind === 'Pod' ? store.get<Pod>('Pod', namespace, name) : undefined;
  return pod === undefined ? store.delete(object.kind, namespace, name) : deletePod(store, pod, time);
}
