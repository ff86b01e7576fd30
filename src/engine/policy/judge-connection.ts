import type { IPv4 } from '../api/ipv4.ts';
import { matchesSelector } from '../api/label-selector.ts';
import type { NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort, PolicyType } from '../api/network-policy.ts';
import type { PacketProtocol } from '../api/protocol.ts';
import type { FieldOrigin, ObjectRef } from '../diagnostics/diagnostic.ts';
import { matchesPeer, type PolicyParty } from './peer.ts';
import type { PolicyPod, PolicyWorld } from './policy-world.ts';
import { matchesPort } from './port.ts';

/** The first packet of a connection as it passes a Pod's device: behind every translation of a Service address. */
export interface PolicyConnection {
  readonly source: IPv4;
  readonly destination: IPv4;
  readonly protocol: PacketProtocol;
  /** Absent for ICMP. */
  readonly destinationPort?: number;
}

/** Why a direction is open or closed. */
export type PolicyReason =
  /** There is no Pod at this end, so there is nothing to judge. */
  | { readonly kind: 'no-pod' }
  /** A Pod cannot shut itself off from itself. */
  | { readonly kind: 'itself' }
  /** The other end is the node the Pod runs on. */
  | { readonly kind: 'own-node'; readonly node: string }
  /** No policy selects the Pod for this direction: everything is allowed. */
  | { readonly kind: 'not-isolated' }
  /** `rule` allows it, by its item `peer` and its item `port`; each absent where the rule names none, so any will do. */
  | { readonly kind: 'allowed'; readonly rule: FieldOrigin; readonly peer?: FieldOrigin; readonly port?: FieldOrigin }
  /** Policies select the Pod, and no rule of any of them allows it. */
  | { readonly kind: 'isolated' };

/** What policies say about one direction of one connection. */
export interface PolicyVerdict {
  readonly direction: PolicyType;
  readonly allowed: boolean;
  /** The Pod judged, as `namespace/name`. */
  readonly pod?: string;
  readonly reason: PolicyReason;
  /** The `podSelector` of every policy that isolates the Pod for this direction. */
  readonly isolating: readonly FieldOrigin[];
}

/** A connection needs both: the sender's egress and the receiver's ingress. Answers need neither. */
export interface ConnectionVerdict {
  readonly allowed: boolean;
  readonly egress: PolicyVerdict;
  readonly ingress: PolicyVerdict;
}

/**
 * Judges the opening of one connection by all NetworkPolicies. Policies only ever allow: a Pod that none selects for a direction is open, one
 * that some select is open to what any rule of any of them names.
 *
 * Models: the NetworkPolicy API, pkg/apis/networking/types.go, and https://kubernetes.io/docs/concepts/services-networking/network-policies/, v1.37.
 *
 * @models yes NetworkPolicy: pod, namespace and address peers, ports by number, name and range, both directions, isolation, answers
 * @models partly NetworkPolicy for ICMP: rules without ports speak of it, rules with ports do not; the API leaves it to the network plug-in
 */
export function judgeConnection(world: PolicyWorld, connection: PolicyConnection): ConnectionVerdict {
  const egress = judgeEgress(world, connection);
  const ingress = judgeIngress(world, connection);
  return { allowed: egress.allowed && ingress.allowed, egress, ingress };
}

export function judgeEgress(world: PolicyWorld, connection: PolicyConnection): PolicyVerdict {
  return judge(world, connection, 'Egress', connection.source, connection.destination);
}

export function judgeIngress(world: PolicyWorld, connection: PolicyConnection): PolicyVerdict {
  return judge(world, connection, 'Ingress', connection.destination, connection.source);
}

function judge(world: PolicyWorld, connection: PolicyConnection, direction: PolicyType, own: IPv4, other: IPv4): PolicyVerdict {
  const pod = world.podsByAddress.get(own);
  if (pod === undefined) return { direction, allowed: true, reason: { kind: 'no-pod' }, isolating: [] };
  const policies = (world.policies.get(pod.namespace) ?? []).filter((policy) => isolates(policy, pod, direction));
  const verdict = (reason: PolicyReason): PolicyVerdict => ({
    direction,
    allowed: reason.kind !== 'isolated',
    pod: `${pod.namespace}/${pod.name}`,
    reason,
    isolating: policies.map((policy) => ({ object: refOf(policy), path: 'spec.podSelector' })),
  });
  if (own === other) return verdict({ kind: 'itself' });
  if (world.nodesByAddress.get(other) === pod.node) return verdict({ kind: 'own-node', node: pod.node });
  if (policies.length === 0) return verdict({ kind: 'not-isolated' });
  const peer = partyAt(world, other);
  const called = direction === 'Ingress' ? pod : peer.pod;
  for (const policy of policies) {
    const reason = allowingRule(policy, direction, connection, peer, called);
    if (reason !== undefined) return verdict(reason);
  }
  return verdict({ kind: 'isolated' });
}

function isolates({ spec }: NetworkPolicy, pod: PolicyPod, direction: PolicyType): boolean {
  return spec.policyTypes.includes(direction) && matchesSelector(spec.podSelector, pod.labels);
}

function partyAt({ podsByAddress }: PolicyWorld, address: IPv4): PolicyParty {
  const pod = podsByAddress.get(address);
  return pod === undefined ? { address } : { address, pod };
}

/** One direction's rules in one shape. */
interface Rule {
  readonly path: string;
  readonly peersPath: string;
  readonly peers: readonly NetworkPolicyPeer[];
  readonly ports: readonly NetworkPolicyPort[];
}

function rulesOf({ spec }: NetworkPolicy, direction: PolicyType): readonly Rule[] {
  if (direction === 'Ingress') {
    return (spec.ingress ?? []).map(({ from = [], ports = [] }, index) => {
      const path = `spec.ingress[${index}]`;
      return { path, peersPath: `${path}.from`, peers: from, ports };
    });
  }
  return (spec.egress ?? []).map(({ to = [], ports = [] }, index) => {
    const path = `spec.egress[${index}]`;
    return { path, peersPath: `${path}.to`, peers: to, ports };
  });
}

/** The first rule of a policy that allows the connection: one of its peers, and one of its ports; an empty list is any. */
function allowingRule(
  policy: NetworkPolicy,
  direction: PolicyType,
  { protocol, destinationPort }: PolicyConnection,
  peer: PolicyParty,
  called: PolicyPod | undefined,
): PolicyReason | undefined {
  const object = refOf(policy);
  const namespace = policy.metadata.namespace ?? 'default';
  for (const { path, peersPath, peers, ports } of rulesOf(policy, direction)) {
    const peerIndex = peers.findIndex((item) => matchesPeer(item, namespace, peer));
    const portIndex = ports.findIndex((item) => matchesPort(item, protocol, destinationPort, called));
    if ((peers.length > 0 && peerIndex < 0) || (ports.length > 0 && portIndex < 0)) continue;
    return {
      kind: 'allowed',
      rule: { object, path },
      ...(peerIndex < 0 ? {} : { peer: { object, path: `${peersPath}[${peerIndex}]` } }),
      ...(portIndex < 0 ? {} : { port: { object, path: `${path}.ports[${portIndex}]` } }),
    };
  }
  return undefined;
}

function refOf({ apiVersion, kind, metadata }: NetworkPolicy): ObjectRef {
  return { apiVersion, kind, namespace: metadata.namespace ?? 'default', name: metadata.name };
}
