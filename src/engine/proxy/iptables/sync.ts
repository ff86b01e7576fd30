import { EngineBug } from '../../diagnostics/engine-bug.ts';
import type { IptablesChain, IptablesRule } from '../../kernel/iptables/rule.ts';
import type { IptablesRules } from '../../kernel/node-rules.ts';
import type { ProxyNode } from '../categorize-endpoints.ts';
import { healthCheckListeners } from '../health-check.ts';
import type { ServiceMap, TrackedPort } from '../service-map.ts';
import type { IptablesProxyConfig } from './config.ts';
import { type ServiceRules, type ServiceRulesContext, serviceRules } from './service-chains.ts';
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
  readonly byPort: ReadonlyMap<TrackedPort, ServiceRules>;
}

/**
 * Writes one node's iptables rules. With `previous`, only Service ports that changed are written again; the result is
 * the same with and without.
 *
 * Models: kube-proxy pkg/proxy/iptables/proxier.go syncProxyRules, v1.37.
 */
export function syncIptables(input: IptablesSyncInput, previous?: IptablesSync): IptablesSync {
  const context = contextOf(input, previous);
  const known = previous?.context === context ? previous.byPort : undefined;
  const byPort = new Map<TrackedPort, ServiceRules>();
  for (const port of input.services.ports) byPort.set(port, known?.get(port) ?? serviceRules(port, context));
  const all = [...byPort.values()];
  const { config } = input;
  const filterChains: IptablesChain[] = [
    ...filterHooks,
    ...staticFilterChains(config),
    canary,
    sharedChain(chain.services, all, (rules) => rules.filter.services),
    sharedChain(chain.externalServices, all, (rules) => rules.filter.externalServices),
    sharedChain(chain.firewall, all, (rules) => rules.filter.firewall),
    sharedChain(chain.nodePorts, all, (rules) => rules.filter.nodePorts),
  ];
  const natChains: IptablesChain[] = [
    ...natHooks,
    ...staticNatChains(config),
    canary,
    sharedChain(chain.services, all, (rules) => rules.nat.services, nodePortDispatch(config)),
    sharedChain(chain.nodePorts, all, (rules) => rules.nat.nodePorts),
  ];
  for (const rules of all) for (const own of rules.chains) natChains.push(own);
  return {
    context,
    byPort,
    rules: {
      backend: 'iptables',
      node: input.node.name,
      tables: {
        mangle: { name: 'mangle', chains: mangleChains },
        filter: { name: 'filter', chains: filterChains },
        nat: { name: 'nat', chains: natChains },
      },
      listeners: healthCheckListeners(input.services, input.node.name),
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

function sharedChain(
  name: string,
  all: readonly ServiceRules[],
  part: (rules: ServiceRules) => readonly IptablesRule[],
  last: readonly IptablesRule[] = [],
): IptablesChain {
  const rules: IptablesRule[] = [];
  for (const service of all) for (const rule of part(service)) rules.push(rule);
  for (const rule of last) rules.push(rule);
  return { name, rules };
}
