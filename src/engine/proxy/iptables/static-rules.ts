import { cidr, hostRange } from '../../api/cidr.ts';
import type { Protocol } from '../../api/protocol.ts';
import { writeRule } from '../../kernel/iptables/print.ts';
import type { IptablesChain, IptablesMatch, IptablesRule, IptablesRuleFields, IptablesTarget } from '../../kernel/iptables/rule.ts';
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

export const markMasquerade: IptablesTarget = jump(chain.markMasquerade);

/** A rule that every node has, for no Service in particular. */
type NodeRule = Omit<IptablesRuleFields, 'origins'>;

function chainOf(name: string, rules: readonly NodeRule[]): IptablesChain {
  return { name, rules: rules.map((rule) => writeRule(name, { ...rule, origins: [] })) };
}

const newConnection: IptablesMatch = { kind: 'conntrack', states: ['NEW'], negated: false };

function entry(to: string, words: string, ...before: readonly IptablesMatch[]): NodeRule {
  return { purpose: 'entry', matches: [...before, comment(words)], target: jump(to) };
}

const firewallEntry = entry(chain.firewall, 'kubernetes load balancer firewall', newConnection);
const servicesEntry = entry(chain.services, 'kubernetes service portals', newConnection);
const externalEntry = entry(chain.externalServices, 'kubernetes externally-visible service portals', newConnection);
const localnetEntry: NodeRule = { purpose: 'entry', matches: [], target: jump(chain.localnet) };
const natServicesEntry = entry(chain.services, 'kubernetes service portals');

function builtIn(name: string, rules: readonly NodeRule[] = []): IptablesChain {
  return { ...chainOf(name, rules), policy: 'accept' };
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
export function staticFilterChains({ masqueradeMark, localhostNodePorts }: IptablesProxyConfig): readonly IptablesChain[] {
  const marked: IptablesMatch = { kind: 'mark', value: masqueradeMark, mask: masqueradeMark, negated: false };
  const known: IptablesMatch = { kind: 'conntrack', states: ['RELATED', 'ESTABLISHED'], negated: false };
  const invalid: IptablesMatch = { kind: 'conntrack', states: ['INVALID'], negated: false };
  const forward: readonly NodeRule[] = [
    { purpose: 'invalid', matches: [invalid, { kind: 'nfacct', name: nfacct.invalid }], target: { kind: 'drop' } },
    { purpose: 'forward', matches: [comment('kubernetes forwarding rules'), marked], target: { kind: 'accept' } },
    { purpose: 'forward', matches: [comment('kubernetes forwarding conntrack rule'), known], target: { kind: 'accept' } },
  ];
  // route_localnet=1 would let neighbours reach sockets on 127.0.0.1; this rule takes that back.
  const translated: IptablesMatch = { kind: 'conntrack', states: ['RELATED', 'ESTABLISHED', 'DNAT'], negated: true };
  const localnet: NodeRule = {
    purpose: 'localnet',
    source: { range: loopback, negated: true },
    destination: { range: loopback, negated: false },
    matches: [comment('block incoming localnet connections'), translated],
    target: { kind: 'drop' },
  };
  return [chainOf(chain.forward, forward), chainOf(chain.localnet, localhostNodePorts ? [localnet] : [])];
}

/** nat KUBE-POSTROUTING and KUBE-MARK-MASQ. The mark is cleared before it is used, in case the packet comes by again. */
export function staticNatChains({ masqueradeMark: mark }: IptablesProxyConfig): readonly IptablesChain[] {
  return [
    chainOf(chain.postrouting, [
      { purpose: 'unmarked', matches: [{ kind: 'mark', value: mark, mask: mark, negated: true }], target: { kind: 'return' } },
      { purpose: 'clear-mark', matches: [], target: { kind: 'mark', value: mark, mask: 0 } },
      {
        purpose: 'masquerade',
        matches: [comment('kubernetes service traffic requiring SNAT')],
        target: { kind: 'masquerade', randomFully: true },
      },
    ]),
    chainOf(chain.markMasquerade, [{ purpose: 'set-mark', matches: [], target: { kind: 'mark', value: mark, mask: mark } }]),
  ];
}

/**
 * The last rules of nat KUBE-SERVICES: whatever no Service address took, and is for this node, may be for a node port. They
 * stand last so that an external IP that is also a node's address wins.
 */
export function nodePortDispatch({ nodePortAddresses, localhostNodePorts }: IptablesProxyConfig): readonly IptablesRule[] {
  const words = comment('kubernetes service nodeports; NOTE: this must be the last rule in this chain');
  const shared = { purpose: 'node-port-dispatch', target: jump(chain.nodePorts) } as const;
  if (nodePortAddresses === 'all') {
    const destination = localhostNodePorts ? undefined : { range: loopback, negated: true };
    const matches: readonly IptablesMatch[] = [words, { kind: 'addrtype', end: 'destination', type: 'LOCAL' }];
    return chainOf(chain.services, [{ ...shared, destination, matches }]).rules;
  }
  const perAddress = nodePortAddresses.map((address): NodeRule => {
    return { ...shared, destination: { range: hostRange(address), negated: false }, matches: [words] };
  });
  return chainOf(chain.services, perAddress).rules;
}
