import { cidr } from '../../api/cidr.ts';
import type { Protocol } from '../../api/protocol.ts';
import type { IptablesChain, IptablesMatch, IptablesRule, IptablesTarget } from '../../kernel/iptables/rule.ts';
import type { RulePurpose } from '../../kernel/rule-purpose.ts';
import type { IptablesProxyConfig } from './config.ts';

/** Chains that all Services share. */
export const chain = {
  services: 'KUBE-SERVICES',
  externalServices: 'KUBE-EXTERNAL-SERVICES',
  nodePorts: 'KUBE-NODEPORTS',
  forward: 'KUBE-FORWARD',
  firewall: 'KUBE-PROXY-FIREWALL',
  localnet: 'KUBE-FIREWALL',
  postrouting: 'KUBE-POSTROUTING',
  markMasquerade: 'KUBE-MARK-MASQ',
  canary: 'KUBE-PROXY-CANARY',
} as const;

export const loopback = cidr('127.0.0.0/8');

export const nfacct = { invalid: 'ct_state_invalid_dropped_pkts', localhostNodePort: 'localhost_nps_accepted_pkts' } as const;

export function comment(text: string): IptablesMatch {
  return { kind: 'comment', text };
}

/** `-m tcp --dport 80`. */
export function portMatch(protocol: Protocol, destinationPort?: number): IptablesMatch {
  return destinationPort === undefined ? { kind: 'port', protocol } : { kind: 'port', protocol, destinationPort };
}

export function jump(target: string): IptablesTarget {
  return { kind: 'jump', chain: target };
}

/** A rule that every node has, for no Service in particular. */
export function nodeRule(
  purpose: RulePurpose,
  matches: readonly IptablesMatch[],
  target: IptablesTarget,
  addresses: Pick<IptablesRule, 'source' | 'destination'> = {},
): IptablesRule {
  return { ...addresses, matches, target, purpose, origins: [] };
}

const newConnection: IptablesMatch = { kind: 'conntrack', states: ['NEW'], negated: false };

function entry(to: string, words: string, ...before: readonly IptablesMatch[]): IptablesRule {
  return nodeRule('entry', [...before, comment(words)], jump(to));
}

const firewallEntry = entry(chain.firewall, 'kubernetes load balancer firewall', newConnection);
const servicesEntry = entry(chain.services, 'kubernetes service portals', newConnection);
const externalEntry = entry(chain.externalServices, 'kubernetes externally-visible service portals', newConnection);
const localnetEntry = nodeRule('entry', [], jump(chain.localnet));
const natServicesEntry = entry(chain.services, 'kubernetes service portals');

export function builtIn(name: string, rules: readonly IptablesRule[] = []): IptablesChain {
  return { name, policy: 'accept', rules };
}

/**
 * The filter table's built-in chains. The firewall jump stands before KUBE-SERVICES and only new connections take it: what
 * the firewall chain drops was not translated in PREROUTING, so it still carries the load balancer's address.
 */
export const filterHooks: readonly IptablesChain[] = [
  builtIn('INPUT', [localnetEntry, firewallEntry, entry(chain.nodePorts, 'kubernetes health check service ports'), externalEntry]),
  builtIn('FORWARD', [firewallEntry, entry(chain.forward, 'kubernetes forwarding rules'), servicesEntry, externalEntry]),
  builtIn('OUTPUT', [localnetEntry, firewallEntry, servicesEntry]),
];

export const natHooks: readonly IptablesChain[] = [
  builtIn('PREROUTING', [natServicesEntry]),
  builtIn('INPUT'),
  builtIn('OUTPUT', [natServicesEntry]),
  builtIn('POSTROUTING', [entry(chain.postrouting, 'kubernetes postrouting rules')]),
];

/** kube-proxy watches these empty chains: when somebody flushes the tables they vanish, and it writes everything again. */
export const canary: IptablesChain = { name: chain.canary, rules: [] };

export const mangleChains: readonly IptablesChain[] = [
  ...['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'].map((name) => builtIn(name)),
  canary,
];

/** filter KUBE-FORWARD and KUBE-FIREWALL. */
export function staticFilterChains(config: IptablesProxyConfig): readonly IptablesChain[] {
  const { masqueradeMark } = config;
  const forward = [
    nodeRule(
      'invalid',
      [
        { kind: 'conntrack', states: ['INVALID'], negated: false },
        { kind: 'nfacct', name: nfacct.invalid },
      ],
      {
        kind: 'drop',
      },
    ),
    nodeRule(
      'forward',
      [comment('kubernetes forwarding rules'), { kind: 'mark', value: masqueradeMark, mask: masqueradeMark, negated: false }],
      { kind: 'accept' },
    ),
    nodeRule(
      'forward',
      [comment('kubernetes forwarding conntrack rule'), { kind: 'conntrack', states: ['RELATED', 'ESTABLISHED'], negated: false }],
      { kind: 'accept' },
    ),
  ];
  // route_localnet=1 would let neighbours reach sockets on 127.0.0.1; this rule takes that back.
  const localnet = nodeRule(
    'localnet',
    [comment('block incoming localnet connections'), { kind: 'conntrack', states: ['RELATED', 'ESTABLISHED', 'DNAT'], negated: true }],
    { kind: 'drop' },
    { source: { range: loopback, negated: true }, destination: { range: loopback, negated: false } },
  );
  return [
    { name: chain.forward, rules: forward },
    { name: chain.localnet, rules: config.localhostNodePorts ? [localnet] : [] },
  ];
}

/** nat KUBE-POSTROUTING and KUBE-MARK-MASQ. The mark is cleared before it is used, in case the packet comes by again. */
export function staticNatChains({ masqueradeMark }: IptablesProxyConfig): readonly IptablesChain[] {
  return [
    {
      name: chain.postrouting,
      rules: [
        nodeRule('unmarked', [{ kind: 'mark', value: masqueradeMark, mask: masqueradeMark, negated: true }], { kind: 'return' }),
        nodeRule('clear-mark', [], { kind: 'mark', value: masqueradeMark, mask: 0 }),
        nodeRule('masquerade', [comment('kubernetes service traffic requiring SNAT')], { kind: 'masquerade', randomFully: true }),
      ],
    },
    { name: chain.markMasquerade, rules: [nodeRule('set-mark', [], { kind: 'mark', value: masqueradeMark, mask: masqueradeMark })] },
  ];
}

/**
 * The last rules of nat KUBE-SERVICES: whatever no Service address took, and is for this node, may be for a node port. They
 * stand last so that an external IP that is also a node's address wins.
 */
export function nodePortDispatch(config: IptablesProxyConfig): readonly IptablesRule[] {
  const words = comment('kubernetes service nodeports; NOTE: this must be the last rule in this chain');
  if (config.nodePortAddresses === 'all') {
    const notLoopback = config.localhostNodePorts ? {} : { destination: { range: loopback, negated: true } };
    return [
      nodeRule('node-port-dispatch', [words, { kind: 'addrtype', end: 'destination', type: 'LOCAL' }], jump(chain.nodePorts), notLoopback),
    ];
  }
  return config.nodePortAddresses.map((address) =>
    nodeRule('node-port-dispatch', [words], jump(chain.nodePorts), { destination: { range: cidr(`${address}/32`), negated: false } }),
  );
}
