import type { ClusterSpec } from '../api/cluster-spec.ts';
import type { EndpointSlice } from '../api/endpoint-slice.ts';
import type { Service } from '../api/service.ts';
import type { NodeRules } from '../kernel/node-rules.ts';
import { type IptablesProxyConfig, iptablesProxyConfig } from '../proxy/iptables/config.ts';
import { type IptablesSync, syncIptables } from '../proxy/iptables/sync.ts';
import { emptyServiceMap, type ServiceMap, trackServices } from '../proxy/service-map.ts';
import type { Snapshot } from './snapshot.ts';

/** What one world's kube-proxies remember between syncs. Only speed depends on it: a sync gives the same with and without. */
interface ProxyMemory {
  services: ServiceMap;
  readonly configs: Map<string, IptablesProxyConfig>;
  readonly iptables: Map<string, IptablesSync>;
}

const memories = new WeakMap<ClusterSpec, ProxyMemory>();
const known = new WeakMap<Snapshot, ReadonlyMap<string, NodeRules>>();

/** Every node's rules, by node. Empty for a proxy mode that is not modelled. */
export function nodeRules(snapshot: Snapshot): ReadonlyMap<string, NodeRules> {
  const before = known.get(snapshot);
  if (before !== undefined) return before;
  const rules = sync(snapshot);
  known.set(snapshot, rules);
  return rules;
}

function sync({ cluster, store }: Snapshot): ReadonlyMap<string, NodeRules> {
  const memory = memories.get(cluster) ?? { services: emptyServiceMap, configs: new Map(), iptables: new Map() };
  memories.set(cluster, memory);
  const services = trackServices(store.list<Service>('Service'), store.list<EndpointSlice>('EndpointSlice'), memory.services);
  memory.services = services;
  const rules = new Map<string, NodeRules>();
  if (cluster.proxy.mode !== 'iptables') return rules;
  for (const node of cluster.nodes) {
    const config = memory.configs.get(node.name) ?? iptablesProxyConfig(cluster, node.address);
    memory.configs.set(node.name, config);
    const done = syncIptables({ services, node, config }, memory.iptables.get(node.name));
    memory.iptables.set(node.name, done);
    rules.set(node.name, done.rules);
  }
  return rules;
}
