import type { ClusterSpec, ProxyMode } from '../api/cluster-spec.ts';
import type { EndpointSlice } from '../api/endpoint-slice.ts';
import type { Service } from '../api/service.ts';
import type { NodeRules } from '../kernel/node-rules.ts';
import type { ProxyNode } from './categorize-endpoints.ts';
import { type IptablesProxyConfig, iptablesProxyConfig } from './iptables/config.ts';
import { type IptablesSync, syncIptables } from './iptables/sync.ts';
import { type ServiceMap, trackServices } from './service-map.ts';

export interface ProxyInput {
  readonly cluster: ClusterSpec;
  readonly mode: ProxyMode;
  readonly services: readonly Service[];
  readonly slices: readonly EndpointSlice[];
}

/** The proxies of all nodes after a sync, with what the next sync can keep. Immutable. */
export interface ProxySync {
  readonly cluster: ClusterSpec;
  readonly services: ServiceMap;
  /** Rules by node. Empty when the mode is not modelled. */
  readonly rules: ReadonlyMap<string, NodeRules>;
  readonly iptables: ReadonlyMap<string, NodeProxy>;
}

interface NodeProxy {
  readonly node: ProxyNode;
  readonly config: IptablesProxyConfig;
  readonly sync: IptablesSync;
}

/**
 * Runs the proxy of every node. With `previous`, only what belongs to changed Services is written again; the rules are
 * the same with and without.
 *
 * @models yes kube-proxy iptables mode: `--detect-local-mode=ClusterCIDR`, other options from the cluster file.
 */
export function syncNodes({ cluster, mode, services, slices }: ProxyInput, previous?: ProxySync): ProxySync {
  const before = previous?.cluster === cluster ? previous : undefined;
  const tracked = trackServices(services, slices, previous?.services);
  const iptables = new Map<string, NodeProxy>();
  if (mode === 'iptables') {
    for (const spec of cluster.nodes) {
      const known = before?.iptables.get(spec.name);
      const node = known?.node ?? { name: spec.name, ...(spec.zone === undefined ? {} : { zone: spec.zone }) };
      const config = known?.config ?? iptablesProxyConfig(cluster, spec.address);
      const [sibling] = iptables.values();
      const sync = syncIptables({ services: tracked, node, config }, known?.sync, sibling?.sync);
      iptables.set(spec.name, { node, config, sync });
    }
  }
  const rules = new Map([...iptables].map(([name, { sync }]) => [name, sync.rules]));
  return { cluster, services: tracked, rules, iptables };
}
