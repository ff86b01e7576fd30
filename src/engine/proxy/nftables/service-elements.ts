import { type Cidr, cidrContains, hostRange } from '../../api/cidr.ts';
import type { IPv4 } from '../../api/ipv4.ts';
import type { FieldOrigin } from '../../diagnostics/diagnostic.ts';
import { writeNftElement, writeNftRule } from '../../kernel/nftables/print.ts';
import type { NftChain, NftElement, NftPart, NftRule, NftSet, NftVerdict } from '../../kernel/nftables/rule.ts';
import type { RulePurpose } from '../../kernel/rule-purpose.ts';
import { type CategorizedEndpoints, categorizeEndpoints, type ProxyNode } from '../categorize-endpoints.ts';
import type { Endpoint } from '../endpoint.ts';
import type { TrackedPort } from '../service-map.ts';
import { ServiceOrigins } from '../service-origins.ts';
import { isExternallyAccessible, type ServicePort } from '../service-port.ts';
import type { NftablesProxyConfig } from './config.ts';
import { type NftNames, nftNames } from './names.ts';
import { rejectChain } from './static-table.ts';

/** Sets and maps that all Services share. */
export const sharedSets = [
  'hairpin-connections',
  'cluster-ips',
  'no-endpoint-services',
  'no-endpoint-nodeports',
  'firewall-ips',
  'service-ips',
  'service-nodeports',
] as const;

export type SharedSet = (typeof sharedSets)[number];

/** All one Service port has on one node: elements of the shared sets and maps, its own sets and its own chains. */
export interface ServiceElements {
  readonly elements: Readonly<Record<SharedSet, readonly NftElement[]>>;
  readonly sets: readonly NftSet[];
  readonly chains: readonly NftChain[];
}

export interface ServiceElementsContext {
  readonly node: ProxyNode;
  readonly config: NftablesProxyConfig;
}

/**
 * Writes what one Service port has on one node.
 *
 * Models: kube-proxy pkg/proxy/nftables/proxier.go syncProxyRules (the loop over Service ports), v1.37.
 *
 * @models yes kube-proxy nftables rules: IPv4; every Service type, policy, affinity and source range; without the alpha localhost node ports.
 */
export function serviceElements({ port, endpoints }: TrackedPort, context: ServiceElementsContext): ServiceElements {
  const writer = newWriter(port, context, categorizeEndpoints(endpoints, port, context.node));
  return { elements: sharedElements(writer), sets: affinitySets(writer), chains: serviceChains(writer) };
}

interface Writer {
  readonly port: ServicePort;
  readonly context: ServiceElementsContext;
  readonly endpoints: CategorizedEndpoints;
  readonly names: NftNames;
  readonly origins: ServiceOrigins;
  /** `tcp`. */
  readonly protocol: string;
  /** Whether cluster IP traffic, external traffic finds an endpoint from this node. */
  readonly hasInternal: boolean;
  readonly hasExternal: boolean;
  readonly usesFirewall: boolean;
}

function newWriter(port: ServicePort, context: ServiceElementsContext, endpoints: CategorizedEndpoints): Writer {
  const hasLocal = (endpoints.local ?? []).length > 0;
  const { hasAny } = endpoints;
  return {
    port,
    context,
    endpoints,
    names: nftNames(port),
    origins: new ServiceOrigins(port),
    protocol: port.protocol.toLowerCase(),
    hasInternal: hasAny && (!port.internalPolicyLocal || hasLocal),
    hasExternal: hasAny && (!port.externalPolicyLocal || hasLocal),
    // Unlike iptables mode, source ranges are enforced for Services without endpoints too.
    usesFirewall: port.loadBalancerVIPs.length > 0 && port.loadBalancerSourceRanges.length > 0,
  };
}

function sharedElements(writer: Writer): ServiceElements['elements'] {
  const { port, names, origins, protocol, endpoints, context } = writer;
  const external = [...port.externalIPs, ...port.loadBalancerVIPs];
  const key = (address: IPv4) => `${address} . ${protocol} . ${port.port}`;
  const portal = (address: IPv4, chain: string, why: readonly FieldOrigin[]) =>
    writeNftElement(key(address), 'service-address', why, { kind: 'goto', chain });
  const internalChain = port.internalPolicyLocal ? names.local : names.cluster;
  const nodePortKey = `${protocol} . ${port.nodePort}`;
  const hasNodePort = port.nodePort !== 0;
  const local = endpoints.reachable.filter((endpoint) => endpoint.node === context.node.name);
  return {
    'cluster-ips': [writeNftElement(port.clusterIP, 'service-address', origins.clusterIP)],
    'service-ips': [
      ...(writer.hasInternal ? [portal(port.clusterIP, internalChain, origins.clusterIP)] : []),
      ...(endpoints.hasAny ? external.map(({ address, path }) => portal(address, names.external, origins.address(path))) : []),
    ],
    'no-endpoint-services': [
      ...(writer.hasInternal ? [] : [noEndpoint(writer, 'internal', key(port.clusterIP), origins.clusterIP)]),
      ...(writer.hasExternal
        ? []
        : external.map(({ address, path }) => noEndpoint(writer, 'external', key(address), origins.address(path)))),
    ],
    'service-nodeports':
      hasNodePort && endpoints.hasAny
        ? [writeNftElement(nodePortKey, 'node-port', origins.nodePort, { kind: 'goto', chain: names.external })]
        : [],
    'no-endpoint-nodeports': hasNodePort && !writer.hasExternal ? [noEndpoint(writer, 'external', nodePortKey, origins.nodePort)] : [],
    'firewall-ips': writer.usesFirewall
      ? port.loadBalancerVIPs.map(({ address }) =>
          writeNftElement(key(address), 'source-range', origins.sourceRanges, { kind: 'goto', chain: names.firewall }),
        )
      : [],
    // Only an endpoint of this node can meet itself here: an answer of another node's goes back to that node anyway.
    'hairpin-connections': local.map((endpoint) =>
      writeNftElement(`${endpoint.address} . ${endpoint.address} . ${protocol} . ${endpoint.port}`, 'hairpin', origins.endpoint(endpoint)),
    ),
  };
}

/** Rejected when the Service has no endpoint anywhere, dropped when only this node has none. */
function noEndpoint(
  { port, endpoints }: Writer,
  traffic: 'internal' | 'external',
  key: string,
  origins: readonly FieldOrigin[],
): NftElement {
  const path = endpoints.hasAny ? `spec.${traffic}TrafficPolicy` : 'spec.selector';
  const verdict: NftVerdict = endpoints.hasAny ? { kind: 'drop' } : { kind: 'goto', chain: rejectChain };
  const purpose = endpoints.hasAny ? 'no-local-endpoints' : 'no-endpoints';
  return writeNftElement(key, purpose, [{ object: port.service, path }, ...origins], verdict, port.name);
}

function affinitySets({ port, names, endpoints }: Writer): readonly NftSet[] {
  const { stickySeconds } = port;
  if (stickySeconds === undefined) return [];
  return endpoints.reachable.map((endpoint) => ({
    name: names.affinity(endpoint),
    kind: 'set',
    type: 'ipv4_addr',
    elements: [],
    timeout: stickySeconds,
  }));
}

function serviceChains(writer: Writer): readonly NftChain[] {
  const { port, names, endpoints } = writer;
  const { cluster = [], local = [], reachable, hasAny } = endpoints;
  const chains: NftChain[] = [];
  if (hasAny && isExternallyAccessible(port)) chains.push({ name: names.external, rules: externalRules(writer) });
  if (writer.usesFirewall) chains.push({ name: names.firewall, rules: [firewallRule(writer)] });
  if (cluster.length > 0) chains.push({ name: names.cluster, rules: pickRules(writer, cluster) });
  if (local.length > 0) chains.push({ name: names.local, rules: pickRules(writer, local) });
  if (port.stickySeconds !== undefined) for (const endpoint of reachable) chains.push(endpointChain(writer, endpoint));
  return chains;
}

function externalRules({ port, names, origins, context, hasExternal }: Writer): readonly NftRule[] {
  const why = origins.externalPolicy;
  const { clusterCIDR, masqueradeMark } = context.config;
  const write = (purpose: RulePurpose, comment: string | undefined, ...parts: readonly NftPart[]) =>
    writeNftRule({ parts, comment, purpose, origins: why });
  const mark: NftPart = { kind: 'set-mark', bits: masqueradeMark };
  const fromHost: NftPart = { kind: 'local-address', end: 'saddr' };
  const toCluster: NftPart = { kind: 'goto', chain: names.cluster };
  const last = hasExternal
    ? [write('policy', undefined, { kind: 'goto', chain: port.externalPolicyLocal ? names.local : names.cluster })]
    : [];
  if (!port.externalPolicyLocal) return [write('masquerade-mark', 'masquerade', mark), ...last];
  return [
    write('short-circuit', 'short-circuit pod traffic', addresses('saddr', [clusterCIDR]), toCluster),
    write('masquerade-mark', 'masquerade local traffic', fromHost, mark),
    write('short-circuit', 'short-circuit local traffic', fromHost, toCluster),
    ...last,
  ];
}

function firewallRule({ port, origins, context }: Writer): NftRule {
  const ranges = port.loadBalancerSourceRanges.map(({ range }) => range);
  // Where the load balancer's address is also the node's own, the node's packets carry it as their source.
  const admitsNode = ranges.some((range) => cidrContains(range, context.config.nodeIP));
  const own = admitsNode ? port.loadBalancerVIPs.map(({ address }) => hostRange(address)) : [];
  const parts: readonly NftPart[] = [{ ...addresses('saddr', [...ranges, ...own]), negated: true }, { kind: 'drop' }];
  return writeNftRule({ parts, purpose: 'outside-source-ranges', origins: origins.sourceRanges });
}

/** One rule picks and translates; with affinity, first come the endpoints this client may have had, and each endpoint has a chain. */
function pickRules({ port, names, origins }: Writer, endpoints: readonly Endpoint[]): readonly NftRule[] {
  const [first] = endpoints;
  if (first === undefined) return [];
  if (port.stickySeconds === undefined) {
    const translate: NftPart = endpoints.length === 1 ? { kind: 'dnat', target: first } : { kind: 'random-dnat', targets: endpoints };
    return [
      writeNftRule({
        parts: [{ kind: 'protocol', protocol: port.protocol }, translate],
        purpose: 'endpoint',
        origins: origins.target(first),
      }),
    ];
  }
  const remembered = endpoints.map((endpoint) => {
    const parts: readonly NftPart[] = [
      { kind: 'in-set', key: ['ip saddr'], set: names.affinity(endpoint) },
      { kind: 'goto', chain: names.endpoint(endpoint) },
    ];
    return writeNftRule({ parts, purpose: 'remembered-pick', origins: origins.affinity });
  });
  const random: NftPart = { kind: 'random-vmap', chains: endpoints.map(names.endpoint) };
  return [...remembered, writeNftRule({ parts: [random], purpose: 'pick', origins: origins.endpoint(first) })];
}

function endpointChain({ port, names, origins }: Writer, endpoint: Endpoint): NftChain {
  const remember: NftPart = { kind: 'update', set: names.affinity(endpoint) };
  const translate: readonly NftPart[] = [
    { kind: 'protocol', protocol: port.protocol },
    { kind: 'dnat', target: endpoint },
  ];
  return {
    name: names.endpoint(endpoint),
    rules: [
      writeNftRule({ parts: [remember], purpose: 'remembered-pick', origins: origins.affinity }),
      writeNftRule({ parts: translate, purpose: 'endpoint', origins: origins.target(endpoint) }),
    ],
  };
}

function addresses(end: 'saddr' | 'daddr', ranges: readonly Cidr[]): Extract<NftPart, { kind: 'address' }> {
  return { kind: 'address', end, negated: false, ranges };
}
