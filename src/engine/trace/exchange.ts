import type { ListenSpec, OutsideHostSpec } from '../api/cluster-spec.ts';
import type { IPv4 } from '../api/ipv4.ts';
import type { HttpRequest } from '../ingress/http-request.ts';
import type { Peer } from '../ingress/route-decision.ts';
import { answerTo, type Packet, sameFlow } from '../kernel/packet.ts';
import type { RelaySocket } from '../kernel/relay/relay-socket.ts';
import { type Arrival, type Departure, type Journey, placeOf, travel } from './journey.ts';
import { isLoopback, type Network, type NetworkNode, type NetworkPod, routeOnNode } from './network.ts';
import { proxyRequest } from './proxied-request.ts';
import { type Recorder, reason } from './recorder.ts';
import { relayConnection } from './relayed-connection.ts';
import type { Place, StepReasonCode, TraceEnd } from './trace.ts';

/** A sender as the network knows it. */
export interface Origin {
  readonly place: Place;
  readonly departure: Departure;
}

/** What is sent: one packet to open a connection, and the request that goes over it if the sender speaks HTTP. */
export interface Message {
  readonly packet: Packet;
  readonly request?: HttpRequest;
}

/** Proxies behind proxies: more than any world here has, so that a request that goes in circles ends. */
const mostProxies = 4;

/** Sends a packet from where its sender stands, and follows it and its answer to their end. */
export function exchange(journey: Journey, origin: Origin, message: Message, proxies = 0): TraceEnd {
  const { network, recorder } = journey;
  const { departure } = origin;
  const { packet: sent } = message;
  const { destination } = sent;
  if (departure.kind === 'pod' && staysInside(departure.pod, destination)) {
    addRoute(recorder, origin, sent, 'route-to-itself', `local ${destination} dev lo`);
    return deliver(journey, origin, message, { kind: 'pod', pod: departure.pod, packet: sent }, proxies);
  }
  if (departure.kind === 'pod') addRoute(recorder, origin, sent, 'route-to-own-node', podRoute(network, departure.pod), departure.pod.node);
  if (departure.kind === 'process') {
    addRoute(recorder, origin, sent, 'route-from-node', routeOnNode(network, departure.node, destination).text);
  }
  return deliver(journey, origin, message, travel(journey, departure, sent), proxies);
}

/** A packet of a new connection: its source port belongs to no connection that any kernel still remembers. */
export function newPacket({ chooser, kernels, now }: Journey, header: Packet, destinationPort: number | undefined): Packet {
  if (header.protocol === 'ICMP' || destinationPort === undefined) return header;
  let packet = { ...header, sourcePort: chooser.ephemeralPort(), destinationPort };
  const isKnown = () => [...kernels.values()].some(({ conntrack }) => conntrack.find(packet, now) !== undefined);
  for (let tries = 1; tries < 100 && isKnown(); tries++) packet = { ...packet, sourcePort: chooser.ephemeralPort() };
  return packet;
}

/** What became of the packet, and of the answer if there is one. */
function deliver(journey: Journey, origin: Origin, message: Message, arrival: Arrival, proxies: number): TraceEnd {
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
      return answer(journey, origin, message, arrival, proxies);
  }
}

type Delivery = Extract<Arrival, { readonly packet: Packet }>;

/** The host is reached: a program takes the packet, or the kernel says that nobody listens. The answer travels back. */
function answer(journey: Journey, origin: Origin, message: Message, arrival: Delivery, proxies: number): TraceEnd {
  const { recorder } = journey;
  const { packet } = arrival;
  const relay = arrival.kind === 'host' ? relayFor(arrival.node, packet) : undefined;
  if (arrival.kind === 'host' && relay !== undefined) return answerThroughRelay(journey, origin, message, arrival, relay, proxies);
  const { place, listener } = receiver(journey.network, arrival);
  const accepted = listener !== undefined || packet.protocol === 'ICMP';
  const port = packet.destinationPort;
  const met = { place, before: packet, after: packet };
  if (!accepted) {
    const step = recorder.add({ ...met, kind: 'reject', reason: reason('refuse-nobody-listens', { port, name: place.name }) });
    return travelBack(journey, origin, message.packet, arrival, place, { accepted }) ?? { kind: 'refused', step, by: place };
  }
  const why = reason(deliveryCode(packet, place), { port, name: place.name, source: packet.source });
  const step = recorder.add({ ...met, kind: 'pod.accept', reason: why });
  const end = serve(journey, arrival, { place, step, listener, proxies, ...(message.request && { request: message.request }) });
  if (end.kind === 'not-modelled') return end;
  return travelBack(journey, origin, message.packet, arrival, place, { accepted, status: end.httpStatus }) ?? end;
}

/** A process of the node takes the connection and opens another one; the sender hears what comes of that, if anything does. */
function answerThroughRelay(
  journey: Journey,
  origin: Origin,
  message: Message,
  arrival: Extract<Delivery, { readonly kind: 'host' }>,
  socket: RelaySocket,
  proxies: number,
): TraceEnd {
  const { node, packet } = arrival;
  const place = placeOf(node);
  if (proxies >= mostProxies) return notModelled('a connection that goes from proxy to proxy in circles');
  const end = relayConnection(journey, { node, place, socket, client: packet }, ({ address, port }, code) => {
    const own: Origin = { place, departure: { kind: 'process', node } };
    const source = sourceFor(journey.network, own.departure, address);
    const onward = newPacket(journey, { protocol: socket.protocol, source, destination: address, mark: 0 }, port);
    journey.recorder.leg = 'out';
    journey.recorder.add({ kind: 'send', place, after: onward, reason: reason(code, { address: `${address}:${port}` }) });
    return exchange(journey, own, { ...message, packet: onward }, proxies + 1);
  });
  if (end.kind === 'not-modelled') return end;
  // A datagram that nobody answers is not answered here either.
  if (end.kind !== 'delivered' && socket.protocol === 'UDP') return end;
  const accepted = end.kind === 'delivered';
  return travelBack(journey, origin, message.packet, arrival, place, { accepted, status: accepted ? end.httpStatus : undefined }) ?? end;
}

type Delivered = Extract<TraceEnd, { readonly kind: 'delivered' }>;

interface Serving {
  readonly place: Place;
  /** Index of the step in which the program took the connection. */
  readonly step: number;
  readonly listener: ListenSpec | undefined;
  readonly request?: HttpRequest;
  readonly proxies: number;
}

/** What the program that took the connection does: it answers, or asks another one as an L7 proxy does. */
function serve(
  journey: Journey,
  { packet }: Delivery,
  { place, step, listener, request, proxies }: Serving,
): Delivered | Extract<TraceEnd, { readonly kind: 'not-modelled' }> {
  const own: Delivered = { kind: 'delivered', step, to: place, sourceSeen: packet.source };
  const isEncrypted = listener?.tls === true;
  // nginx and Go's server say the same to a request in the clear.
  if (request?.scheme === 'http' && isEncrypted) return { ...own, httpStatus: 400 };
  if (request?.scheme === 'https' && !isEncrypted) return notModelled(`TLS to port ${packet.destinationPort}, which speaks none`);
  const key = place.kind === 'pod' ? `${place.namespace}/${place.name}` : '';
  const proxy = request === undefined ? undefined : journey.network.proxies.get(key);
  if (request === undefined || proxy === undefined || listener?.http === undefined)
    return listener?.http === undefined ? own : { ...own, httpStatus: listener.http };
  if (proxies >= mostProxies) return notModelled('a request that goes from proxy to proxy in circles');
  const origin = originOfPod(journey.network, key);
  if (origin === undefined) return notModelled(`there is no Pod ${key}`);
  return proxyRequest(journey, proxy, { place, step, client: packet, request }, (peer, forwarded, send) =>
    dial(journey, origin, peer, forwarded, send, proxies + 1),
  );
}

/** A proxy opens a connection of its own. */
function dial(
  journey: Journey,
  origin: Origin,
  { address, port }: Peer,
  request: HttpRequest,
  send: 'l7-connect' | 'l7-next-endpoint',
  proxies: number,
): TraceEnd {
  const { network, recorder } = journey;
  const source = sourceFor(network, origin.departure, address);
  const packet = newPacket(journey, { protocol: 'TCP', source, destination: address, mark: 0 }, port);
  recorder.leg = 'out';
  const why = reason(send, { address, port, source: request.headers['x-forwarded-for'] });
  recorder.add({ kind: 'send', place: origin.place, after: packet, reason: why });
  return exchange(journey, origin, { packet, request }, proxies);
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
  { accepted, status }: { readonly accepted: boolean; readonly status?: number | undefined },
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

/** A Pod as a sender; one in its node's network sends as a process of the node. */
export function originOfPod(network: Network, key: string): Origin | undefined {
  const pod = network.pods.get(key);
  const node = pod === undefined ? undefined : network.nodes.get(pod.node);
  if (pod === undefined || node === undefined) return undefined;
  return { place: podPlace(pod), departure: pod.hostNetwork ? { kind: 'process', node } : { kind: 'pod', pod } };
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

/** The socket of a relaying process that a packet is for. */
function relayFor({ rules }: NetworkNode, { protocol, destinationPort }: Packet): RelaySocket | undefined {
  if (rules?.backend !== 'userspace') return undefined;
  return rules.relays.find((socket) => socket.port === destinationPort && socket.protocol === protocol);
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
export function sourceFor(network: Network, departure: Departure, destination: IPv4): IPv4 {
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

export function outsidePlace(host: OutsideHostSpec): Place {
  return { kind: 'outside', name: host.name };
}

export function notModelled(what: string): Extract<TraceEnd, { readonly kind: 'not-modelled' }> {
  return { kind: 'not-modelled', what: [what] };
}
