import { type Cidr, cidrContains } from '../api/cidr.ts';
import type { ClusterSpec, FirewallSpec, ListenSpec, NodeSpec, OutsideHostSpec, ProgramSpec } from '../api/cluster-spec.ts';
import { type IPv4, ipv4, ipv4FromNumber } from '../api/ipv4.ts';
import type { Pod } from '../api/pod.ts';
import type { L7Proxy } from '../ingress/l7-proxy.ts';
import type { NodeRules } from '../kernel/node-rules.ts';
import type { Route } from '../kernel/route.ts';
import type { LoadBalancer } from '../load-balancer/load-balancer.ts';
import type { PolicyWorld } from '../policy/policy-world.ts';
import type { NameResolver } from './name-resolver.ts';

export interface NetworkNode {
  readonly name: string;
  readonly address: IPv4;
  readonly podCIDR: Cidr;
  readonly attracts: readonly Cidr[];
  /** The bridge its Pods hang on; absent where each Pod has a route of its own. */
  readonly bridgeAddress?: IPv4;
  /** Service addresses that IPVS mode gives to the node itself, on kube-ipvs0. */
  readonly dummyAddresses?: ReadonlySet<IPv4>;
  /** Absent: the proxy's mode is not modelled. */
  readonly rules?: NodeRules;
}

export interface NetworkPod {
  readonly namespace: string;
  readonly name: string;
  readonly node: string;
  readonly address: IPv4;
  readonly hostNetwork: boolean;
  readonly listen: readonly ListenSpec[];
}

/** All hosts, addresses and routes a packet can meet. Immutable; made once for a snapshot. */
export interface Network {
  readonly nodes: ReadonlyMap<string, NetworkNode>;
  readonly nodesByAddress: ReadonlyMap<IPv4, NetworkNode>;
  /** By `namespace/name`. */
  readonly pods: ReadonlyMap<string, NetworkPod>;
  /** Pods with an address of their own. */
  readonly podsByAddress: ReadonlyMap<IPv4, NetworkPod>;
  /** Pods that use their node's address, by node. */
  readonly hostPods: ReadonlyMap<string, readonly NetworkPod[]>;
  readonly outside: ReadonlyMap<string, OutsideHostSpec>;
  readonly outsideByAddress: ReadonlyMap<IPv4, OutsideHostSpec>;
  readonly podCIDR: Cidr;
  readonly serviceCIDR: Cidr;
  /** The networks nodes stand in: an address of one of them that nobody has is noticed to be missing. */
  readonly nodeNetworks: readonly Cidr[];
  readonly firewall?: FirewallSpec;
  /** Whether the network plug-in masquerades what Pods send out of the Pod network. */
  readonly masqueradesEgress: boolean;
  /** Whether programs listen on their Pod's own address alone, and not on loopback. */
  readonly bindsOwnAddress: boolean;
  /** What Pods may say to each other; absent where nobody enforces policies. */
  readonly policies?: PolicyWorld;
  /** Pods that are L7 proxies, by `namespace/name`. */
  readonly proxies: ReadonlyMap<string, L7Proxy>;
  /** By their outside address. */
  readonly loadBalancers: ReadonlyMap<IPv4, LoadBalancer>;
  readonly resolve: NameResolver;
}

export interface NetworkInput {
  readonly cluster: ClusterSpec;
  readonly pods: readonly Pod[];
  /** What runs in a Pod, by `namespace/name`. */
  readonly programs: ReadonlyMap<string, ProgramSpec>;
  /** By node. A node without rules makes every journey over it end as not modelled. */
  readonly rules: ReadonlyMap<string, NodeRules>;
  /** Absent where the network plug-in enforces no policies. */
  readonly policies?: PolicyWorld | undefined;
  /** By `namespace/name` of the Pod; absent where nobody reads requests. */
  readonly proxies?: ReadonlyMap<string, L7Proxy>;
  /** Absent where nobody stands in front of the nodes. */
  readonly loadBalancers?: readonly LoadBalancer[];
  readonly resolve: NameResolver;
}

/**
 * Lays out the network of a cluster at one moment.
 *
 * @models yes Pod network: one flat address space without translation; a route per Pod, or a bridge per node with a route per Pod range.
 * @models partly network plug-ins: routing only; encapsulation and MTU are not modelled.
 * @models no ARP and Ethernet: a host on the same network is reached at once, a missing one is missing at once.
 */
export function buildNetwork({
  cluster,
  pods,
  programs,
  rules,
  policies,
  proxies = new Map(),
  loadBalancers = [],
  resolve,
}: NetworkInput): Network {
  const nodes = cluster.nodes.map((node) => networkNode(node, cluster, rules.get(node.name)));
  const running = pods.flatMap((pod) => networkPod(pod, programs));
  return {
    nodes: new Map(nodes.map((node) => [node.name, node])),
    nodesByAddress: new Map(nodes.map((node) => [node.address, node])),
    pods: new Map(running.map((pod) => [`${pod.namespace}/${pod.name}`, pod])),
    podsByAddress: new Map(running.filter((pod) => !pod.hostNetwork).map((pod) => [pod.address, pod])),
    hostPods: groupByNode(running.filter((pod) => pod.hostNetwork)),
    outside: new Map(cluster.outside.map((host) => [host.name, host])),
    outsideByAddress: new Map(cluster.outside.map((host) => [host.address, host])),
    podCIDR: cluster.podCIDR,
    serviceCIDR: cluster.serviceCIDR,
    nodeNetworks: nodeNetworks(cluster),
    ...(cluster.firewall === undefined ? {} : { firewall: cluster.firewall }),
    masqueradesEgress: cluster.cni.kind !== 'routes',
    bindsOwnAddress: cluster.programsBind === 'pod-address',
    ...(policies === undefined ? {} : { policies }),
    proxies,
    loadBalancers: new Map(loadBalancers.map((balancer) => [balancer.address, balancer])),
    resolve,
  };
}

/** What a host outside reaches without a gateway, and a node has an address of, is the network that node stands in. */
function nodeNetworks({ nodes, outside }: ClusterSpec): readonly Cidr[] {
  const direct = outside.flatMap((host) => host.routes.flatMap((route) => (route.via === 'direct' ? [route.to] : [])));
  return direct.filter((range) => nodes.some((node) => cidrContains(range, node.address)));
}

function groupByNode(pods: readonly NetworkPod[]): ReadonlyMap<string, readonly NetworkPod[]> {
  const groups = new Map<string, NetworkPod[]>();
  for (const pod of pods) groups.set(pod.node, [...(groups.get(pod.node) ?? []), pod]);
  return groups;
}

function networkNode(node: NodeSpec, cluster: ClusterSpec, rules: NodeRules | undefined): NetworkNode {
  const { name, address, podCIDR, attracts } = node;
  return {
    name,
    address,
    podCIDR,
    attracts,
    ...(cluster.podNetwork === 'bridge' ? { bridgeAddress: ipv4FromNumber(podCIDR.first + 1) } : {}),
    ...(rules === undefined ? {} : { rules }),
    ...(rules?.backend === 'ipvs' ? { dummyAddresses: new Set(rules.dummyAddresses) } : {}),
  };
}

/** A Pod that has ended has given its address back; one that only waits for its containers has it already. */
function networkPod(pod: Pod, programs: ReadonlyMap<string, ProgramSpec>): readonly NetworkPod[] {
  const { phase, podIP } = pod.status;
  const node = pod.spec.nodeName;
  if (podIP === undefined || node === undefined || phase === 'Succeeded' || phase === 'Failed') return [];
  const namespace = pod.metadata.namespace ?? 'default';
  const { name } = pod.metadata;
  const listen = programs.get(`${namespace}/${name}`)?.listen ?? [];
  return [{ namespace, name, node, address: podIP, hostNetwork: pod.spec.hostNetwork === true, listen }];
}

/** Next stop of a packet on a node. */
export type NodeTarget =
  | { readonly kind: 'local' }
  | { readonly kind: 'pod'; readonly pod: NetworkPod }
  | { readonly kind: 'node'; readonly node: NetworkNode }
  | { readonly kind: 'outside'; readonly host: OutsideHostSpec }
  | { readonly kind: 'balancer'; readonly balancer: LoadBalancer }
  /** On a network the node is attached to, where nobody has this address. */
  | { readonly kind: 'nobody' }
  /** By the default route, to where no such host is. */
  | { readonly kind: 'nowhere' };

const loopbackAddress = ipv4('127.0.0.1');

export function isLoopback(address: IPv4): boolean {
  return address.startsWith('127.');
}

/** Whether an address is one of the node's own. */
export function isNodeAddress(node: NetworkNode, address: IPv4): boolean {
  return address === node.address || address === node.bridgeAddress || isLoopback(address) || isDummyAddress(node, address);
}

function isDummyAddress({ dummyAddresses }: NetworkNode, address: IPv4): boolean {
  return dummyAddresses?.has(address) === true;
}

/** The node's routing table, looked up. */
export function routeOnNode(network: Network, node: NetworkNode, destination: IPv4): Route<NodeTarget> {
  const source = node.address;
  if (isNodeAddress(node, destination)) {
    const own = isLoopback(destination) ? loopbackAddress : destination;
    const device = isDummyAddress(node, destination) ? 'kube-ipvs0' : 'lo';
    return { target: { kind: 'local' }, text: `local ${destination} dev ${device}`, source: own };
  }
  const bridge = node.bridgeAddress;
  const pod = network.podsByAddress.get(destination);
  if (pod !== undefined && pod.node === node.name) {
    const text = bridge === undefined ? `${destination} dev ${vethName(pod)}` : `${node.podCIDR.text} dev cni0 src ${bridge}`;
    return { target: { kind: 'pod', pod }, text, source: bridge ?? source };
  }
  if (bridge !== undefined && cidrContains(node.podCIDR, destination)) {
    return { target: { kind: 'nobody' }, text: `${node.podCIDR.text} dev cni0 src ${bridge}`, source: bridge };
  }
  const remote = podNode(network, destination, bridge !== undefined);
  if (remote !== undefined) {
    const range = bridge === undefined ? destination : remote.podCIDR.text;
    return { target: { kind: 'node', node: remote }, text: `${range} via ${remote.address} dev eth0`, source };
  }
  const neighbour = network.nodesByAddress.get(destination);
  if (neighbour !== undefined) return { target: { kind: 'node', node: neighbour }, text: `${destination} dev eth0`, source };
  const host = network.outsideByAddress.get(destination);
  if (host !== undefined) return { target: { kind: 'outside', host }, text: 'default dev eth0', source };
  const balancer = network.loadBalancers.get(destination);
  if (balancer !== undefined) return { target: { kind: 'balancer', balancer }, text: 'default dev eth0', source };
  const attached = network.nodeNetworks.find((range) => cidrContains(range, destination));
  if (attached !== undefined) return { target: { kind: 'nobody' }, text: `${attached.text} dev eth0 src ${source}`, source };
  return { target: { kind: 'nowhere' }, text: 'default dev eth0', source };
}

/** The node that has a Pod address: by the Pod's own route, or by the range the node was given. */
function podNode(network: Network, address: IPv4, byRange: boolean): NetworkNode | undefined {
  const pod = network.podsByAddress.get(address);
  if (pod !== undefined) return network.nodes.get(pod.node);
  if (!byRange || !cidrContains(network.podCIDR, address)) return undefined;
  for (const node of network.nodes.values()) if (cidrContains(node.podCIDR, address)) return node;
  return undefined;
}

function vethName(pod: NetworkPod): string {
  return `veth-${pod.name}`.slice(0, 15);
}

/** A host outside the cluster sends: by its own routes, else to whom the address attracts: a load balancer that has it, or a node. */
export function routeFromOutside(network: Network, host: OutsideHostSpec, destination: IPv4): Route<NodeTarget> {
  const source = host.address;
  const best = host.routes
    .filter((route) => cidrContains(route.to, destination))
    .reduce<OutsideHostSpec['routes'][number] | undefined>(
      (longest, route) => (longest === undefined || route.to.length > longest.to.length ? route : longest),
      undefined,
    );
  const balancer = network.loadBalancers.get(destination);
  if (balancer !== undefined && (best !== undefined || attractor(network, destination) !== undefined)) {
    return { target: { kind: 'balancer', balancer }, text: best?.to.text ?? destination, source };
  }
  const via = best === undefined ? attractor(network, destination) : network.nodes.get(best.via);
  if (via !== undefined) return { target: { kind: 'node', node: via }, text: `${best?.to.text ?? destination} via ${via.address}`, source };
  const other = network.outsideByAddress.get(destination);
  if (other !== undefined) return { target: { kind: 'outside', host: other }, text: `${destination}`, source };
  if (best === undefined) return { target: { kind: 'nowhere' }, text: 'default', source };
  const neighbour = network.nodesByAddress.get(destination);
  const target: NodeTarget = neighbour === undefined ? { kind: 'nobody' } : { kind: 'node', node: neighbour };
  return { target, text: `${best.to.text} dev eth0`, source };
}

function attractor(network: Network, destination: IPv4): NetworkNode | undefined {
  for (const node of network.nodes.values()) if (node.attracts.some((range) => cidrContains(range, destination))) return node;
  return undefined;
}

/** Whether the firewall in front of the nodes lets a packet from outside through. Without a firewall everything passes. */
export function passesFirewall(firewall: FirewallSpec | undefined, source: IPv4, protocol: string, port: number | undefined): boolean {
  if (firewall === undefined || port === undefined) return true;
  return firewall.allow.some(
    (rule) => rule.protocol === protocol && port >= rule.first && port <= rule.last && cidrContains(rule.from, source),
  );
}
