import { emptyKernelState } from '../kernel/kernel-state.ts';
import type { Packet } from '../kernel/packet.ts';
import type { RelaySocket, RelayTarget } from '../kernel/relay/relay-socket.ts';
import { nextTarget, type RelayChoice } from '../kernel/relay/relay-state.ts';
import type { Journey } from './journey.ts';
import type { NetworkNode } from './network.ts';
import { reason } from './recorder.ts';
import type { Place, TraceEnd } from './trace.ts';

/** A connection that a relaying process of a node has taken. */
export interface TakenConnection {
  readonly node: NetworkNode;
  readonly place: Place;
  readonly socket: RelaySocket;
  /** The client's packet as the process saw it. */
  readonly client: Packet;
}

/** Opens the process' own connection to a target, and follows it to its end. */
export type DialTarget = (target: RelayTarget, code: 'relay-connect' | 'relay-next') => TraceEnd;

/** How often the process tries, each time for longer: 0.25, 0.5, 1 and 2 seconds. */
const mostTries = 4;

/** Every stretch of bytes goes up from the kernel to the process and down again. */
const crossingsEachWay = 2;

/**
 * The process chooses a target and connects to it; one that does not answer is passed over, and the next one tried. A datagram needs no connection, so
 * nobody notices that it is lost. Where no target answers, the client's connection is closed again: it opened, and ends without a word.
 *
 * Models: kube-proxy pkg/proxy/userspace/proxysocket.go TryConnectEndpoints, v1.25.
 */
export function relayConnection(journey: Journey, { node, place, socket, client }: TakenConnection, dial: DialTarget): TraceEnd {
  const { recorder } = journey;
  const { name, protocol } = socket;
  const met = { place, before: client, after: client, origins: socket.origins };
  recorder.add({ ...met, kind: 'pod.accept', reason: reason('relay-accept', { name, port: socket.port, source: client.source }) });
  recorder.addCrossings(crossingsEachWay);
  let last: TraceEnd | undefined;
  for (let tries = 0; tries < mostTries; tries++) {
    const choice = choose(journey, node, socket, client, tries > 0);
    if (choice === undefined) break;
    const { target, odds, because } = choice;
    const address = `${target.address}:${target.port}`;
    const why =
      because === 'client' ? reason('pick-remembered', { address }) : reason('relay-pick', { count: socket.targets.length, address });
    recorder.add({ ...met, kind: 'lb.pick', odds, reason: why });
    last = dial(target, tries === 0 ? 'relay-connect' : 'relay-next');
    if (last.kind === 'delivered') recorder.addCrossings(crossingsEachWay);
    if (last.kind === 'delivered' || last.kind === 'not-modelled' || protocol === 'UDP') return last;
  }
  if (protocol === 'UDP') {
    const lost = recorder.add({ ...met, kind: 'drop', reason: reason('relay-nobody', { name }) });
    return { kind: 'dropped', step: lost, by: place, cause: 'no-endpoints' };
  }
  const code = last === undefined ? 'relay-nobody' : 'relay-gives-up';
  const given = recorder.add({ ...met, kind: 'reject', reason: reason(code, { name, count: mostTries }) });
  return { kind: 'refused', step: given, by: place };
}

function choose(
  { kernels, chooser, recorder, now }: Journey,
  node: NetworkNode,
  socket: RelaySocket,
  client: Packet,
  forgetsClient: boolean,
): RelayChoice | undefined {
  const state = kernels.get(node.name) ?? emptyKernelState;
  if (socket.stickySeconds !== undefined) recorder.noteMemory();
  const choice = nextTarget(state.relays, { socket, client: client.source, chooser, now, forgetsClient });
  if (choice !== undefined) kernels.set(node.name, { ...state, relays: choice.state });
  return choice;
}
