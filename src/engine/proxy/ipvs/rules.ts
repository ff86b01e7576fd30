import { cidr, hostRange } from '../../api/cidr.ts';
import { writeRule } from '../../kernel/iptables/print.ts';
import type { IptablesChain, IptablesMatch, IptablesRuleFields, IptablesTable, IptablesTarget } from '../../kernel/iptables/rule.ts';
import type { IpSet, IpSetDirections } from '../../kernel/ipvs/ip-set.ts';
import type { RulePurpose } from '../../kernel/rule-purpose.ts';
import { ServiceOrigins } from '../service-origins.ts';
import type { IpvsProxyConfig } from './config.ts';
import { type IpSetName, ipSets } from './ip-sets.ts';
import type { BlockedFromNode } from './service-entries.ts';

const chain = {
  services: 'KUBE-SERVICES',
  postrouting: 'KUBE-POSTROUTING',
  nodePort: 'KUBE-NODE-PORT',
  loadBalancer: 'KUBE-LOAD-BALANCER',
  markMasquerade: 'KUBE-MARK-MASQ',
  forward: 'KUBE-FORWARD',
  firewall: 'KUBE-PROXY-FIREWALL',
  sourceRanges: 'KUBE-SOURCE-RANGES-FIREWALL',
  filter: 'KUBE-IPVS-FILTER',
  outFilter: 'KUBE-IPVS-OUT-FILTER',
} as const;

type Rule = Omit<IptablesRuleFields, 'origins'> & Partial<Pick<IptablesRuleFields, 'origins'>>;

const accept: IptablesTarget = { kind: 'accept' };
const drop: IptablesTarget = { kind: 'drop' };
const giveBack: IptablesTarget = { kind: 'return' };
const destination: IpSetDirections = ['dst', 'dst'];
const destinationAndSource: IpSetDirections = ['dst', 'dst', 'src'];
const newConnection: IptablesMatch = { kind: 'conntrack', states: ['NEW'], negated: false };
const knownConnection: IptablesMatch = { kind: 'conntrack', states: ['RELATED', 'ESTABLISHED'], negated: false };
const toThisHost: IptablesMatch = { kind: 'addrtype', end: 'destination', type: 'LOCAL' };

function jump(target: string): IptablesTarget {
  return { kind: 'jump', chain: target };
}

function comment(text: string): IptablesMatch {
  return { kind: 'comment', text };
}

function inSet(set: IpSetName, directions: IpSetDirections): IptablesMatch {
  return { kind: 'set', set, directions };
}

/** With the set's own comment, as rules that need the set to have entries are written. */
function commentedSet(set: IpSetName, directions: IpSetDirections): readonly IptablesMatch[] {
  return [comment(ipSets[set].comment), inSet(set, directions)];
}

function entry(to: string, words: string): Rule {
  return { purpose: 'entry', matches: [comment(words)], target: jump(to) };
}

function chainOf(name: string, rules: readonly Rule[]): IptablesChain {
  return { name, rules: rules.map((rule) => writeRule(name, { origins: [], ...rule })) };
}

function builtIn(name: string, rules: readonly Rule[] = []): IptablesChain {
  return { ...chainOf(name, rules), policy: 'accept' };
}

/** Rules are few and the same for any number of Services: the sets hold what differs. Rules that ask an empty set are mostly left out. */
export interface IpvsRulesInput {
  readonly config: IpvsProxyConfig;
  readonly sets: readonly IpSet[];
  readonly blocked: readonly BlockedFromNode[];
}

/**
 * The iptables rules beside the virtual servers: who is masqueraded, who may use a load balancer, and what may not be asked of kube-ipvs0.
 *
 * Models: kube-proxy pkg/proxy/ipvs/proxier.go writeIptablesRules and createAndLinkKubeChain, v1.37.
 */
export function ipvsIptables(input: IpvsRulesInput): { readonly filter: IptablesTable; readonly nat: IptablesTable } {
  const filled = new Set(input.sets.filter(({ entries }) => entries.length > 0).map(({ name }) => name));
  const where = (set: IpSetName, ...rules: readonly Rule[]) => (filled.has(set) ? rules : []);
  return { filter: filterTable(input, where), nat: natTable(input, where) };
}

type Where = (set: IpSetName, ...rules: readonly Rule[]) => readonly Rule[];

function filterTable({ config, blocked }: IpvsRulesInput, where: Where): IptablesTable {
  const mark = config.masqueradeMark;
  const firewallEntry = entry(chain.firewall, 'kube-proxy firewall rules');
  const admitted = (set: IpSetName): readonly Rule[] =>
    where(set, { purpose: 'source-range', matches: commentedSet(set, destinationAndSource), target: giveBack });
  return {
    name: 'filter',
    chains: [
      builtIn('INPUT', [
        entry(chain.filter, 'kubernetes ipvs access filter'),
        firewallEntry,
        entry(chain.nodePort, 'kubernetes health check rules'),
      ]),
      builtIn('FORWARD', [firewallEntry, entry(chain.forward, 'kubernetes forwarding rules')]),
      builtIn('OUTPUT', [entry(chain.outFilter, 'kubernetes ipvs access filter')]),
      chainOf(chain.forward, [
        {
          purpose: 'forward',
          matches: [comment('kubernetes forwarding rules'), { kind: 'mark', value: mark, mask: mark, negated: false }],
          target: accept,
        },
        { purpose: 'forward', matches: [comment('kubernetes forwarding conntrack rule'), knownConnection], target: accept },
      ]),
      chainOf(chain.filter, accessRules()),
      chainOf(chain.outFilter, blocked.map(blockedRule)),
      chainOf(chain.nodePort, [{ purpose: 'health-check', matches: commentedSet('KUBE-HEALTH-CHECK-NODE-PORT', ['dst']), target: accept }]),
      chainOf(
        chain.firewall,
        where('KUBE-LOAD-BALANCER-FW', {
          purpose: 'policy',
          matches: commentedSet('KUBE-LOAD-BALANCER-FW', destination),
          target: jump(chain.sourceRanges),
        }),
      ),
      chainOf(chain.sourceRanges, [
        ...admitted('KUBE-LOAD-BALANCER-SOURCE-CIDR'),
        ...admitted('KUBE-LOAD-BALANCER-SOURCE-IP'),
        { purpose: 'outside-source-ranges', matches: [], target: drop },
      ]),
    ],
  };
}

/** A Service's address is the node's own here. Only its ports lead to the Service; without these rules the rest would lead to the node. */
function accessRules(): readonly Rule[] {
  const passes = (set: IpSetName, directions: IpSetDirections): Rule => {
    return { purpose: 'policy', matches: [inSet(set, directions)], target: giveBack };
  };
  return [
    passes('KUBE-LOAD-BALANCER', destination),
    passes('KUBE-CLUSTER-IP', destination),
    passes('KUBE-EXTERNAL-IP', destination),
    passes('KUBE-EXTERNAL-IP-LOCAL', destination),
    passes('KUBE-HEALTH-CHECK-NODE-PORT', ['dst']),
    {
      purpose: 'not-a-service-port',
      matches: [newConnection, inSet('KUBE-IPVS-IPS', ['dst'])],
      target: { kind: 'reject', with: 'icmp-port-unreachable' },
    },
  ];
}

function blockedRule({ port, address }: BlockedFromNode): Rule {
  return {
    purpose: 'outside-source-ranges',
    source: { range: hostRange(address), negated: false },
    matches: [{ kind: 'ipvs', protocol: port.protocol, address, port: port.port }],
    target: drop,
    origins: new ServiceOrigins(port).sourceRanges,
  };
}

function natTable({ config }: IpvsRulesInput, where: Where): IptablesTable {
  const portals = 'kubernetes service portals';
  const mark = config.masqueradeMark;
  return {
    name: 'nat',
    chains: [
      builtIn('PREROUTING', [entry(chain.services, portals)]),
      builtIn('INPUT'),
      builtIn('OUTPUT', [entry(chain.services, portals)]),
      builtIn('POSTROUTING', [entry(chain.postrouting, 'kubernetes postrouting rules')]),
      chainOf(chain.loadBalancer, [
        ...where('KUBE-LOAD-BALANCER-LOCAL', {
          purpose: 'policy',
          matches: commentedSet('KUBE-LOAD-BALANCER-LOCAL', destination),
          target: giveBack,
        }),
        markRule([]),
      ]),
      chainOf(chain.markMasquerade, [{ purpose: 'set-mark', matches: [], target: { kind: 'mark', value: mark, mask: mark } }]),
      chainOf(chain.nodePort, nodePortRules(where)),
      chainOf(chain.postrouting, [
        ...where('KUBE-LOOP-BACK', {
          purpose: 'masquerade',
          matches: commentedSet('KUBE-LOOP-BACK', destinationAndSource),
          target: { kind: 'masquerade', randomFully: false },
        }),
        { purpose: 'unmarked', matches: [{ kind: 'mark', value: mark, mask: mark, negated: true }], target: giveBack },
        { purpose: 'clear-mark', matches: [], target: { kind: 'mark', value: mark, mask: 0 } },
        {
          purpose: 'masquerade',
          matches: [comment('kubernetes service traffic requiring SNAT')],
          target: { kind: 'masquerade', randomFully: true },
        },
      ]),
      chainOf(chain.services, serviceRules(config, where)),
    ],
  };
}

function markRule(matches: readonly IptablesMatch[], fields: Partial<Rule> = {}): Rule {
  return { purpose: 'masquerade-mark', matches, target: jump(chain.markMasquerade), ...fields };
}

function serviceRules({ clusterCIDR, masqueradeAll }: IpvsProxyConfig, where: Where): readonly Rule[] {
  const cluster = commentedSet('KUBE-CLUSTER-IP', destination);
  const fromElsewhere = masqueradeAll ? {} : { source: { range: clusterCIDR, negated: true } };
  const external = commentedSet('KUBE-EXTERNAL-IP', destination);
  const accepted = (set: IpSetName): readonly Rule[] =>
    where(set, { purpose: 'service-address', matches: [inSet(set, destination)], target: accept });
  return [
    { purpose: 'policy', source: { range: loopback, negated: false }, matches: [], target: giveBack },
    ...where('KUBE-LOAD-BALANCER', {
      purpose: 'policy',
      matches: commentedSet('KUBE-LOAD-BALANCER', destination),
      target: jump(chain.loadBalancer),
    }),
    ...where('KUBE-CLUSTER-IP', markRule(cluster, fromElsewhere)),
    ...where('KUBE-EXTERNAL-IP', markRule(external), ...externalRules(external)),
    ...where('KUBE-EXTERNAL-IP-LOCAL', ...externalRules(commentedSet('KUBE-EXTERNAL-IP-LOCAL', destination))),
    { purpose: 'node-port-dispatch', matches: [toThisHost], target: jump(chain.nodePort) },
    ...accepted('KUBE-CLUSTER-IP'),
    ...accepted('KUBE-LOAD-BALANCER'),
  ];
}

/** What comes from off the machine, and what is for an address the machine has. */
function externalRules(set: readonly IptablesMatch[]): readonly Rule[] {
  const fromElsewhere: IptablesMatch = { kind: 'addrtype', end: 'source', type: 'LOCAL', negated: true };
  const purpose: RulePurpose = 'service-address';
  return [
    { purpose, matches: [...set, { kind: 'not-bridged' }, fromElsewhere], target: accept },
    { purpose, matches: [...set, toThisHost], target: accept },
  ];
}

function nodePortRules(where: Where): readonly Rule[] {
  const of = (protocol: 'TCP' | 'UDP' | 'SCTP', set: IpSetName, target: IptablesTarget, purpose: RulePurpose): readonly Rule[] => {
    const directions: IpSetDirections = protocol === 'SCTP' ? destination : ['dst'];
    return where(set, { purpose, protocol, matches: commentedSet(set, directions), target });
  };
  const mark = jump(chain.markMasquerade);
  return [
    ...of('TCP', 'KUBE-NODE-PORT-LOCAL-TCP', giveBack, 'policy'),
    ...of('TCP', 'KUBE-NODE-PORT-TCP', mark, 'masquerade-mark'),
    ...of('UDP', 'KUBE-NODE-PORT-LOCAL-UDP', giveBack, 'policy'),
    ...of('UDP', 'KUBE-NODE-PORT-UDP', mark, 'masquerade-mark'),
    ...of('SCTP', 'KUBE-NODE-PORT-LOCAL-SCTP-HASH', giveBack, 'policy'),
    ...of('SCTP', 'KUBE-NODE-PORT-SCTP-HASH', mark, 'masquerade-mark'),
  ];
}

const loopback = cidr('127.0.0.0/8');
