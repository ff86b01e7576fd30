import type { IPv4 } from '../api/ipv4.ts';
import type { PacketProtocol, Protocol } from '../api/protocol.ts';
import type { FieldOrigin } from '../diagnostics/diagnostic.ts';

/** A node that may be sent a Service's connections. */
export interface BalancedNode {
  readonly name: string;
  readonly address: IPv4;
  /** What the health check says of it, which is not always what is true by now. */
  readonly healthy: boolean;
}

export interface BalancedPort {
  readonly port: number;
  readonly protocol: Protocol;
  /** Absent with `allocateLoadBalancerNodePorts: false`. */
  readonly nodePort?: number;
}

/** One outside address, and where connections to it may go. Immutable. */
export interface LoadBalancer {
  readonly kind: 'cloud' | 'metallb';
  readonly address: IPv4;
  /** `namespace/name` of the Service. */
  readonly service: string;
  readonly ports: readonly BalancedPort[];
  /** Those the cluster has registered, in the order of the world. */
  readonly nodes: readonly BalancedNode[];
  /** MetalLB: the node that answers for the address; absent: nobody does. */
  readonly announcer?: string;
  /** `VIP`: the address stays the destination. `Proxy`: a node and its node port become it. */
  readonly ipMode: 'VIP' | 'Proxy';
  /** `Proxy`: the address the balancer connects from; absent: it keeps the client's. */
  readonly source?: IPv4;
  /** Fields of the Service that decide which nodes are healthy. */
  readonly origins: readonly FieldOrigin[];
}

/** Addresses and ports of a packet, as far as a balancer changes them. */
export interface Destination {
  readonly address: IPv4;
  readonly port: number;
}

/** What a balancer makes of a new connection. */
export type BalancerDecision =
  | {
      readonly kind: 'node';
      readonly node: BalancedNode;
      /** How many nodes were to choose from, all equally likely. */
      readonly count: number;
      /** Names of those that failed their health check. */
      readonly left: readonly string[];
      /** Every one of them has failed it: then all are tried. */
      readonly desperate: boolean;
      /** Absent: the destination stays what it was. */
      readonly destination?: Destination;
      readonly source?: IPv4;
    }
  | { readonly kind: 'no-such-port' }
  | { readonly kind: 'not-announced' }
  | { readonly kind: 'not-modelled'; readonly what: string };

/**
 * Chooses the node for a new connection. A cloud's balancer knows the Service's ports alone and spreads connections over the nodes whose health
 * check passes; MetalLB has nothing to choose, since one node answers for the address, whatever the port.
 *
 * @models partly cloud load balancers: even odds over healthy nodes; when none is healthy all are tried, as AWS' and Google's network load balancers do
 * @models yes load balancer ipMode: VIP keeps the address as destination, Proxy connects to a node port
 */
export function balance(
  { kind, nodes, ports, announcer, ipMode, source, service }: LoadBalancer,
  { protocol, port }: { readonly protocol: PacketProtocol; readonly port: number | undefined },
  pick: (count: number) => number,
): BalancerDecision {
  if (kind === 'metallb') {
    const node = nodes.find(({ name }) => name === announcer);
    return node === undefined ? { kind: 'not-announced' } : { kind: 'node', node, count: 1, left: [], desperate: false };
  }
  const entry = ports.find((one) => one.port === port && one.protocol === protocol);
  if (entry === undefined) return { kind: 'no-such-port' };
  const healthy = nodes.filter((node) => node.healthy);
  const targets = healthy.length > 0 ? healthy : nodes;
  const node = targets[targets.length < 2 ? 0 : pick(targets.length)];
  if (node === undefined) return { kind: 'not-modelled', what: `the load balancer of ${service}, which has no node` };
  const left = healthy.length > 0 ? nodes.filter((one) => !one.healthy).map(({ name }) => name) : [];
  const chosen = { kind: 'node', node, count: targets.length, left, desperate: healthy.length === 0 } as const;
  if (ipMode === 'VIP') return chosen;
  if (entry.nodePort === undefined)
    return { kind: 'not-modelled', what: `a proxying load balancer for ${service}, which has no node port` };
  return { ...chosen, destination: { address: node.address, port: entry.nodePort }, ...(source === undefined ? {} : { source }) };
}
