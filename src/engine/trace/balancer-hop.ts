import { answerTo, type Packet } from '../kernel/packet.ts';
import { balance, type LoadBalancer } from '../load-balancer/load-balancer.ts';
import type { Arrival, Entry, Journey } from './journey.ts';
import { passesFirewall } from './network.ts';
import { reason } from './recorder.ts';
import type { Place } from './trace.ts';

/** The way back through a balancer that rewrote a connection: by the answer's header, the packet it once was. */
export type Translations = Map<string, Packet>;

export function flowText({ protocol, source, sourcePort, destination, destinationPort }: Packet): string {
  return `${protocol} ${source}:${sourcePort ?? ''} ${destination}:${destinationPort ?? ''}`;
}

function placeOf({ kind }: LoadBalancer): Place {
  return { kind: 'network', name: kind === 'cloud' ? 'load-balancer' : 'metallb' };
}

/**
 * A new connection comes to a load balancer: it goes on to a node, or nowhere. A cloud opens the nodes' firewall for its own balancers; before
 * MetalLB, where a node itself answers for the address, the firewall stands as it stands for everything else.
 */
export function passBalancer(journey: Journey, balancer: LoadBalancer, packet: Packet, fromOutside: boolean): Entry | Arrival {
  const { network, recorder, chooser } = journey;
  const place = placeOf(balancer);
  const still = { place, before: packet, after: packet, origins: balancer.origins } as const;
  const { address } = balancer;
  const { protocol, destinationPort: port } = packet;
  const decision = balance(balancer, { protocol, port }, (count) => chooser.pick(count));
  if (decision.kind === 'not-modelled') return decision;
  if (decision.kind === 'not-announced') {
    const step = recorder.add({ ...still, kind: 'route', reason: reason('lb-not-announced', { address }) });
    return { kind: 'lost', step, cause: 'host-unreachable' };
  }
  if (decision.kind === 'no-such-port') {
    const step = recorder.add({ ...still, kind: 'drop', reason: reason('drop-lb-port', { address, port }) });
    return { kind: 'dropped', step, by: place, cause: 'load-balancer' };
  }
  const { node, count, left, desperate, destination, source } = decision;
  const args = { node: node.name, count, address, left: left.join(', ') };
  if (balancer.kind === 'metallb') recorder.add({ ...still, kind: 'route', reason: reason('lb-announced', args) });
  else {
    const code = desperate
      ? 'lb-pick-unhealthy-node'
      : left.length > 0
        ? 'lb-pick-healthy-node'
        : count === 1
          ? 'lb-pick-only-node'
          : 'lb-pick-node';
    recorder.add({ ...still, kind: 'lb.pick', odds: { numerator: 1, denominator: count }, reason: reason(code, args) });
  }
  if (balancer.kind === 'metallb' && fromOutside && !passesFirewall(network.firewall, packet.source, protocol, port)) {
    return stopAtFirewall(journey, packet);
  }
  const sent: Packet =
    destination === undefined
      ? packet
      : { ...packet, ...(source === undefined ? {} : { source }), destination: destination.address, destinationPort: destination.port };
  if (destination !== undefined) {
    const why = reason(source === undefined ? 'lb-to-node-port' : 'lb-to-node-port-from-itself', { ...destination, source });
    recorder.add({ place, before: packet, after: sent, kind: 'nat.dnat', reason: why });
    journey.translations.set(flowText(answerTo(sent)), packet);
  }
  journey.passedBalancer.add(flowText(sent));
  const target = network.nodes.get(node.name);
  if (target === undefined) {
    // The health check has not noticed yet.
    const step = recorder.add({ place, before: sent, after: sent, kind: 'route', reason: reason('lb-node-silent', { node: node.name }) });
    return { kind: 'lost', step, cause: 'no-such-host' };
  }
  return { kind: 'entry', node: target, packet: sent, by: 'device' };
}

/** The firewall in front of the nodes has no rule for this packet. */
export function stopAtFirewall({ recorder }: Journey, packet: Packet): Arrival {
  const by: Place = { kind: 'network', name: 'firewall' };
  const why = reason('drop-firewall', { source: packet.source, port: packet.destinationPort });
  const step = recorder.add({ kind: 'drop', place: by, before: packet, after: packet, reason: why });
  return { kind: 'dropped', step, by, cause: 'firewall' };
}

/** An answer to a connection that a balancer rewrote goes back through it; `undefined` for every other packet. */
export function returnThroughBalancer(journey: Journey, packet: Packet): Entry | Arrival | undefined {
  const { network, recorder, translations } = journey;
  const original = translations.get(flowText(packet));
  if (original === undefined) return undefined;
  const after = answerTo(original);
  const place: Place = { kind: 'network', name: 'load-balancer' };
  const why = reason('lb-reverse', { address: after.source });
  const step = recorder.add({ kind: 'nat.reverse', place, before: packet, after, reason: why });
  const host = network.outsideByAddress.get(after.destination);
  if (host !== undefined) return { kind: 'outside', host, packet: after };
  const node = network.nodesByAddress.get(after.destination);
  return node === undefined ? { kind: 'lost', step, cause: 'no-such-host' } : { kind: 'entry', node, packet: after, by: 'device' };
}
