import type { ListenSpec, OutsideHostSpec } from '../api/cluster-spec.ts';
import { type IPv4, parseIPv4 } from '../api/ipv4.ts';
import { type Chooser, enumerateChoices, probability, seededChooser } from '../kernel/chance.ts';
import { answerTo, type Packet, sameFlow } from '../kernel/packet.ts';
import { type Arrival, type Departure, type Journey, placeOf, travel } from './journey.ts';
import { isLoopback, type Network, type NetworkNode, type NetworkPod, routeOnNode } from './network.ts';
import { emptyNetworkState, type NetworkState } from './network-state.ts';
import { newRecorder, type Recorder, reason } from './recorder.ts';
import type { Enumeration, Place, Probe, Sender, StepReasonCode, Trace, TraceEnd } from './trace.ts';

/** Follows one connection's first packet and its answer; random choices fall as the seed says. */
export function traceProbe(network: Network, probe: Probe, seed: number): Trace {
  return sendProbe(network, emptyNetworkState, probe, seed).trace;
}

/** The same in a network that remembers: connections and session affinity of what was sent before. */
export function sendProbe(
  network: Network,
  state: NetworkState,
  probe: Probe,
  seed: number,
): { readonly trace: Trace; readonly state: NetworkState } {
  const run = runProbe(network, state, probe, seededChooser(seed));
  return { trace: { ...run.trace, seed }, state: run.state };
}

/** Every way a probe can go, with its probability. */
export function enumerateProbe(network: Network, probe: Probe, state: NetworkState = emptyNetworkState): Enumeration {
  const runs = enumerateChoices((chooser) => runProbe(network, state, probe, chooser));
  return {
    possible: runs.map(({ odds, value }) => ({ probability: probability(odds), trace: value.trace })),
    sticky: runs.some(({ value }) => value.askedMemory),
  };
}

interface ProbeRun {
  readonly trace: Trace;
  readonly state: NetworkState;
  readonly askedMemory: boolean;
}

function runProbe(network: Network, state: NetworkState, probe: Probe, chooser: Chooser): ProbeRun {
  const recorder = newRecorder();
  const kernels = new Map(state.kernels);
  const end = followProbe({ network, chooser, recorder, now: state.now, kernels }, probe);
  const { steps, connections: conntrack, rulesWalked, askedMemory } = recorder;
  return { trace: { probe, steps, end, conntrack, rulesWalked }, state: { ...state, kernels }, askedMemory };
}

/** A sender as the network knows it. */
interface Origin {
  readonly place: Place;
  readonly departure: Departure;
}

function followProbe(journey: Journey, probe: Probe): TraceEnd {
  const { network, recorder } = journey;
  const origin = originOf(network, probe.from);
  if (origin === undefined) return notModelled(`there is no ${senderName(probe.from)}`);
  const literal = parseIPv4(probe.host);
  const destination = literal ?? resolveHost(journey, probe);
  if (typeof destination === 'object') return destination;
  const source = sourceFor(network, origin.departure, destination);
  const sent = newPacket(journey, { protocol: probe.protocol, source, destination, mark: 0 }, probe.port);
  recorder.leg = 'out';
  if (literal !== undefined) {
    const why = reason('send-request', { destination, port: probe.port });
    recorder.add({ kind: 'send', place: origin.place, after: sent, reason: why });
  }
  const { departure } = origin;
  if (departure.kind === 'pod' && staysInside(departure.pod, destination)) {
    addRoute(recorder, origin, sent, 'route-to-itself', `local ${destination} dev lo`);
    return deliver(journey, origin, sent, { kind: 'pod', pod: departure.pod, packet: sent });
  }
  if (departure.kind === 'pod') addRoute(recorder, origin, sent, 'route-to-own-node', podRoute(network, departure.pod), departure.pod.node);
  if (departure.kind === 'process') {
    addRoute(recorder, origin, sent, 'route-from-node', routeOnNode(network, departure.node, destination).text);
  }
  return deliver(journey, origin, sent, travel(journey, departure, sent));
}

/** A packet of a new connection: its source port belongs to no connection that any kernel still remembers. */
function newPacket({ chooser, kernels, now }: Journey, header: Packet, destinationPort: number | undefined): Packet {
  if (header.protocol === 'ICMP' || destinationPort === undefined) return header;
  let packet = { ...header, sourcePort: chooser.ephemeralPort(), destinationPort };
  const isKnown = () => [...kernels.values()].some(({ conntrack }) => conntrack.find(packet, now) !== undefined);
  for (let tries = 1; tries < 100 && isKnown(); tries++) packet = { ...packet, sourcePort: chooser.ephemeralPort() };
  return packet;
}

/** What became of the packet, and of the answer if there is one. */
function deliver(journey: Journey, origin: Origin, sent: Packet, arrival: Arrival): TraceEnd {
  switch (arrival.kind) {
    case 'not-modelled':
      return notModelled(arrival.what);
    case 'dropped':
      return arrival;
    case 'lost':
      return { kind: 'unreachable', step: arrival.step, cause: arrival.cause };
    case 'rejected': {
      journey.recorder.leg = 'back';
      addReceipt(journey.recorder, origin, undefined, 'receive-refusal', arrival.by.address);
      return { kind: 'rejected', step: arrival.step, by: placeOf(arrival.by) };
    }
    default:
      return answer(journey, origin, sent, arrival);
  }
}

type Delivery = Extract<Arrival, { readonly packet: Packet }>;

/** The host is reached: a program takes the packet, or the kernel says that nobody listens. The answer travels back. */
function answer(journey: Journey, origin: Origin, sent: Packet, arrival: Delivery): TraceEnd {
  const { recorder } = journey;
  const { packet } = arrival;
  const { place, listener } = receiver(journey.network, arrival);
  const accepted = listener !== undefined || packet.protocol === 'ICMP';
  const port = packet.destinationPort;
  const met = { place, before: packet, after: packet };
  const step = accepted
    ? recorder.add({
        ...met,
        kind: 'pod.accept',
        reason: reason(deliveryCode(packet, place), { port, name: place.name, source: packet.source }),
      })
    : recorder.add({ ...met, kind: 'reject', reason: reason('refuse-nobody-listens', { port, name: place.name }) });
  const lost = travelBack(journey, origin, sent, arrival, place, accepted ? listener?.http : undefined, accepted);
  if (lost !== undefined) return lost;
  if (!accepted) return { kind: 'refused', step, by: place };
  const status = listener?.http;
  return { kind: 'delivered', step, to: place, sourceSeen: packet.source, ...(status === undefined ? {} : { httpStatus: status }) };
}

function deliveryCode(packet: Packet, place: Place): StepReasonCode {
  if (packet.protocol === 'ICMP') return 'deliver-ping';
  if (place.kind === 'pod') return 'deliver-to-pod';
  return place.kind === 'outside' ? 'deliver-to-outside' : 'deliver-to-host';
}

/** The answer's way to the sender; the end of the journey when it does not get there or is not recognised. */
function travelBack(
  journey: Journey,
  origin: Origin,
  sent: Packet,
  from: Delivery,
  place: Place,
  status: number | undefined,
  accepted: boolean,
): TraceEnd | undefined {
  const { recorder } = journey;
  const reply = answerTo(from.packet);
  recorder.leg = 'back';
  const why = accepted ? reason('reply-answer', { status }) : reason('reply-refusal', { port: from.packet.destinationPort });
  recorder.add({ kind: 'reply', place, after: reply, reason: why });
  const inside = origin.departure.kind === 'pod' && from.kind === 'pod' && staysInside(origin.departure.pod, sent.destination);
  const arrival = inside ? { ...from, packet: reply } : travel(journey, departureOf(from), reply);
  if (arrival.kind === 'not-modelled') return notModelled(arrival.what);
  if (arrival.kind === 'dropped') return arrival;
  if (arrival.kind === 'lost') return { kind: 'unreachable', step: arrival.step, cause: arrival.cause };
  if (arrival.kind === 'rejected') return { kind: 'rejected', step: arrival.step, by: placeOf(arrival.by) };
  const expected = answerTo(sent);
  if (!sameFlow(arrival.packet, expected)) {
    const { packet } = arrival;
    const stranger = reason('drop-unknown-answer', { source: packet.source, expected: expected.source });
    const step = recorder.add({ kind: 'drop', place: origin.place, before: packet, after: packet, reason: stranger });
    return { kind: 'dropped', step, by: origin.place, cause: 'invalid' };
  }
  addReceipt(recorder, origin, arrival.packet, accepted ? 'receive-answer' : 'receive-refusal', arrival.packet.source);
  return undefined;
}

function resolveHost({ network, chooser, recorder }: Journey, probe: Probe): IPv4 | TraceEnd {
  recorder.leg = 'dns';
  const resolution = network.resolve(probe.from, probe.host, (count) => chooser.pick(count));
  let step = 0;
  for (const draft of resolution.steps) step = recorder.add(draft);
  return resolution.address ?? { kind: 'name-error', step, status: resolution.failure };
}

function addRoute(
  recorder: Recorder,
  { place }: Origin,
  packet: Packet,
  code: 'route-to-itself' | 'route-to-own-node' | 'route-from-node',
  route: string,
  node?: string,
): void {
  const why = reason(code, { destination: packet.destination, node });
  recorder.add({ kind: 'route', place, before: packet, after: packet, route, reason: why });
}

function addReceipt(
  recorder: Recorder,
  { place }: Origin,
  packet: Packet | undefined,
  code: 'receive-answer' | 'receive-refusal',
  source: IPv4,
): void {
  recorder.add({
    kind: 'receive',
    place,
    ...(packet === undefined ? {} : { before: packet, after: packet }),
    reason: reason(code, { source }),
  });
}

function originOf(network: Network, sender: Sender): Origin | undefined {
  switch (sender.kind) {
    case 'node': {
      const node = network.nodes.get(sender.name);
      return node === undefined ? undefined : { place: placeOf(node), departure: { kind: 'process', node } };
    }
    case 'outside': {
      const host = network.outside.get(sender.name);
      return host === undefined ? undefined : { place: outsidePlace(host), departure: { kind: 'outside', host } };
    }
    case 'pod': {
      const pod = network.pods.get(`${sender.namespace}/${sender.name}`);
      const node = pod === undefined ? undefined : network.nodes.get(pod.node);
      if (pod === undefined || node === undefined) return undefined;
      return { place: podPlace(pod), departure: pod.hostNetwork ? { kind: 'process', node } : { kind: 'pod', pod } };
    }
  }
}

function senderName(sender: Sender): string {
  return sender.kind === 'pod' ? `Pod ${sender.namespace}/${sender.name}` : `${sender.kind} ${sender.name}`;
}

function departureOf(arrival: Delivery): Departure {
  switch (arrival.kind) {
    case 'pod':
      return { kind: 'pod', pod: arrival.pod };
    case 'host':
      return { kind: 'process', node: arrival.node };
    case 'outside':
      return { kind: 'outside', host: arrival.host };
  }
}

/** Who takes the packet at its destination, and the socket it goes to if there is one. */
function receiver(network: Network, arrival: Delivery): { readonly place: Place; readonly listener?: ListenSpec } {
  const { packet } = arrival;
  if (arrival.kind === 'pod') return withListener(podPlace(arrival.pod), programSocket(network, arrival.pod, packet));
  if (arrival.kind === 'outside') return withListener(outsidePlace(arrival.host), socketFor(arrival.host.listen, packet));
  const { node } = arrival;
  for (const pod of network.hostPods.get(node.name) ?? []) {
    const socket = programSocket(network, pod, packet);
    if (socket !== undefined) return { place: podPlace(pod), listener: socket };
  }
  return withListener(placeOf(node), socketFor(node.rules?.listeners ?? [], packet));
}

function withListener(place: Place, listener: ListenSpec | undefined): { readonly place: Place; readonly listener?: ListenSpec } {
  return listener === undefined ? { place } : { place, listener };
}

function programSocket(network: Network, pod: NetworkPod, packet: Packet): ListenSpec | undefined {
  if (network.bindsOwnAddress && packet.destination !== pod.address) return undefined;
  return socketFor(pod.listen, packet);
}

function socketFor(listen: readonly ListenSpec[], packet: Packet): ListenSpec | undefined {
  return listen.find((socket) => socket.port === packet.destinationPort && socket.protocol === packet.protocol);
}

/** The address a sender that has not chosen one sends from. */
function sourceFor(network: Network, departure: Departure, destination: IPv4): IPv4 {
  switch (departure.kind) {
    case 'pod':
      return isLoopback(destination) ? destination : departure.pod.address;
    case 'process':
      return routeOnNode(network, departure.node, destination).source;
    case 'outside':
      return departure.host.address;
  }
}

function staysInside(pod: NetworkPod, destination: IPv4): boolean {
  return destination === pod.address || isLoopback(destination);
}

function podRoute(network: Network, pod: NetworkPod): string {
  const node: NetworkNode | undefined = network.nodes.get(pod.node);
  const gateway = node?.bridgeAddress;
  return gateway === undefined ? 'default dev eth0' : `default via ${gateway} dev eth0`;
}

function podPlace(pod: NetworkPod): Place {
  return { kind: 'pod', namespace: pod.namespace, name: pod.name, node: pod.node };
}

function outsidePlace(host: OutsideHostSpec): Place {
  return { kind: 'outside', name: host.name };
}

function notModelled(what: string): TraceEnd {
  return { kind: 'not-modelled', what: [what] };
}
