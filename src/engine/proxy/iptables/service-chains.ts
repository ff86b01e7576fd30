import { type Cidr, cidrContains, hostRange } from '../../api/cidr.ts';
import type { IPv4 } from '../../api/ipv4.ts';
import type { FieldOrigin } from '../../diagnostics/diagnostic.ts';
import { writeRule } from '../../kernel/iptables/print.ts';
import type { AddressMatch, IptablesChain, IptablesMatch, IptablesRule, IptablesTarget } from '../../kernel/iptables/rule.ts';
import type { RulePurpose } from '../../kernel/rule-purpose.ts';
import { type CategorizedEndpoints, categorizeEndpoints, type ProxyNode } from '../categorize-endpoints.ts';
import type { Endpoint } from '../endpoint.ts';
import type { TrackedPort } from '../service-map.ts';
import { type ServiceOrigins, serviceOrigins } from '../service-origins.ts';
import { isExternallyAccessible, type ServicePort, usesLocalEndpoints } from '../service-port.ts';
import { type ServiceChainNames, serviceChainNames } from './chain-names.ts';
import type { IptablesProxyConfig } from './config.ts';
import { chain, comment, jump, loopback, markMasquerade, nfacct, portMatch } from './static-rules.ts';

/** All rules one Service port has on one node: its own chains, and its lines in the chains all Services share. */
export interface ServiceRules {
  readonly nat: { readonly services: readonly IptablesRule[]; readonly nodePorts: readonly IptablesRule[] };
  readonly filter: {
    readonly services: readonly IptablesRule[];
    readonly externalServices: readonly IptablesRule[];
    readonly firewall: readonly IptablesRule[];
    readonly nodePorts: readonly IptablesRule[];
  };
  /** nat: KUBE-SVC, KUBE-SVL, KUBE-EXT, KUBE-FW and KUBE-SEP chains. */
  readonly chains: readonly IptablesChain[];
}

/** What the rules of a Service port depend on beside the port. */
export interface ServiceRulesContext {
  readonly node: ProxyNode;
  readonly config: IptablesProxyConfig;
  readonly largeCluster: boolean;
}

/**
 * Writes the rules of one Service port on one node.
 *
 * Models: kube-proxy pkg/proxy/iptables/proxier.go syncProxyRules (the loop over Service ports) and writeServiceToEndpointRules, v1.37.
 *
 * @models yes kube-proxy iptables rules: IPv4; every Service type, policy, affinity and source range; no dual-stack.
 */
export function serviceRules({ port, endpoints }: TrackedPort, context: ServiceRulesContext): ServiceRules {
  const writer = newWriter(port, context, categorizeEndpoints(endpoints, port, context.node));
  return {
    nat: { services: portalRules(writer), nodePorts: nodePortRules(writer) },
    filter: {
      services: writer.hasInternal ? [] : [noEndpointRule(writer, 'internal', to(port.clusterIP), port.port, writer.origins.clusterIP)],
      externalServices: writer.hasExternal ? [] : externalNoEndpointRules(writer),
      firewall: writer.usesFirewall ? firewallDropRules(writer) : [],
      nodePorts: port.healthCheckNodePort === 0 ? [] : [healthCheckRule(writer)],
    },
    chains: serviceChains(writer),
  };
}

/** Whether a port's rules depend on no node: no Local policy, no topology hint, no source range that may admit the node itself. */
export function isSameOnEveryNode({ port, endpoints }: TrackedPort): boolean {
  return (
    !usesLocalEndpoints(port) &&
    port.loadBalancerSourceRanges.length === 0 &&
    endpoints.every((endpoint) => endpoint.nodeHints.length === 0 && endpoint.zoneHints.length === 0)
  );
}

interface Writer {
  readonly port: ServicePort;
  readonly context: ServiceRulesContext;
  readonly endpoints: CategorizedEndpoints;
  readonly names: ServiceChainNames;
  readonly origins: ServiceOrigins;
  /** The chain that cluster IP traffic goes to, and the one that external traffic ends in. */
  readonly internalChain: string;
  readonly externalChain: string;
  /** Whether that traffic finds an endpoint from this node. */
  readonly hasInternal: boolean;
  readonly hasExternal: boolean;
  readonly usesExternalChain: boolean;
  readonly usesFirewall: boolean;
}

function newWriter(port: ServicePort, context: ServiceRulesContext, endpoints: CategorizedEndpoints): Writer {
  const names = serviceChainNames(port);
  const hasLocal = (endpoints.local ?? []).length > 0;
  const { hasAny } = endpoints;
  return {
    port,
    context,
    endpoints,
    names,
    origins: serviceOrigins(port),
    internalChain: port.internalPolicyLocal ? names.local : names.cluster,
    externalChain: port.externalPolicyLocal ? names.local : names.cluster,
    hasInternal: hasAny && (!port.internalPolicyLocal || hasLocal),
    hasExternal: hasAny && (!port.externalPolicyLocal || hasLocal),
    // Also without endpoints for outside traffic: Pods and the host take the short cut in this chain.
    usesExternalChain: hasAny && isExternallyAccessible(port),
    usesFirewall: hasAny && port.loadBalancerVIPs.length > 0 && port.loadBalancerSourceRanges.length > 0,
  };
}

function portalRules({ port, names, origins, ...writer }: Writer): readonly IptablesRule[] {
  const rules: IptablesRule[] = [];
  if (writer.hasInternal) rules.push(portal(port, 'cluster IP', port.clusterIP, writer.internalChain, origins.clusterIP));
  if (!writer.endpoints.hasAny) return rules;
  for (const { address, path } of port.externalIPs) {
    rules.push(portal(port, 'external IP', address, names.external, origins.address(path)));
  }
  const loadBalancerChain = writer.usesFirewall ? names.firewall : names.external;
  for (const { address, path } of port.loadBalancerVIPs) {
    rules.push(portal(port, 'loadbalancer IP', address, loadBalancerChain, origins.address(path)));
  }
  return rules;
}

function portal(port: ServicePort, what: string, address: IPv4, target: string, origins: readonly FieldOrigin[]): IptablesRule {
  const matches = [comment(`${port.name} ${what}`), portMatch(port.protocol, port.port)];
  const fields = { destination: to(address), protocol: port.protocol, matches, target: jump(target), origins };
  return writeRule(chain.services, { ...fields, purpose: 'service-address' });
}

/** Node ports are not subject to loadBalancerSourceRanges. */
function nodePortRules({ port, names, origins, context, endpoints }: Writer): readonly IptablesRule[] {
  if (port.nodePort === 0 || !endpoints.hasAny) return [];
  const { protocol } = port;
  const matches = [comment(port.name), portMatch(protocol, port.nodePort)];
  const shared = { protocol, target: jump(names.external), purpose: 'node-port', origins: origins.nodePort() } as const;
  const plain = writeRule(chain.nodePorts, { ...shared, matches });
  if (!context.config.localhostNodePorts) return [plain];
  const counted: IptablesMatch[] = [...matches, { kind: 'nfacct', name: nfacct.localhostNodePort }];
  return [writeRule(chain.nodePorts, { ...shared, destination: { range: loopback, negated: false }, matches: counted }), plain];
}

/**
 * For traffic that found no endpoint: refused at once when the Service has none anywhere, dropped when only this node has
 * none, because then the sender should have gone to another node.
 */
function noEndpointRule(
  { port, endpoints }: Writer,
  traffic: 'internal' | 'external',
  destination: AddressMatch | undefined,
  destinationPort: number,
  origins: readonly FieldOrigin[],
): IptablesRule {
  const words = comment(`${port.name} ${endpoints.hasAny ? 'has no local endpoints' : 'has no endpoints'}`);
  const local: readonly IptablesMatch[] = destination === undefined ? [{ kind: 'addrtype', end: 'destination', type: 'LOCAL' }] : [];
  const why: FieldOrigin = { object: port.service, path: endpoints.hasAny ? `spec.${traffic}TrafficPolicy` : 'spec.selector' };
  return writeRule(traffic === 'internal' ? chain.services : chain.externalServices, {
    destination,
    protocol: port.protocol,
    matches: [words, ...local, portMatch(port.protocol, destinationPort)],
    target: endpoints.hasAny ? { kind: 'drop' } : { kind: 'reject', with: 'icmp-port-unreachable' },
    purpose: endpoints.hasAny ? 'no-local-endpoints' : 'no-endpoints',
    origins: [why, ...origins],
  });
}

function externalNoEndpointRules(writer: Writer): readonly IptablesRule[] {
  const { port, origins } = writer;
  const addresses = [...port.externalIPs, ...port.loadBalancerVIPs];
  const rules = addresses.map(({ address, path }) => noEndpointRule(writer, 'external', to(address), port.port, origins.address(path)));
  if (port.nodePort !== 0) rules.push(noEndpointRule(writer, 'external', undefined, port.nodePort, origins.nodePort()));
  return rules;
}

function firewallDropRules({ port, names, origins }: Writer): readonly IptablesRule[] {
  return port.loadBalancerVIPs.map(({ address }) =>
    writeRule(chain.firewall, {
      destination: to(address),
      protocol: port.protocol,
      matches: [comment(`${port.name} traffic not accepted by ${names.firewall}`), portMatch(port.protocol, port.port)],
      target: { kind: 'drop' },
      purpose: 'outside-source-ranges',
      origins: origins.sourceRanges(),
    }),
  );
}

function healthCheckRule({ port, origins }: Writer): IptablesRule {
  return writeRule(chain.nodePorts, {
    protocol: 'TCP',
    matches: [comment(`${port.name} health check node port`), portMatch('TCP', port.healthCheckNodePort)],
    target: { kind: 'accept' },
    purpose: 'health-check',
    origins: origins.healthCheck(),
  });
}

function serviceChains(writer: Writer): readonly IptablesChain[] {
  const { port, names, endpoints } = writer;
  const chains: IptablesChain[] = [];
  // The head rule stands in whichever chain the cluster IP's traffic goes to, before the rules that pick an endpoint.
  const head = writer.hasInternal ? clusterIPHead(writer) : [];
  const { cluster = [], local = [], reachable } = endpoints;
  if (writer.usesExternalChain) chains.push({ name: names.external, rules: externalRules(writer) });
  if (writer.usesFirewall) chains.push({ name: names.firewall, rules: sourceRangeRules(writer) });
  if (cluster.length > 0) {
    chains.push({ name: names.cluster, rules: [...(port.internalPolicyLocal ? [] : head), ...pickRules(writer, names.cluster, cluster)] });
  }
  if (local.length > 0) {
    chains.push({ name: names.local, rules: [...(port.internalPolicyLocal ? head : []), ...pickRules(writer, names.local, local)] });
  }
  for (const endpoint of reachable) chains.push(endpointChain(writer, endpoint));
  return chains;
}

/**
 * Masquerades what comes to the cluster IP from outside the cluster: someone may route the Service range to any node, and the
 * answer must come back the same way. It matches the cluster IP again, so external traffic through the same chain is not meant.
 */
function clusterIPHead({ port, names, context, origins }: Writer): readonly IptablesRule[] {
  const { masqueradeAll, clusterCIDR } = context.config;
  if (!masqueradeAll && clusterCIDR === undefined) return [];
  return [
    writeRule(port.internalPolicyLocal ? names.local : names.cluster, {
      source: masqueradeAll || clusterCIDR === undefined ? undefined : { range: clusterCIDR, negated: true },
      destination: to(port.clusterIP),
      protocol: port.protocol,
      matches: [comment(`${port.name} cluster IP`), portMatch(port.protocol, port.port)],
      target: markMasquerade,
      purpose: 'masquerade-mark',
      origins: origins.clusterIP,
    }),
  ];
}

function externalRules({ port, names, context, origins, ...writer }: Writer): readonly IptablesRule[] {
  const rules: IptablesRule[] = [];
  const why = origins.externalPolicy();
  const write = (purpose: RulePurpose, matches: readonly IptablesMatch[], target: IptablesTarget, source?: Cidr) =>
    rules.push(
      writeRule(names.external, {
        source: source === undefined ? undefined : { range: source, negated: false },
        matches,
        target,
        purpose,
        origins: why,
      }),
    );
  const words = (what: string) => comment(`${what} ${port.name} external destinations`);
  const fromHost: IptablesMatch = { kind: 'addrtype', end: 'source', type: 'LOCAL' };
  if (port.externalPolicyLocal) {
    // Pods and the host itself are subject to no policy, as if they had gone out to a load balancer and come back.
    const { clusterCIDR } = context.config;
    if (clusterCIDR !== undefined) write('short-circuit', [words('pod traffic for')], jump(names.cluster), clusterCIDR);
    write('masquerade-mark', [words('masquerade LOCAL traffic for'), fromHost], markMasquerade);
    write('short-circuit', [words('route LOCAL traffic for'), fromHost], jump(names.cluster));
  } else {
    write('masquerade-mark', [words('masquerade traffic for')], markMasquerade);
  }
  if (writer.hasExternal) write('policy', [], jump(writer.externalChain));
  return rules;
}

/** What reaches this chain's end was not translated, so it meets its drop rule in filter KUBE-PROXY-FIREWALL. */
function sourceRangeRules({ port, names, context, origins }: Writer): readonly IptablesRule[] {
  const words = comment(`${port.name} loadbalancer IP`);
  const admit = (source: Cidr, ranges: readonly FieldOrigin[]) =>
    writeRule(names.firewall, {
      source: { range: source, negated: false },
      matches: [words],
      target: jump(names.external),
      purpose: 'source-range',
      origins: ranges,
    });
  const rules = port.loadBalancerSourceRanges.map(({ range, path }) => admit(range, origins.address(path)));
  // Where the load balancer's address is also the node's own, the node's packets carry it as their source.
  if (port.loadBalancerSourceRanges.some(({ range }) => cidrContains(range, context.config.nodeIP))) {
    for (const { address } of port.loadBalancerVIPs) rules.push(admit(hostRange(address), origins.sourceRanges()));
  }
  const last = comment(`other traffic to ${port.name} will be dropped by KUBE-PROXY-FIREWALL`);
  return [...rules, writeRule(names.firewall, { matches: [last], purpose: 'outside-source-ranges', origins: origins.sourceRanges() })];
}

/**
 * Affinity first: one rule for every endpoint that this client may have had. Then one rule for every endpoint, taken with
 * probability 1/n, 1/(n-1), … 1, so that each is equally likely in all.
 */
function pickRules({ port, names, context, origins }: Writer, own: string, endpoints: readonly Endpoint[]): readonly IptablesRule[] {
  const words = (endpoint: Endpoint): IptablesMatch[] => (context.largeCluster ? [] : [comment(`${port.name} -> ${endpoint.text}`)]);
  const rules: IptablesRule[] = [];
  if (port.stickySeconds !== undefined) {
    const why = origins.affinity();
    for (const endpoint of endpoints) {
      const list = names.endpoint(endpoint.text);
      const remembered: IptablesMatch = { kind: 'recent-check', list, seconds: port.stickySeconds };
      const matches = [...words(endpoint), remembered];
      rules.push(writeRule(own, { matches, target: jump(list), purpose: 'remembered-pick', origins: why }));
    }
  }
  let left = endpoints.length;
  for (const endpoint of endpoints) {
    const matches = words(endpoint);
    if (left > 1) matches.push(oneIn(left));
    left--;
    const target = jump(names.endpoint(endpoint.text));
    rules.push(writeRule(own, { matches, target, purpose: 'pick', origins: origins.endpoint(endpoint) }));
  }
  return rules;
}

/** Few numbers of endpoints are common: their matches are shared. */
const oneInSmall: readonly IptablesMatch[] = Array.from({ length: 32 }, (_, count) => statistic(count));

function oneIn(count: number): IptablesMatch {
  return oneInSmall[count] ?? statistic(count);
}

function statistic(count: number): IptablesMatch {
  return { kind: 'statistic', odds: { numerator: 1, denominator: count } };
}

function endpointChain({ port, names, context, origins }: Writer, endpoint: Endpoint): IptablesChain {
  const name = names.endpoint(endpoint.text);
  const words = context.largeCluster ? [] : [comment(port.name)];
  const remember: readonly IptablesMatch[] = port.stickySeconds === undefined ? [] : [{ kind: 'recent-set', list: name }];
  return {
    name,
    rules: [
      writeRule(name, {
        source: to(endpoint.address),
        matches: words,
        target: markMasquerade,
        purpose: 'hairpin',
        origins: origins.endpoint(endpoint),
      }),
      writeRule(name, {
        protocol: port.protocol,
        matches: [...words, ...remember, portMatch(port.protocol)],
        target: { kind: 'dnat', address: endpoint.address, port: endpoint.port },
        purpose: 'endpoint',
        origins: origins.target(endpoint),
      }),
    ],
  };
}

function to(address: IPv4): AddressMatch {
  return { range: hostRange(address), negated: false };
}
