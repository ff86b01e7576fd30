import { canonicalCidr, cidrContains } from '../../api/cidr.ts';
import type { IPv4 } from '../../api/ipv4.ts';
import type { FieldOrigin } from '../../diagnostics/diagnostic.ts';
import type { IpSetEntry } from '../../kernel/ipvs/ip-set.ts';
import type { RealServer, VirtualServer } from '../../kernel/ipvs/virtual-server.ts';
import { type CategorizedEndpoints, categorizeEndpoints, type ProxyNode } from '../categorize-endpoints.ts';
import type { TrackedPort } from '../service-map.ts';
import { ServiceOrigins } from '../service-origins.ts';
import type { ServiceAddress, ServicePort } from '../service-port.ts';
import type { IpvsProxyConfig } from './config.ts';
import { type IpSetName, nodePortSets } from './ip-sets.ts';

/** A load balancer's address that processes of this node may not call. */
export interface BlockedFromNode {
  readonly port: ServicePort;
  readonly address: IPv4;
}

/** All that one Service port has on one node in IPVS mode. */
export interface ServiceEntries {
  readonly virtualServers: readonly VirtualServer[];
  readonly sets: readonly { readonly set: IpSetName; readonly entry: IpSetEntry }[];
  /** For the device kube-ipvs0. */
  readonly bound: readonly IPv4[];
  readonly blocked: readonly BlockedFromNode[];
}

/**
 * Models: kube-proxy pkg/proxy/ipvs/proxier.go syncProxyRules (the loop over Service ports) and syncEndpoint, v1.37.
 *
 * @models yes kube-proxy IPVS mode: virtual and real servers, ipsets, kube-ipvs0 and its iptables rules; IPv4
 * @models no kube-proxy IPVS mode: real servers that leave with weight 0, excludeCIDRs, strictARP
 */
export function serviceEntries(tracked: TrackedPort, node: ProxyNode, config: IpvsProxyConfig): ServiceEntries {
  const writer = new EntriesWriter(tracked, node, config);
  writer.addLoopBack();
  writer.addClusterIP();
  for (const address of tracked.port.externalIPs) writer.addExternalIP(address);
  for (const address of tracked.port.loadBalancerVIPs) writer.addLoadBalancer(address);
  if (tracked.port.nodePort !== 0) writer.addNodePort();
  if (tracked.port.healthCheckNodePort !== 0) writer.addHealthCheck();
  return writer;
}

class EntriesWriter implements ServiceEntries {
  readonly virtualServers: VirtualServer[] = [];
  readonly sets: { readonly set: IpSetName; readonly entry: IpSetEntry }[] = [];
  readonly bound: IPv4[] = [];
  readonly blocked: BlockedFromNode[] = [];
  readonly #tracked: TrackedPort;
  readonly #node: ProxyNode;
  readonly #config: IpvsProxyConfig;
  readonly #endpoints: CategorizedEndpoints;
  readonly #origins: ServiceOrigins;

  constructor(tracked: TrackedPort, node: ProxyNode, config: IpvsProxyConfig) {
    this.#tracked = tracked;
    this.#node = node;
    this.#config = config;
    this.#endpoints = categorizeEndpoints(tracked.endpoints, tracked.port, node);
    this.#origins = new ServiceOrigins(tracked.port);
  }

  /** Every endpoint on this node, ready or not: what it sends to itself gets the node's address as its source. */
  addLoopBack(): void {
    for (const endpoint of this.#tracked.endpoints) {
      if (endpoint.node !== this.#node.name) continue;
      const text = `${this.#pair(endpoint.address, endpoint.port)},${endpoint.address}`;
      this.#put('KUBE-LOOP-BACK', text, this.#origins.endpoint(endpoint));
    }
  }

  addClusterIP(): void {
    const { clusterIP, port, internalPolicyLocal } = this.#tracked.port;
    const origins = this.#origins.clusterIP;
    this.#put('KUBE-CLUSTER-IP', this.#pair(clusterIP, port), origins);
    this.#serve(clusterIP, port, internalPolicyLocal, origins);
    this.bound.push(clusterIP);
  }

  addExternalIP({ address, path }: ServiceAddress): void {
    const { port, externalPolicyLocal } = this.#tracked.port;
    const origins = this.#origins.address(path);
    this.#put(externalPolicyLocal ? 'KUBE-EXTERNAL-IP-LOCAL' : 'KUBE-EXTERNAL-IP', this.#pair(address, port), origins);
    this.#serve(address, port, externalPolicyLocal, origins);
    this.#bindUnlessOwn(address);
  }

  addLoadBalancer({ address, path }: ServiceAddress): void {
    const servicePort = this.#tracked.port;
    const { port, externalPolicyLocal, loadBalancerSourceRanges } = servicePort;
    const origins = this.#origins.address(path);
    const pair = this.#pair(address, port);
    this.#put('KUBE-LOAD-BALANCER', pair, origins);
    if (externalPolicyLocal) this.#put('KUBE-LOAD-BALANCER-LOCAL', pair, this.#origins.externalPolicy);
    if (loadBalancerSourceRanges.length > 0) {
      this.#put('KUBE-LOAD-BALANCER-FW', pair, this.#origins.sourceRanges);
      for (const { range, path: rangePath } of loadBalancerSourceRanges) {
        // The kernel lists a range of one address without its length.
        const text = `${pair},${range.length === 32 ? range.address : canonicalCidr(range)}`;
        this.sets.push({ set: 'KUBE-LOAD-BALANCER-SOURCE-CIDR', entry: { text, range, origins: this.#origins.address(rangePath) } });
      }
      const admitsNode = loadBalancerSourceRanges.some(({ range }) => cidrContains(range, this.#config.nodeIP));
      // What a process of the node sends to the load balancer's address also comes from that address: it is on kube-ipvs0.
      if (admitsNode) this.#put('KUBE-LOAD-BALANCER-SOURCE-IP', `${pair},${address}`, this.#origins.sourceRanges);
      else this.blocked.push({ port: servicePort, address });
    }
    this.#serve(address, port, externalPolicyLocal, origins);
    this.#bindUnlessOwn(address);
  }

  addNodePort(): void {
    const { nodePort, protocol, externalPolicyLocal } = this.#tracked.port;
    const sets = nodePortSets[protocol];
    const { nodePortAddresses } = this.#config;
    if (nodePortAddresses.length === 0) return;
    const texts = protocol === 'SCTP' ? nodePortAddresses.map((address) => this.#pair(address, nodePort)) : [String(nodePort)];
    for (const text of texts) {
      this.#put(sets.all, text, this.#origins.nodePort);
      if (externalPolicyLocal) this.#put(sets.local, text, this.#origins.externalPolicy);
    }
    for (const address of nodePortAddresses) this.#serve(address, nodePort, externalPolicyLocal, this.#origins.nodePort, true);
  }

  addHealthCheck(): void {
    this.#put('KUBE-HEALTH-CHECK-NODE-PORT', String(this.#tracked.port.healthCheckNodePort), this.#origins.healthCheck);
  }

  #pair(address: IPv4, port: number): string {
    return `${address},${this.#tracked.port.protocol.toLowerCase()}:${port}`;
  }

  #put(set: IpSetName, text: string, origins: readonly FieldOrigin[]): void {
    this.sets.push({ set, entry: { text, origins } });
  }

  #bindUnlessOwn(address: IPv4): void {
    if (!this.#config.nodeAddresses.includes(address)) this.bound.push(address);
  }

  #serve(address: IPv4, port: number, localOnly: boolean, origins: readonly FieldOrigin[], isNodePort = false): void {
    const { scheduler } = this.#config;
    const { protocol, stickySeconds } = this.#tracked.port;
    this.virtualServers.push({
      address,
      port,
      protocol,
      scheduler,
      persistentSeconds: stickySeconds ?? 0,
      hashesSourcePort: scheduler === 'mh',
      realServers: this.#realServers(localOnly),
      isNodePort,
      origins,
    });
  }

  /** A Local policy without an endpoint here falls back to all: nothing is dropped, but answers to senders outside will not be recognised. */
  #realServers(localOnly: boolean): readonly RealServer[] {
    const { cluster = [], local = [] } = this.#endpoints;
    const chosen = localOnly && local.length > 0 ? local : cluster;
    return chosen.map((endpoint) => ({
      address: endpoint.address,
      port: endpoint.port,
      weight: 1,
      origins: this.#origins.target(endpoint),
    }));
  }
}
