import type { IPv4 } from '../../api/ipv4.ts';
import type { IptablesChain, IptablesRule } from '../../kernel/iptables/rule.ts';
import type { UserspaceRules } from '../../kernel/node-rules.ts';
import type { RelaySocket } from '../../kernel/relay/relay-socket.ts';
import type { ProxyNode } from '../categorize-endpoints.ts';
import type { ServiceMap, TrackedPort } from '../service-map.ts';
import { ServiceOrigins } from '../service-origins.ts';
import { shortHash } from '../short-hash.ts';
import { type ChainName, chain, filterHooks, mangleHooks, natHooks, type PortalRules, portalRules } from './portal-rules.ts';

export interface UserspaceSyncInput {
  readonly services: ServiceMap;
  readonly node: ProxyNode;
  readonly nodeIP: IPv4;
}

/**
 * Opens one socket a Service port on a node, and writes the rules that lead there. Every ready endpoint of the cluster is used, wherever it is:
 * this mode knows no traffic policies, no hints, no source ranges and no health check ports. SCTP ports are left out, as it cannot relay them.
 *
 * Models: kube-proxy pkg/proxy/userspace/proxier.go mergeService, v1.25, the last version that had it.
 *
 * @models partly kube-proxy userspace mode: as history, it was removed in v1.26; the process' port numbers are made of names, really they are chance
 */
export function syncUserspace({ services, node, nodeIP }: UserspaceSyncInput): UserspaceRules {
  const taken = new Set<number>();
  const opened = services.ports
    .filter(({ port }) => port.protocol !== 'SCTP')
    .map((tracked) => {
      const relayPort = freePort(`${tracked.port.name} ${tracked.port.protocol}`, taken);
      return { relay: relaySocket(tracked, relayPort), rules: portalRules({ port: tracked.port, relayPort, nodeIP }) };
    });
  const own = (name: ChainName): IptablesChain => ({ name, rules: opened.flatMap(({ rules }) => rulesIn(rules, name)) });
  return {
    backend: 'userspace',
    node: node.name,
    tables: {
      mangle: { name: 'mangle', chains: mangleHooks },
      filter: { name: 'filter', chains: [...filterHooks, own(chain.nonLocal)] },
      nat: {
        name: 'nat',
        chains: [...natHooks, own(chain.nodePortContainer), own(chain.nodePortHost), own(chain.container), own(chain.host)],
      },
    },
    listeners: [],
    relays: opened.map(({ relay }) => relay),
  };
}

function rulesIn(rules: PortalRules, name: ChainName): readonly IptablesRule[] {
  return rules[name] ?? [];
}

function relaySocket({ port, endpoints }: TrackedPort, relayPort: number): RelaySocket {
  const origins = new ServiceOrigins(port);
  return {
    protocol: port.protocol,
    port: relayPort,
    name: port.name,
    targets: endpoints.filter(({ ready }) => ready).map(({ address, port: targetPort }) => ({ address, port: targetPort })),
    ...(port.stickySeconds === undefined ? {} : { stickySeconds: port.stickySeconds }),
    origins: port.stickySeconds === undefined ? origins.clusterIP : [...origins.affinity, ...origins.clusterIP],
  };
}

/** Linux' default `net.ipv4.ip_local_port_range`: what a process gets that asks for any port. */
const firstPort = 32768;
const portCount = 60999 - firstPort + 1;

function freePort(name: string, taken: Set<number>): number {
  const hash = [...shortHash(name, 8)].reduce((sum, digit) => (sum * 31 + digit.charCodeAt(0)) % portCount, 0);
  for (let step = 0; step < portCount; step++) {
    const port = firstPort + ((hash + step) % portCount);
    if (taken.has(port)) continue;
    taken.add(port);
    return port;
  }
  return firstPort;
}
