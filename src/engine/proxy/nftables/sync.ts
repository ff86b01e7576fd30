import { EngineBug } from '../../diagnostics/engine-bug.ts';
import { writeNftElement } from '../../kernel/nftables/print.ts';
import type { NftChain, NftElement, NftSet } from '../../kernel/nftables/rule.ts';
import type { NftablesRules } from '../../kernel/node-rules.ts';
import type { ProxyNode } from '../categorize-endpoints.ts';
import { healthCheckListeners } from '../health-check.ts';
import { type Aligned, keepUnchanged } from '../keep-unchanged.ts';
import type { ServiceMap, TrackedPort } from '../service-map.ts';
import type { NftablesProxyConfig } from './config.ts';
import { type ServiceElements, type ServiceElementsContext, type SharedSet, serviceElements } from './service-elements.ts';
import { setTypes, staticChains } from './static-table.ts';

export interface NftablesSyncInput {
  readonly services: ServiceMap;
  readonly node: ProxyNode;
  /** The same object from sync to sync as long as the options are the same. */
  readonly config: NftablesProxyConfig;
}

/** A node's rules together with what they were made from, so that the next sync can leave alone what did not change. */
export interface NftablesSync {
  readonly rules: NftablesRules;
  readonly context: ServiceElementsContext;
  readonly byPort: Aligned<TrackedPort, ServiceElements>;
  readonly staticChains: readonly NftChain[];
}

/**
 * Writes one node's nftables table. With `previous`, the same node's last sync, only Service ports that changed are written again;
 * the result is the same without it.
 *
 * Models: kube-proxy pkg/proxy/nftables/proxier.go syncProxyRules, v1.37.
 */
export function syncNftables({ services, node, config }: NftablesSyncInput, previous?: NftablesSync): NftablesSync {
  if (previous !== undefined && previous.context.node.name !== node.name) {
    throw new EngineBug(`the rules of ${previous.context.node.name} were given as those of ${node.name}`);
  }
  const before = previous?.context.config === config && previous.context.node.zone === node.zone ? previous : undefined;
  const context = before?.context ?? { node, config };
  const { values } = keepUnchanged(before?.byPort, services.ports, (port) => serviceElements(port, context));
  const own = before?.staticChains ?? staticChains(config);
  const sets: NftSet[] = [];
  for (const name of setOrder)
    if (name !== 'nodeport-ips' || config.nodePortAddresses !== 'all') sets.push(sharedSet(name, values, config));
  const chains: NftChain[] = [...own];
  for (const elements of values) {
    sets.push(...elements.sets);
    chains.push(...elements.chains);
  }
  return {
    context,
    byPort: { keys: services.ports, values },
    staticChains: own,
    rules: {
      backend: 'nftables',
      node: node.name,
      table: { name: 'kube-proxy', comment: 'rules for kube-proxy', sets, chains },
      listeners: healthCheckListeners(services, node.name),
    },
  };
}

/** As kube-proxy adds them, which is how `nft list` prints them. */
const setOrder = [
  'hairpin-connections',
  'cluster-ips',
  'nodeport-ips',
  'no-endpoint-services',
  'no-endpoint-nodeports',
  'firewall-ips',
  'service-ips',
  'service-nodeports',
] as const;

function sharedSet(name: SharedSet | 'nodeport-ips', all: readonly ServiceElements[], config: NftablesProxyConfig): NftSet {
  if (name === 'nodeport-ips') {
    const addresses = config.nodePortAddresses === 'all' ? [] : config.nodePortAddresses;
    return { name, ...setTypes[name], elements: addresses.map((address) => writeNftElement(address, 'node-port-dispatch', [])) };
  }
  // One key is one element: several ports of a Service share its cluster IP, and Services may share an endpoint.
  const byKey = new Map<string, NftElement>();
  for (const { elements } of all) for (const element of elements[name]) if (!byKey.has(element.key)) byKey.set(element.key, element);
  return { name, ...setTypes[name], elements: [...byKey.values()] };
}
