import { type Cidr, cidrContains, hostRange } from '../../api/cidr.ts';
import type { IPv4 } from '../../api/ipv4.ts';
import type { Protocol } from '../../api/protocol.ts';
import type { FieldOrigin } from '../../diagnostics/diagnostic.ts';
import { writeRule } from '../../kernel/iptables/print.ts';
import type { AddressMatch, IptablesChain, IptablesMatch, IptablesRule, IptablesTarget } from '../../kernel/iptables/rule.ts';
import type { RulePurpose } from '../../kernel/rule-purpose.ts';
import { type CategorizedEndpoints, categorizeEndpoints, type ProxyNode } from '../categorize-endpoints.ts';
import type { Endpoint } from '../endpoint.ts';
import type { TrackedPort } from '../service-map.ts';
import { ServiceOrigins } from '../service-origins.ts';
import { isExternallyAccessible, type ServicePort, usesLocalEndpoints } from '../service-port.ts';
import { endpointChainName, type ServiceChainNames, serviceChainNames } from './chain-names.ts';
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
  const { clusterIP, origins } = writer;
  return {
    nat: { services: portalRules(writer), nodePorts: nodePortRules(writer) },
    filter: {
      services: writer.hasInternal ? none : [noEndpointRule(writer, 'internal', clusterIP, port.port, origins.clusterIP)],
      externalServices: writer.hasExternal ? none : externalNoEndpointRules(writer),
      firewall: writer.usesFirewall ? firewallDropRules(writer) : none,
      nodePorts: port.healthCheckNodePort === 0 ? none : [healthCheckRule(writer)],
    },
    chains: serviceChains(writer),
  };
}

/** Shared, because most Services have nothing to say in most chains, and there may be thousands of them. */
const none: readonly never[] = [];

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
  /** KUBE-SEP-… of each reachable endpoint, in their order. */
  readonly endpointChains: readonly string[];
  readonly clusterIP: AddressMatch;
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
    endpointChains: endpoints.reachable.map((endpoint) => endpointChainName(port, endpoint)),
    clusterIP: to(port.clusterIP),
    origins: new ServiceOrigins(port),
    internalChain: port.internalPolicyLocal ? names.local : names.cluster,
    externalChain: port.externalPolicyLocal ? names.local : names.cluster,
    hasInternal: hasAny && (!port.internalPolicyLocal || hasLocal),
    hasExternal: hasAny && (!port.externalPolicyLocal || hasLocal),
    // Also without endpoints for outside traffic: Pods and the host take the short cut in this chain.
    usesExternalChain: hasAny && isExternallyAccessible(port),
    usesFirewall: hasAny && port.loadBalancerVIPs.length > 0 && port.loadBalancerSourceRanges.length > 0,
  };
}

function portalRules(writer: Writer): readonly IptablesRule[] {
  const { port, names, origins } = writer;
  const rules: IptablesRule[] = [];
  if (writer.hasInternal) rules.push(portal(port, 'cluster IP', writer.clusterIP, writer.internalChain, origins.clusterIP));
  if (!writer.endpoints.hasAny) return rules;
  for (const { address, path } of port.externalIPs) {
    rules.push(portal(port, 'external IP', to(address), names.external, origins.address(path)));
  }
  const loadBalancerChain = writer.usesFirewall ? names.firewall : names.external;
  for (const { address, path } of port.loadBalancerVIPs) {
    rules.push(portal(port, 'loadbalancer IP', to(address), loadBalancerChain, origins.address(path)));
  }
  return rules;
}

function portal(port: ServicePort, what: string, to: AddressMatch, target: string, origins: readonly FieldOrigin[]): IptablesRule {
  return writeRule(chain.services, {
    destination: to,
    protocol: port.protocol,
    matches: [comment(`${port.name} ${what}`), portMatch(port.protocol, port.port)],
    target: jump(target),
    purpose: 'service-address',
    origins,
  });
}

/** Node ports are not subject to loadBalancerSourceRanges. */
function nodePortRules({ port, names, origins, context, endpoints }: Writer): readonly IptablesRule[] {
  if (port.nodePort === 0 || !endpoints.hasAny) return none;
  const { protocol } = port;
  const matches = [comment(port.name), portMatch(protocol, port.nodePort)];
  const shared = { protocol, target: jump(names.external), purpose: 'node-port', origins: origins.nodePort } as const;
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
  if (port.nodePort !== 0) rules.push(noEndpointRule(writer, 'external', undefined, port.nodePort, origins.nodePort));
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
      origins: origins.sourceRanges,
    }),
  );
}

function healthCheckRule({ port, origins }: Writer): IptablesRule {
  return writeRule(chain.nodePorts, {
    protocol: 'TCP',
    matches: [comment(`${port.name} health check node port`), portMatch('TCP', port.healthCheckNodePort)],
    target: { kind: 'accept' },
    purpose: 'health-check',
    origins: origins.healthCheck,
  });
}

function serviceChains(writer: Writer): readonly IptablesChain[] {
  const { names, endpoints } = writer;
  const { cluster = none, local = none, reachable } = endpoints;
  const chains: IptablesChain[] = [];
  if (writer.usesExternalChain) chains.push({ name: names.external, rules: externalRules(writer) });
  if (writer.usesFirewall) chains.push({ name: names.firewall, rules: sourceRangeRules(writer) });
  if (cluster.length > 0) chains.push({ name: names.cluster, rules: policyRules(writer, names.cluster, cluster) });
  if (local.length > 0) chains.push({ name: names.local, rules: policyRules(writer, names.local, local) });
  for (const [index, endpoint] of reachable.entries()) {
    chains.push(endpointChain(writer, writer.endpointChains[index] ?? '', endpoint));
  }
  return chains;
}

/** KUBE-SVC or KUBE-SVL. The head rule stands in whichever the cluster IP's traffic goes to, before the rules that pick an endpoint. */
function policyRules(writer: Writer, own: string, endpoints: readonly Endpoint[]): readonly IptablesRule[] {
  const rules: IptablesRule[] = [];
  const head = writer.hasInternal && own === writer.internalChain ? clusterIPHead(writer) : undefined;
  if (head !== undefined) rules.push(head);
  addPickRules(rules, writer, own, endpoints);
  return rules;
}

/**
 * Masquerades what comes to the cluster IP from outside the cluster: someone may route the Service range to any node, and the
 * answer must come back the same way. It matches the cluster IP again, so external traffic through the same chain is not meant.
 */
function clusterIPHead({ port, context, internalChain, clusterIP, origins }: Writer): IptablesRule | undefined {
  const { masqueradeAll, clusterCIDR } = context.config;
  if (!masqueradeAll && clusterCIDR === undefined) return undefined;
  return writeRule(internalChain, {
    source: masqueradeAll || clusterCIDR === undefined ? undefined : { range: clusterCIDR, negated: true },
    destination: clusterIP,
    protocol: port.protocol,
    matches: [comment(`${port.name} cluster IP`), portMatch(port.protocol, port.port)],
    target: markMasquerade,
    purpose: 'masquerade-mark',
    origins: origins.clusterIP,
  });
}

function externalRules(writer: Writer): readonly IptablesRule[] {
  const { port, names, context, origins } = writer;
  const rules: IptablesRule[] = [];
  const why = origins.externalPolicy;
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
    for (const { address } of port.loadBalancerVIPs) rules.push(admit(hostRange(address), origins.sourceRanges));
  }
  const last = comment(`other traffic to ${port.name} will be dropped by KUBE-PROXY-FIREWALL`);
  return [...rules, writeRule(names.firewall, { matches: [last], purpose: 'outside-source-ranges', origins: origins.sourceRanges })];
}

/**
 * Affinity first: one rule for every endpoint that this client may have had. Then one rule for every endpoint, taken with
 * probability 1/n, 1/(n-1), … 1, so that each is equally likely in all.
 */
function addPickRules(rules: IptablesRule[], writer: Writer, own: string, endpoints: readonly Endpoint[]): void {
  const { port, context, origins } = writer;
  const chains = endpointChainsOf(writer, endpoints);
  const words = (endpoint: Endpoint): readonly IptablesMatch[] => {
    return context.largeCluster ? none : [comment(`${port.name} -> ${endpoint.text}`)];
  };
  if (port.stickySeconds !== undefined) {
    const why = origins.affinity;
    for (const [index, endpoint] of endpoints.entries()) {
      const list = chains[index] ?? '';
      const matches: readonly IptablesMatch[] = [...words(endpoint), { kind: 'recent-check', list, seconds: port.stickySeconds }];
      rules.push(writeRule(own, { matches, target: jump(list), purpose: 'remembered-pick', origins: why }));
    }
  }
  for (const [index, endpoint] of endpoints.entries()) {
    const left = endpoints.length - index;
    const matches = left > 1 ? [...words(endpoint), oneIn(left)] : words(endpoint);
    rules.push(writeRule(own, { matches, target: jump(chains[index] ?? ''), purpose: 'pick', origins: origins.endpoint(endpoint) }));
  }
}

function endpointChainsOf({ endpoints: { reachable }, endpointChains }: Writer, endpoints: readonly Endpoint[]): readonly string[] {
  if (endpoints === reachable) return endpointChains;
  const chains = new Map(reachable.map((endpoint, index) => [endpoint, endpointChains[index] ?? '']));
  return endpoints.map((endpoint) => chains.get(endpoint) ?? '');
}

/** Few numbers of endpoints are common: their matches are shared. */
const oneInSmall: readonly IptablesMatch[] = Array.from({ length: 32 }, (_, count) => statistic(count));

function oneIn(count: number): IptablesMatch {
  return oneInSmall[count] ?? statistic(count);
}

function statistic(count: number): IptablesMatch {
  return { kind: 'statistic', odds: { numerator: 1, denominator: count } };
}

/** `-m tcp` alone, which only repeats the protocol: all that most endpoint rules match. */
const protocolOnly: Readonly<Record<Protocol, readonly IptablesMatch[]>> = {
  TCP: [portMatch('TCP')],
  UDP: [portMatch('UDP')],
  SCTP: [portMatch('SCTP')],
};

function endpointChain({ port, context, origins }: Writer, name: string, endpoint: Endpoint): IptablesChain {
  const words: readonly IptablesMatch[] = context.largeCluster ? none : [comment(port.name)];
  const remember: readonly IptablesMatch[] = port.stickySeconds === undefined ? none : [{ kind: 'recent-set', list: name }];
  const bare = protocolOnly[port.protocol];
  const hairpin = writeRule(name, {
    source: to(endpoint.address),
    matches: words,
    target: markMasquerade,
    purpose: 'hairpin',
    origins: origins.endpoint(endpoint),
  });
  const translate = writeRule(name, {
    protocol: port.protocol,
    matches: words.length + remember.length === 0 ? bare : [...words, ...remember, ...bare],
    target: { kind: 'dnat', address: endpoint.address, port: endpoint.port },
    purpose: 'endpoint',
    origins: origins.target(endpoint),
  });
  return { name, rules: [hairpin, translate] };
}

function to(address: IPv4): AddressMatch {
  return { range: hostRange(address), negated: false };
}
