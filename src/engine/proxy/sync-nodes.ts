import type { ClusterSpec, NodeSpec, ProxyMode } from '../api/cluster-spec.ts';
import type { EndpointSlice } from '../api/endpoint-slice.ts';
import type { Service } from '../api/service.ts';
import type { NodeRules } from '../kernel/node-rules.ts';
import type { ProxyNode } from './categorize-endpoints.ts';
import { type IptablesProxyConfig, iptablesProxyConfig } from './iptables/config.ts';
import { type IptablesSync, syncIptables } from './iptables/sync.ts';
import { type IpvsProxyConfig, ipvsProxyConfig } from './ipvs/config.ts';
import { type IpvsSync, syncIpvs } from './ipvs/sync.ts';
import { type NftablesProxyConfig, nftablesProxyConfig } from './nftables/config.ts';
import { type NftablesSync, syncNftables } from './nftables/sync.ts';
import { type ServiceMap, trackServices } from './service-map.ts';
import { syncUserspace } from './userspace/sync.ts';

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
  /** Rules by node. */
  readonly rules: ReadonlyMap<string, NodeRules>;
  readonly iptables: ReadonlyMap<string, NodeProxy<IptablesProxyConfig, IptablesSync>>;
  readonly nftables: ReadonlyMap<string, NodeProxy<NftablesProxyConfig, NftablesSync>>;
  readonly ipvs: ReadonlyMap<string, NodeProxy<IpvsProxyConfig, IpvsSync>>;
}

interface NodeProxy<Config, Sync> {
  readonly node: ProxyNode;
  readonly config: Config;
  readonly sync: Sync;
}

/**
 * Runs the proxy of every node. With `previous`, only what belongs to changed Services is written again; the rules are
 * the same with and without.
 *
 * @models yes kube-proxy iptables mode: `--detect-local-mode=ClusterCIDR`, other options from the cluster file.
 * @models yes kube-proxy nftables mode: the same.
 */
export function syncNodes({ cluster, mode, services, slices }: ProxyInput, previous?: ProxySync): ProxySync {
  const before = previous?.cluster === cluster ? previous : undefined;
  const tracked = trackServices(services, slices, previous?.services);
  const iptables: Map<string, NodeProxy<IptablesProxyConfig, IptablesSync>> = new Map();
  const nftables: Map<string, NodeProxy<NftablesProxyConfig, NftablesSync>> = new Map();
  const ipvs: Map<string, NodeProxy<IpvsProxyConfig, IpvsSync>> = new Map();
  const userspace: [string, NodeRules][] = [];
  for (const spec of cluster.nodes) {
    if (mode === 'iptables') {
      const known = before?.iptables.get(spec.name);
      const { node, config } = known ?? { node: proxyNode(spec), config: iptablesProxyConfig(cluster, spec.address) };
      const [sibling] = iptables.values();
      const sync = syncIptables({ services: tracked, node, config }, known?.sync, sibling?.sync);
      iptables.set(spec.name, { node, config, sync });
    } else if (mode === 'nftables') {
      const known = before?.nftables.get(spec.name);
      const { node, config } = known ?? { node: proxyNode(spec), config: nftablesProxyConfig(cluster, spec.address) };
      nftables.set(spec.name, { node, config, sync: syncNftables({ services: tracked, node, config }, known?.sync) });
    } else if (mode === 'ipvs') {
      const known = before?.ipvs.get(spec.name);
      const { node, config } = known ?? { node: proxyNode(spec), config: ipvsProxyConfig(cluster, spec) };
      ipvs.set(spec.name, { node, config, sync: syncIpvs({ services: tracked, node, config }, known?.sync) });
    } else {
      userspace.push([spec.name, syncUserspace({ services: tracked, node: proxyNode(spec), nodeIP: spec.address })]);
    }
  }
  const written = [...iptables, ...nftables, ...ipvs].map(([name, { sync }]): [string, NodeRules] => [name, sync.rules]);
  const rules = new Map<string, NodeRules>([...written, ...userspace]);
  return { cluster, services: tracked, rules, iptables, nftables, ipvs };
}

function proxyNode({ name, zone }: NodeSpec): ProxyNode {
  return zone === undefined ? { name } : { name, zone };
}
