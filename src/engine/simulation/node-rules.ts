import type { ClusterSpec } from '../api/cluster-spec.ts';
import type { EndpointSlice } from '../api/endpoint-slice.ts';
import type { Service } from '../api/service.ts';
import type { NodeRules } from '../kernel/node-rules.ts';
import { type ProxySync, syncNodes } from '../proxy/sync-nodes.ts';
import type { Snapshot } from './snapshot.ts';

/** Each world's latest sync. Only speed depends on it: the next one gives the same with and without. */
const latest = new WeakMap<ClusterSpec, ProxySync>();
const known = new WeakMap<Snapshot, ReadonlyMap<string, NodeRules>>();

/** Every node's rules, by node. Empty for a proxy mode that is not modelled. */
export function nodeRules(snapshot: Snapshot): ReadonlyMap<string, NodeRules> {
  const before = known.get(snapshot);
  if (before !== undefined) return before;
  const { cluster, store } = snapshot;
  const services = store.list<Service>('Service');
  const slices = store.list<EndpointSlice>('EndpointSlice');
  const sync = syncNodes({ cluster, mode: cluster.proxy.mode, services, slices }, latest.get(cluster));
  latest.set(cluster, sync);
  known.set(snapshot, sync.rules);
  return sync.rules;
}
