import { cidrContains } from '../api/cidr.ts';
import type { OutsideHostSpec } from '../api/cluster-spec.ts';
import type { IPv4 } from '../api/ipv4.ts';
import { EngineBug } from '../diagnostics/engine-bug.ts';
import type { Chooser } from '../kernel/chance.ts';
import type { Hook } from '../kernel/hook.ts';
import { unknownScheduler } from '../kernel/ipvs/schedule.ts';
import { emptyKernelState, type KernelState } from '../kernel/kernel-state.ts';
import { confirm, masquerade, runHook, type TrackedPacket, track } from '../kernel/netfilter.ts';
import type { NodeRules } from '../kernel/node-rules.ts';
import { type Packet, sameFlow } from '../kernel/packet.ts';
import type { Route } from '../kernel/route.ts';
import { flowText, passBalancer, returnThroughBalancer, stopAtFirewall, type Translations } from './balancer-hop.ts';
import {
  isNodeAddress,
  type Network,
  type NetworkNode,
  type NetworkPod,
  type NodeTarget,
  passesFirewall,
  routeFromOutside,
  routeOnNode,
} from './network.ts';
import { policySteps } from './policy-steps.ts';
import { type Recorder, reason } from './recorder.ts';
import type { DropCause, Place, StepReason } from './trace.ts';

/** A journey under way. Used inside one trace only. */
export interface Journey {
  readonly network: Network;
  readonly chooser: Chooser;
  readonly recorder: Recorder;
  /** Milliseconds of the cluster's clock. */
  readonly now: number;
  /** What each node's kernel remembers, by node; grows as the packet goes. */
  readonly kernels: Map<string, KernelState>;
  /** What load balancers in front of the nodes rewrote on the way. */
  readonly translations: Translations;
  /** Flows that a load balancer has handed to a node, as `flowText` writes them. */
  readonly passedBalancer: Set<string>;
}

/** Where a packet sets out. */
export type Departure =
  | { readonly kind: 'pod'; readonly pod: NetworkPod }
  | { readonly kind: 'process'; readonly node: NetworkNode }
  | { readonly kind: 'outside'; readonly host: OutsideHostSpec };

/** Where a packet got to. `step` is the index of the step that decided. */
export type Arrival =
  | { readonly kind: 'pod'; readonly pod: NetworkPod; readonly packet: Packet }
  | { readonly kind: 'host'; readonly node: NetworkNode; readonly packet: Packet }
  | { readonly kind: 'outside'; readonly host: OutsideHostSpec; readonly packet: Packet }
  | { readonly kind: 'dropped'; readonly step: number; readonly by: Place; readonly cause: DropCause }
  | { readonly kind: 'rejected'; readonly step: number; readonly by: NetworkNode }
  | { readonly kind: 'lost'; readonly step: number; readonly cause: 'no-such-host' | 'host-unreachable' }
  | { readonly kind: 'not-modelled'; readonly what: string };

/** A packet about to enter a node, by a device or from one of the node's own processes. */
export interface Entry {
  readonly kind: 'entry';
  readonly node: NetworkNode;
  readonly packet: Packet;
  readonly by: 'device' | 'process';
}

/** More hops than any path here has: a packet that goes in circles is a mistake of the engine. */
const mostHops = 12;

/** Carries a packet from where it sets out to where it ends, node by node. */
export function travel(journey: Journey, departure: Departure, packet: Packet): Arrival {
  let at: Entry | Arrival = depart(journey, departure, packet);
  for (let hops = 0; at.kind === 'entry'; hops++) {
    if (hops > mostHops) throw new EngineBug(`a packet from ${packet.source} to ${packet.destination} goes in circles`);
    at = passNode(journey, at);
  }
  return at;
}

function depart(journey: Journey, departure: Departure, packet: Packet): Entry | Arrival {
  switch (departure.kind) {
    case 'process':
      return { kind: 'entry', node: departure.node, packet, by: 'process' };
    case 'pod': {
      const node = journey.network.nodes.get(departure.pod.node);
      if (node === undefined)
        return { kind: 'not-modelled', what: `Pod ${departure.pod.name} runs on ${departure.pod.node}, which is no node` };
      return { kind: 'entry', node, packet, by: 'device' };
    }
    case 'outside':
      return leaveOutside(journey, departure.host, packet);
  }
}

function leaveOutside(journey: Journey, host: OutsideHostSpec, packet: Packet): Entry | Arrival {
  const { network, recorder } = journey;
  const place: Place = { kind: 'outside', name: host.name };
  // An answer goes back the way its question came; routes say only where the host may send on its own.
  const asking = recorder.leg === 'back' ? network.nodesByAddress.get(packet.destination) : undefined;
  const route: Route<NodeTarget> =
    asking === undefined
      ? routeFromOutside(network, host, packet.destination)
      : { target: { kind: 'node', node: asking }, text: `${packet.destination}`, source: host.address };
  const { target } = route;
  if (target.kind === 'outside') return { kind: 'outside', host: target.host, packet };
  if (target.kind === 'balancer') {
    const why = reason('route-to-balancer', { destination: packet.destination });
    recorder.add({ kind: 'route', place, before: packet, after: packet, route: route.text, reason: why });
    return passBalancer(journey, target.balancer, packet, true);
  }
  if (target.kind !== 'node') return lose(journey, place, packet, route);
  const { node } = target;
  if (recorder.leg === 'out') {
    const why = reason('route-to-cluster', { destination: packet.destination, node: node.name });
    recorder.add({ kind: 'route', place, before: packet, after: packet, route: route.text, reason: why });
    if (!passesFirewall(network.firewall, packet.source, packet.protocol, packet.destinationPort)) return stopAtFirewall(journey, packet);
  }
  return { kind: 'entry', node, packet, by: 'device' };
}

/** A packet inside one node: hooks in order, with the routing decision between them. */
function passNode(journey: Journey, { node, packet, by }: Entry): Entry | Arrival {
  const { rules } = node;
  if (rules === undefined) return { kind: 'not-modelled', what: `the rules of ${node.name}` };
  const unknown = rules.backend === 'ipvs' ? unknownScheduler(rules) : undefined;
  if (unknown !== undefined) return { kind: 'not-modelled', what: `IPVS scheduler ${unknown}` };
  const { network, now } = journey;
  let tracked = track(kernelOf(journey, node), packet, now);
  const arrivedBy = deviceOf(network, node, packet, by);
  const visit = (hook: Hook, masqueradeAddress: IPv4): Arrival | undefined => {
    const seen = visitHook(journey, node, rules, hook, tracked, masqueradeAddress, arrivedBy);
    if ('kind' in seen) return seen;
    tracked = seen.tracked;
    return undefined;
  };

  const first = visit(by === 'device' ? 'prerouting' : 'output', node.address);
  if (first !== undefined) return first;
  const route = routeOnNode(network, node, tracked.packet.destination);
  if (route.target.kind === 'local') {
    // What a node sends to itself goes out by lo and comes in again; its nat decisions are made on the way out.
    const looped = by === 'process' ? (visit('postrouting', node.address) ?? visit('prerouting', node.address)) : undefined;
    const stopped = looped ?? visit('input', node.address);
    if (stopped !== undefined) return stopped;
    if (!isNodeAddress(node, tracked.packet.destination)) {
      // IPVS has taken the packet for a real server elsewhere, and sends it as a process of the node would.
      const onward = routeOnNode(network, node, tracked.packet.destination);
      const resent =
        enforcePolicies(journey, node, receiverOf(onward), tracked) ?? visit('output', node.address) ?? visit('postrouting', onward.source);
      return resent ?? sendOut(journey, node, packet, tracked, onward);
    }
    settleConnection(journey, node, packet, tracked);
    return { kind: 'host', node, packet: unmarked(tracked.packet) };
  }
  const visitForward = () => visit('forward', route.source);
  const forwarded = by === 'device' ? passForward(journey, node, receiverOf(route), () => tracked, visitForward) : undefined;
  const stopped = forwarded ?? visit('postrouting', route.source);
  return stopped ?? sendOut(journey, node, packet, tracked, route);
}

/** The device a packet came in by. */
interface ArrivalDevice {
  /** Absent: it has no address of its own. */
  readonly address: IPv4 | undefined;
  readonly isBridgePort: boolean;
}

/** Pods come in by the node's bridge, or each by a device without an address; everybody else by the node's own. */
function deviceOf(network: Network, node: NetworkNode, { source }: Packet, by: Entry['by']): ArrivalDevice {
  const isPod = by === 'device' && network.podsByAddress.get(source)?.node === node.name;
  return isPod
    ? { address: node.bridgeAddress, isBridgePort: node.bridgeAddress !== undefined }
    : { address: node.address, isBridgePort: false };
}

function receiverOf({ target }: Route<NodeTarget>): NetworkPod | undefined {
  return target.kind === 'pod' ? target.pod : undefined;
}

/** The packet has passed its last hook on this node, for somewhere else. */
function sendOut(journey: Journey, node: NetworkNode, arrived: Packet, tracked: TrackedPacket, route: Route<NodeTarget>): Entry | Arrival {
  const { network, recorder } = journey;
  let leaving = tracked;
  if (network.masqueradesEgress && leavesPodNetwork(network, node, tracked.packet)) {
    const before = tracked.packet;
    leaving = masquerade(tracked, route.source);
    if (!sameFlow(before, leaving.packet)) {
      const why = reason('snat-by-plugin', { address: leaving.packet.source });
      recorder.add({ kind: 'nat.snat', place: placeOf(node), hook: 'postrouting', before, after: leaving.packet, reason: why });
    }
  }
  settleConnection(journey, node, arrived, leaving);
  return leaveNode(journey, node, unmarked(leaving.packet), route);
}

/**
 * What is forwarded meets the proxy's rules and the network plug-in's policies. In iptables and IPVS mode the plug-in has put its own jump first;
 * kube-proxy's nftables chains have a priority before it.
 */
function passForward(
  journey: Journey,
  node: NetworkNode,
  receiver: NetworkPod | undefined,
  tracked: () => TrackedPacket,
  visitRules: () => Arrival | undefined,
): Arrival | undefined {
  const visitPolicies = () => enforcePolicies(journey, node, receiver, tracked());
  const policiesFirst = node.rules?.backend !== 'nftables';
  return policiesFirst ? (visitPolicies() ?? visitRules()) : (visitRules() ?? visitPolicies());
}

/** Policies speak of a connection's opening; answers pass because conntrack knows what they belong to. */
function enforcePolicies(
  { network, recorder }: Journey,
  node: NetworkNode,
  receiver: NetworkPod | undefined,
  { packet, tracking }: TrackedPacket,
): Arrival | undefined {
  if (network.policies === undefined || tracking === 'established') return undefined;
  for (const { allowed, draft } of policySteps(network.policies, node.name, packet, receiver)) {
    const step = recorder.add(draft);
    if (!allowed) return { kind: 'dropped', step, by: draft.place, cause: 'policy' };
  }
  return undefined;
}

/** Runs one hook and writes down what its rules did; the arrival when they ended the journey. */
function visitHook(
  journey: Journey,
  node: NetworkNode,
  rules: NodeRules,
  hook: Hook,
  tracked: TrackedPacket,
  masqueradeAddress: IPv4,
  device: ArrivalDevice,
): Arrival | { readonly tracked: TrackedPacket } {
  const { chooser, recorder, kernels, now } = journey;
  const state = kernelOf(journey, node);
  const isLocal = (address: IPv4) => isNodeAddress(node, address);
  const { address: redirectAddress, isBridgePort: fromBridge } = device;
  const outcome = runHook({ rules, hook, tracked, state, isLocal, masqueradeAddress, redirectAddress, fromBridge, chooser, now });
  kernels.set(node.name, outcome.state);
  for (const run of outcome.runs) recorder.addStage(rules, hook, run);
  noteKnownTranslation(recorder, node, hook, tracked, outcome.tracked);
  const { verdict } = outcome;
  if (verdict.kind === 'accept') return { tracked: outcome.tracked };
  const step = recorder.steps.length - 1;
  const decided = recorder.steps[step];
  if (decided === undefined || (decided.kind !== 'drop' && decided.kind !== 'reject')) {
    throw new EngineBug(`a packet was stopped on ${node.name} by no rule`);
  }
  if (verdict.kind === 'reject') return { kind: 'rejected', step, by: node };
  return { kind: 'dropped', step, by: placeOf(node), cause: dropCause(decided.reason) };
}

/** A packet of a connection that conntrack knows is rewritten without a look at any nat rule; that is a step of its own. */
function noteKnownTranslation(recorder: Recorder, node: NetworkNode, hook: Hook, before: TrackedPacket, after: TrackedPacket): void {
  if (!before.known || before.direction === 'reply' || sameFlow(before.packet, after.packet)) return;
  const { packet } = after;
  const changed = { place: placeOf(node), hook, before: before.packet, after: packet } as const;
  if (packet.destination !== before.packet.destination || packet.destinationPort !== before.packet.destinationPort) {
    const args = { address: packet.destination, port: packet.destinationPort };
    recorder.add({ ...changed, kind: 'nat.dnat', reason: reason('dnat-known-connection', args) });
  } else {
    recorder.add({ ...changed, kind: 'nat.snat', reason: reason('snat-known-connection', { address: packet.source }) });
  }
}

function dropCause({ code }: StepReason): DropCause {
  switch (code) {
    case 'drop-no-local-endpoints':
      return 'local-only';
    case 'drop-source-not-allowed':
      return 'source-ranges';
    case 'drop-unallocated-address':
      return 'unallocated';
    case 'drop-invalid':
      return 'invalid';
    default:
      return 'policy';
  }
}

/** The packet has passed its last hook here: the kernel keeps its connection. An answer that was translated back is a step. */
function settleConnection(journey: Journey, node: NetworkNode, arrived: Packet, tracked: TrackedPacket): void {
  const { recorder, kernels } = journey;
  kernels.set(node.name, confirm(kernelOf(journey, node), tracked));
  const { original, reply } = tracked.connection;
  const entry = { node: node.name, original, reply };
  if (tracked.direction === 'original') {
    if (!tracked.known) recorder.addConnection(entry);
  } else if (!sameFlow(arrived, tracked.packet)) {
    const why = reason('reverse-nat', { address: tracked.packet.source });
    recorder.add({
      kind: 'nat.reverse',
      place: placeOf(node),
      before: arrived,
      after: unmarked(tracked.packet),
      conntrack: entry,
      reason: why,
    });
  }
}

function leaveNode(journey: Journey, node: NetworkNode, packet: Packet, route: Route<NodeTarget>): Entry | Arrival {
  const { recorder } = journey;
  const returned = returnThroughBalancer(journey, packet);
  if (returned !== undefined) return returned;
  const { target } = route;
  const forwarded = { kind: 'net.forward', place: placeOf(node), before: packet, after: packet, route: route.text } as const;
  const address = packet.destination;
  switch (target.kind) {
    case 'pod':
      return { kind: 'pod', pod: target.pod, packet };
    case 'node':
      if (recorder.leg === 'out') {
        recorder.add({ ...forwarded, reason: reason('forward-to-node', { from: node.name, to: target.node.name, address }) });
      }
      return { kind: 'entry', node: target.node, packet, by: 'device' };
    case 'outside':
      if (recorder.leg === 'out') recorder.add({ ...forwarded, reason: reason('forward-to-outside', { address }) });
      return { kind: 'outside', host: target.host, packet };
    case 'balancer':
      // It comes from there already: no rule here took it.
      if (journey.passedBalancer.has(flowText(packet)))
        return lose(journey, placeOf(node), packet, { ...route, target: { kind: 'nowhere' } });
      recorder.add({ ...forwarded, reason: reason('forward-to-balancer', { address }) });
      return passBalancer(journey, target.balancer, packet, false);
    default:
      return lose(journey, placeOf(node), packet, route);
  }
}

/** The packet goes where nobody answers. On the network the host is attached to, the host itself notices. */
function lose({ network, recorder }: Journey, place: Place, packet: Packet, route: Route<NodeTarget>): Arrival {
  const { destination, destinationPort: port } = packet;
  const isNobody = route.target.kind === 'nobody';
  const isService = cidrContains(network.serviceCIDR, destination);
  const unanswered = isService ? reason('route-service-unanswered', { destination, port }) : reason('route-nowhere', { destination });
  const outward = isNobody ? reason('route-no-host', { destination }) : unanswered;
  const why = recorder.leg === 'back' ? reason('reply-lost', { destination }) : outward;
  const step = recorder.add({ kind: 'route', place, before: packet, after: packet, route: route.text, reason: why });
  return { kind: 'lost', step, cause: isNobody ? 'host-unreachable' : 'no-such-host' };
}

function leavesPodNetwork(network: Network, node: NetworkNode, packet: Packet): boolean {
  return cidrContains(node.podCIDR, packet.source) && !cidrContains(network.podCIDR, packet.destination);
}

function kernelOf(journey: Pick<Journey, 'kernels'>, node: NetworkNode): KernelState {
  return journey.kernels.get(node.name) ?? emptyKernelState;
}

export function placeOf(node: NetworkNode): Place {
  return { kind: 'node', name: node.name };
}

/** A mark is the kernel's own note and does not leave the host. */
function unmarked(packet: Packet): Packet {
  return packet.mark === 0 ? packet : { ...packet, mark: 0 };
}
