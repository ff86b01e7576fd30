import { cidr } from '../../api/cidr.ts';
import type { Hook } from '../../kernel/hook.ts';
import { writeNftRule } from '../../kernel/nftables/print.ts';
import type { NftChain, NftField, NftPart, NftRule } from '../../kernel/nftables/rule.ts';
import type { RulePurpose } from '../../kernel/rule-purpose.ts';
import type { NftablesProxyConfig } from './config.ts';

export const rejectChain = 'reject-chain';

const addressKey: readonly NftField[] = ['ip daddr', 'meta l4proto', 'th dport'];
const portKey: readonly NftField[] = ['meta l4proto', 'th dport'];

/** Types and comments of the sets and maps that every node has. */
export const setTypes = {
  'hairpin-connections': { kind: 'set', type: 'ipv4_addr . ipv4_addr . inet_proto . inet_service', comment: 'service hairpin connections' },
  'cluster-ips': { kind: 'set', type: 'ipv4_addr', comment: 'Active ClusterIPs' },
  'nodeport-ips': { kind: 'set', type: 'ipv4_addr', comment: 'IPs that accept NodePort traffic' },
  'no-endpoint-services': {
    kind: 'map',
    type: 'ipv4_addr . inet_proto . inet_service : verdict',
    comment: 'vmap to drop or reject packets to services with no endpoints',
  },
  'no-endpoint-nodeports': {
    kind: 'map',
    type: 'inet_proto . inet_service : verdict',
    comment: 'vmap to drop or reject packets to service nodeports with no endpoints',
  },
  'firewall-ips': {
    kind: 'map',
    type: 'ipv4_addr . inet_proto . inet_service : verdict',
    comment: 'destinations that are subject to LoadBalancerSourceRanges',
  },
  'service-ips': {
    kind: 'map',
    type: 'ipv4_addr . inet_proto . inet_service : verdict',
    comment: 'ClusterIP, ExternalIP and LoadBalancer IP traffic',
  },
  'service-nodeports': { kind: 'map', type: 'inet_proto . inet_service : verdict', comment: 'NodePort traffic' },
} as const;

/** A rule that every node has, for no Service in particular. */
function rule(purpose: RulePurpose, ...parts: readonly NftPart[]): NftRule {
  return writeNftRule({ parts, purpose, origins: [] });
}

function jump(chain: string): NftPart {
  return { kind: 'jump', chain };
}

const isNew: NftPart = { kind: 'ct-state-new' };

function base(name: string, type: 'filter' | 'nat', hook: Hook, priority: number, printedPriority: string, ...rules: NftRule[]): NftChain {
  return { name, hook: { type, hook, priority, printedPriority }, rules };
}

/**
 * The chains the kernel calls. Source ranges are checked before translation, because afterwards nobody knows which address was called.
 * `dstnat` has no name in output hooks, so nft prints numbers there.
 */
const baseChains: readonly NftChain[] = [
  base('filter-prerouting-pre-dnat', 'filter', 'prerouting', -110, 'dstnat - 10', rule('entry', isNew, jump('firewall-check'))),
  base('filter-output-pre-dnat', 'filter', 'output', -110, '-110', rule('entry', isNew, jump('firewall-check'))),
  base(
    'filter-input',
    'filter',
    'input',
    0,
    'filter',
    rule('entry', isNew, jump('nodeport-endpoints-check')),
    rule('entry', isNew, jump('service-endpoints-check')),
  ),
  base(
    'filter-forward',
    'filter',
    'forward',
    0,
    'filter',
    rule('entry', isNew, jump('service-endpoints-check')),
    rule('entry', isNew, jump('cluster-ips-check')),
  ),
  base(
    'filter-output',
    'filter',
    'output',
    0,
    'filter',
    rule('entry', isNew, jump('service-endpoints-check')),
    rule('entry', isNew, jump('cluster-ips-check')),
  ),
  base('nat-prerouting', 'nat', 'prerouting', -100, 'dstnat', rule('entry', jump('services'))),
  base('nat-output', 'nat', 'output', -100, '-100', rule('entry', jump('services'))),
  base('nat-postrouting', 'nat', 'postrouting', 100, 'srcnat', rule('entry', jump('masquerading'))),
];

/**
 * The chains that every node has.
 *
 * Models: kube-proxy pkg/proxy/nftables/proxier.go setupNFTables, v1.37.
 */
export function staticChains(config: NftablesProxyConfig): readonly NftChain[] {
  const { clusterCIDR, serviceCIDR, masqueradeAll, masqueradeMark } = config;
  const toClusterIP: NftPart = { kind: 'in-set', key: ['ip daddr'], set: 'cluster-ips' };
  const mark: NftPart = { kind: 'set-mark', bits: masqueradeMark };
  const fromOutside: NftPart = { kind: 'address', end: 'saddr', negated: true, ranges: [clusterCIDR] };
  const masqueraded = masqueradeAll
    ? { parts: [toClusterIP, mark], comment: 'masquerade all clusterIP traffic' }
    : { parts: [toClusterIP, fromOutside, mark], comment: 'masquerade clusterIP traffic from outside cluster' };
  const onNodePortAddress = nodePortAddress(config);
  return [
    ...baseChains,
    {
      name: 'nodeport-endpoints-check',
      rules: [rule('node-port-dispatch', ...onNodePortAddress.check, { kind: 'vmap', key: portKey, map: 'no-endpoint-nodeports' })],
    },
    { name: 'service-endpoints-check', rules: [rule('entry', { kind: 'vmap', key: addressKey, map: 'no-endpoint-services' })] },
    { name: 'firewall-check', rules: [rule('entry', { kind: 'vmap', key: addressKey, map: 'firewall-ips' })] },
    {
      name: 'services',
      rules: [
        writeNftRule({ ...masqueraded, purpose: 'masquerade-mark', origins: [] }),
        rule('entry', { kind: 'vmap', key: addressKey, map: 'service-ips' }),
        rule('node-port-dispatch', ...onNodePortAddress.serve, { kind: 'vmap', key: portKey, map: 'service-nodeports' }),
      ],
    },
    {
      name: 'masquerading',
      rules: [
        rule('masquerade', { kind: 'marked', bits: masqueradeMark }, { kind: 'flip-mark', bits: masqueradeMark }, { kind: 'masquerade' }),
        rule(
          'hairpin',
          { kind: 'ct-status-dnat' },
          { kind: 'in-set', key: ['ip saddr', 'ip daddr', 'meta l4proto', 'th dport'], set: 'hairpin-connections' },
          { kind: 'masquerade' },
        ),
      ],
    },
    {
      name: 'cluster-ips-check',
      rules: [
        writeNftRule({
          parts: [toClusterIP, { kind: 'reject' }],
          comment: 'Reject traffic to invalid ports of ClusterIPs',
          purpose: 'not-a-service-port',
          origins: [],
        }),
        writeNftRule({
          parts: [{ kind: 'address', end: 'daddr', negated: false, ranges: [serviceCIDR] }, { kind: 'drop' }],
          comment: 'Drop traffic to unallocated ClusterIPs',
          purpose: 'unallocated-address',
          origins: [],
        }),
      ],
    },
    {
      name: rejectChain,
      comment: 'helper for @no-endpoint-services / @no-endpoint-nodeports',
      rules: [rule('no-endpoints', { kind: 'reject' })],
    },
  ];
}

/** Which destinations can be node ports at all. Node ports never answer on loopback here. */
function nodePortAddress({ nodePortAddresses }: NftablesProxyConfig): Readonly<Record<'check' | 'serve', readonly NftPart[]>> {
  if (nodePortAddresses !== 'all') {
    const chosen: readonly NftPart[] = [{ kind: 'in-set', key: ['ip daddr'], set: 'nodeport-ips' }];
    return { check: chosen, serve: chosen };
  }
  const notLoopback: NftPart = { kind: 'address', end: 'daddr', negated: true, ranges: [cidr('127.0.0.0/8')] };
  return { check: [notLoopback], serve: [{ kind: 'local-address', end: 'daddr' }, notLoopback] };
}
