import type { ClusterSpec } from '../api/cluster-spec.ts';
import type { JsonObject } from '../api/json.ts';
import type { KubeObject } from '../api/kube-object.ts';
import { emptyStore, type ObjectStore } from '../api/object-store.ts';
import { admit } from '../apiserver/admit.ts';
import { EngineBug } from '../diagnostics/engine-bug.ts';
import { nodeObject } from '../nodes/node-object.ts';
import { podFromShorthand } from '../nodes/shorthand-pod.ts';
import { kubernetesEndpoints, kubernetesService, kubernetesSlice } from './kubernetes-service.ts';
import { settle } from './settle.ts';
import type { Snapshot } from './snapshot.ts';
import { noSources } from './source-map.ts';

/** Namespaces that are there before anybody makes one. */
const builtInNamespaces = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

/** Booted clusters by world and seed: a lesson simulates its world again at every keystroke, and nothing in it has changed. */
const booted = new WeakMap<ClusterSpec, Map<number, Snapshot>>();

/** A cluster that has just started: its nodes, system namespaces, the `kubernetes` Service, and what the world brings along. */
export function bootCluster(cluster: ClusterSpec, seed: number): Snapshot {
  const seeds = booted.get(cluster) ?? new Map<number, Snapshot>();
  booted.set(cluster, seeds);
  const known = seeds.get(seed);
  if (known !== undefined) return known;
  const snapshot = boot(cluster, seed);
  seeds.set(seed, snapshot);
  return snapshot;
}

function boot(cluster: ClusterSpec, seed: number): Snapshot {
  let store = emptyStore();
  for (const name of builtInNamespaces) {
    const metadata = { name, labels: { 'kubernetes.io/metadata.name': name } };
    store = store.put({ apiVersion: 'v1', kind: 'Namespace', metadata, spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } });
  }
  for (const node of cluster.nodes) store = store.put(nodeObject(node));
  store = store.put(kubernetesService(cluster)).put(kubernetesSlice(cluster)).put(kubernetesEndpoints(cluster));
  for (const object of cluster.objects) store = admitOwn(store, object, cluster, seed);
  const programs = new Map<string, { readonly listen: ClusterSpec['pods'][number]['listen'] }>();
  for (const pod of cluster.pods) {
    store = withNamespace(store, pod.namespace).put(podFromShorthand(pod, cluster, 0));
    programs.set(`${pod.namespace}/${pod.name}`, { listen: pod.listen });
  }
  return settle({ cluster, time: 0, seed, store, programs, sources: noSources, faults: new Map(), streaks: new Map(), events: [] });
}

/** Namespaces that only a shorthand Pod names exist all the same. */
function withNamespace(store: ObjectStore, name: string): ObjectStore {
  if (store.get('Namespace', undefined, name) !== undefined) return store;
  return store.put({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
    status: { phase: 'Active' },
  });
}

/** A world's own objects go the way of everybody's; `parseClusterFile` has made sure that they are objects. */
function admitOwn(store: ObjectStore, object: KubeObject, cluster: ClusterSpec, seed: number): ObjectStore {
  // A manifest is JSON, whatever type its reader gave it.
  const json = object as unknown as JsonObject;
  const result = admit(store, { verb: 'create', object: json, namespace: object.metadata.namespace ?? 'default' }, cluster, seed);
  if (!result.ok) throw new EngineBug(`the world ${cluster.name} brings an object that its API server refuses: ${result.failure.message}`);
  return result.store;
}
