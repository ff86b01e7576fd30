import { EngineBug } from '../../diagnostics/engine-bug.ts';
import type { IptablesChain, IptablesRule, IptablesTable } from '../../kernel/iptables/rule.ts';
import type { IptablesRules } from '../../kernel/node-rules.ts';
import type { ProxyNode } from '../categorize-endpoints.ts';
import { healthCheckListeners } from '../health-check.ts';
import { type Aligned, keepUnchanged } from '../keep-unchanged.ts';
import type { ServiceMap, TrackedPort } from '../service-map.ts';
import type { IptablesProxyConfig } from './config.ts';
import { isSameOnEveryNode, type ServiceRules, type ServiceRulesContext, serviceRules } from './service-chains.ts';
import {
  canary,
  chain,
  filterHooks,
  mangleChains,
  natHooks,
  nodePortDispatch,
  staticFilterChains,
  staticNatChains,
} from './static-rules.ts';

export interface IptablesSyncInput {
  readonly services: ServiceMap;
  readonly node: ProxyNode;
  /** The same object from sync to sync as long as the options are the same. */
  readonly config: IptablesProxyConfig;
}

/** A node's rules together with what they were made from, so that the next sync can leave alone what did not change. */
export interface IptablesSync {
  readonly rules: IptablesRules;
  readonly context: ServiceRulesContext;
  readonly byPort: Aligned<TrackedPort, ServiceRules>;
  /** nat chains of all Services, by name. */
  readonly serviceChains: readonly IptablesChain[];
}

/**
 * Writes one node's iptables rules.
 *
 * With `previous`, the same node's last sync, only Service ports that changed are written again. With `sibling`, another
 * node's sync of the same Services, rules that are the same on every node are taken from there. The result does not depend on either.
 *
 * Models: kube-proxy pkg/proxy/iptables/proxier.go syncProxyRules, v1.37.
 */
export function syncIptables(input: IptablesSyncInput, previous?: IptablesSync, sibling?: IptablesSync): IptablesSync {
  const { services, config } = input;
  const context = contextOf(input, previous);
  const before = previous?.context === context ? previous : undefined;
  const shared = sibling === undefined ? undefined : siblingRules(sibling, context);
  const { values, added, removed } = keepUnchanged(
    before?.byPort,
    services.ports,
    (port) => shared?.get(port) ?? serviceRules(port, context),
  );
  const serviceChains = updateChains(before?.serviceChains ?? [], removed, added);
  const filterChains = [
    canary,
    ...staticFilterChains(config),
    sharedChain(chain.services, values, (rules) => rules.filter.services),
    sharedChain(chain.externalServices, values, (rules) => rules.filter.externalServices),
    sharedChain(chain.firewall, values, (rules) => rules.filter.firewall),
    sharedChain(chain.nodePorts, values, (rules) => rules.filter.nodePorts),
  ];
  const natChains = [
    canary,
    ...staticNatChains(config),
    sharedChain(chain.services, values, (rules) => rules.nat.services, nodePortDispatch(config)),
    sharedChain(chain.nodePorts, values, (rules) => rules.nat.nodePorts),
  ];
  const table = (name: IptablesTable['name'], builtIn: readonly IptablesChain[], own: readonly IptablesChain[]): IptablesTable => {
    return { name, chains: [...builtIn, ...own] };
  };
  return {
    context,
    byPort: { keys: services.ports, values },
    serviceChains,
    rules: {
      backend: 'iptables',
      node: input.node.name,
      tables: {
        mangle: { name: 'mangle', chains: mangleChains },
        filter: table('filter', filterHooks, filterChains.sort(byName)),
        nat: table('nat', natHooks, insertChains(serviceChains, natChains.sort(byName))),
      },
      listeners: healthCheckListeners(services, input.node.name),
    },
  };
}

/** The previous sync's context when nothing in it changed: its identity then vouches for all rules made with it. */
function contextOf({ services, node, config }: IptablesSyncInput, previous: IptablesSync | undefined): ServiceRulesContext {
  const largeCluster = services.endpointCount > config.largeClusterEndpoints;
  const before = previous?.context;
  if (before !== undefined && before.node.name !== node.name) {
    throw new EngineBug(`the rules of ${before.node.name} were given as those of ${node.name}`);
  }
  const same = before?.config === config && before.node.zone === node.zone && before.largeCluster === largeCluster;
  return same ? before : { node, config, largeCluster };
}

function siblingRules({ byPort, context }: IptablesSync, own: ServiceRulesContext): ReadonlyMap<TrackedPort, ServiceRules> {
  const shared = new Map<TrackedPort, ServiceRules>();
  if (context.largeCluster !== own.largeCluster || !isSameCluster(context.config, own.config)) return shared;
  for (const [index, port] of byPort.keys.entries()) {
    const rules = byPort.values[index];
    if (rules !== undefined && isSameOnEveryNode(port)) shared.set(port, rules);
  }
  return shared;
}

/** Options of one cluster's proxies differ in what is each node's own, which rules shared by nodes do not depend on. */
function isSameCluster(one: IptablesProxyConfig, other: IptablesProxyConfig): boolean {
  return (
    one.clusterCIDR === other.clusterCIDR &&
    one.masqueradeAll === other.masqueradeAll &&
    one.masqueradeMark === other.masqueradeMark &&
    one.localhostNodePorts === other.localhostNodePorts
  );
}

function sharedChain(
  name: string,
  all: readonly ServiceRules[],
  part: (rules: ServiceRules) => readonly IptablesRule[],
  last: readonly IptablesRule[] = [],
): IptablesChain {
  const rules: IptablesRule[] = [];
  for (const service of all) {
    const own = part(service);
    for (let index = 0; index < own.length; index++) {
      const rule = own[index];
      if (rule !== undefined) rules.push(rule);
    }
  }
  rules.push(...last);
  return { name, rules };
}

function updateChains(
  before: readonly IptablesChain[],
  removed: readonly ServiceRules[],
  added: readonly ServiceRules[],
): readonly IptablesChain[] {
  const gone = new Set(removed.flatMap((rules) => rules.chains));
  const kept = gone.size === 0 ? before : before.filter((own) => !gone.has(own));
  return insertChains(kept, added.flatMap((rules) => rules.chains).sort(byName));
}

/** Puts sorted chains into a sorted list. Few go into many, so their places are searched for and the stretches between copied. */
function insertChains(many: readonly IptablesChain[], few: readonly IptablesChain[]): readonly IptablesChain[] {
  if (many.length === 0 || few.length === 0) return many.length === 0 ? few : many;
  const merged: IptablesChain[] = [];
  let from = 0;
  for (const one of few) {
    const to = placeOf(one.name, many, from);
    for (let index = from; index < to; index++) pushAt(merged, many, index);
    merged.push(one);
    from = to;
  }
  for (let index = from; index < many.length; index++) pushAt(merged, many, index);
  return merged;
}

function pushAt(target: IptablesChain[], source: readonly IptablesChain[], index: number): void {
  const item = source[index];
  if (item !== undefined) target.push(item);
}

/** Index of the first chain whose name is not smaller. */
function placeOf(name: string, chains: readonly IptablesChain[], from: number): number {
  let low = from;
  let high = chains.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((chains[middle]?.name ?? '') < name) low = middle + 1;
    else high = middle;
  }
  return low;
}

function byName(one: IptablesChain, other: IptablesChain): number {
  return one.name < other.name ? -1 : 1;
}
