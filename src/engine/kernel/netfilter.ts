import type { IPv4 } from '../api/ipv4.ts';
import type { Chooser } from './chance.ts';
import {
  type Connection,
  type Direction,
  expiry,
  isDestinationTranslated,
  isSourceTranslated,
  plainConnection,
  withDestination,
  withSource,
} from './conntrack.ts';
import type { Hook } from './hook.ts';
import type { KernelState } from './kernel-state.ts';
import { type NodeRules, runStage, stagesAt } from './node-rules.ts';
import { answerTo, type Packet, sameFlow } from './packet.ts';
import type { Stage, StageOutcome, TrackingState, Verdict } from './stage.ts';

/** A packet on one host, with the connection it belongs to there. */
export interface TrackedPacket {
  readonly packet: Packet;
  readonly connection: Connection;
  readonly direction: Direction;
  readonly tracking: TrackingState;
  /** Whether the connection was known before this packet; its translations are then settled and no nat rule is asked. */
  readonly known: boolean;
  /** For a new connection: whether its destination, its source have been settled on the way so far. */
  readonly settled: Readonly<Record<Side, boolean>>;
}

type Side = 'destination' | 'source';

/** Which end of a packet a hook may rewrite: before routing the destination, after it the source. */
const sideOf: Readonly<Record<Hook, Side | undefined>> = {
  prerouting: 'destination',
  output: 'destination',
  forward: undefined,
  input: 'source',
  postrouting: 'source',
};

export interface HookInput {
  readonly rules: NodeRules;
  readonly hook: Hook;
  readonly tracked: TrackedPacket;
  readonly state: KernelState;
  readonly isLocal: (address: IPv4) => boolean;
  /** Address a redirected packet gets: that of the device it came by. Absent: that device has none. */
  readonly redirectAddress?: IPv4 | undefined;
  /** Whether the packet came in by a port of a bridge. */
  readonly fromBridge?: boolean;
  /** Address a masqueraded packet gets: that of the device it leaves by. */
  readonly masqueradeAddress: IPv4;
  readonly chooser: Chooser;
  readonly now: number;
}

/** One stage that was run, with the packet before it and after the translation that follows it. */
export interface StageRun {
  readonly stage: Stage;
  readonly before: Packet;
  readonly after: Packet;
  readonly outcome: StageOutcome;
}

export interface HookOutcome {
  readonly verdict: Extract<Verdict, { kind: 'accept' | 'drop' | 'reject' }>;
  readonly tracked: TrackedPacket;
  readonly state: KernelState;
  readonly runs: readonly StageRun[];
}

/** Looks up which connection a packet that has just come to this host belongs to. */
export function track(state: KernelState, packet: Packet, now: number): TrackedPacket {
  const found = state.conntrack.find(packet, now);
  if (found === undefined) {
    const connection = plainConnection(packet, now);
    return {
      packet,
      connection,
      direction: 'original',
      tracking: 'new',
      known: false,
      settled: { destination: false, source: false },
    };
  }
  const { direction } = found;
  const replied = found.connection.replied || direction === 'reply';
  return {
    packet,
    connection: { ...found.connection, replied, expires: expiry(packet.protocol, replied, now) },
    direction,
    tracking: replied ? 'established' : 'new',
    known: true,
    settled: { destination: true, source: true },
  };
}

/**
 * Shows a packet to the rules of one hook. Stages run in order until one drops or rejects. Only the first packet of a
 * connection is shown to nat rules; what they decide is kept in the connection and done to every packet, the answers' in reverse.
 *
 * Models: Linux net/netfilter nf_hook_slow, nf_nat_inet_fn and nf_nat_packet.
 *
 * @models yes netfilter hooks: prerouting, input, forward, output, postrouting with mangle, nat and filter priorities.
 * @models yes connection tracking: new and established packets, DNAT and SNAT undone in answers; related and invalid packets never arise.
 */
export function runHook(input: HookInput): HookOutcome {
  const { rules, hook } = input;
  const side = sideOf[hook];
  const runs: StageRun[] = [];
  let { tracked, state } = input;
  let translated = false;
  for (const stage of stagesAt(rules, hook)) {
    if (stage.kind === 'nat' && (side === undefined || tracked.settled[side])) continue;
    if (stage.kind === 'ipvs' && (tracked.known || isDestinationTranslated(tracked.connection))) continue;
    const before = tracked.packet;
    const outcome = runStage(rules, stage, {
      hook,
      packet: before,
      tracking: tracked.tracking,
      destinationTranslated: isDestinationTranslated(tracked.connection),
      original: tracked.connection.original,
      isLocal: input.isLocal,
      ...(input.fromBridge === undefined ? {} : { fromBridge: input.fromBridge }),
      chooser: input.chooser,
      state,
      now: input.now,
    });
    state = outcome.state;
    if (outcome.mark !== before.mark) tracked = { ...tracked, packet: { ...before, mark: outcome.mark } };
    if (stage.kind === 'nat' && side !== undefined) {
      tracked = translate(settle(tracked, side, outcome.verdict, input, state), side);
      translated = true;
    }
    if (stage.kind === 'ipvs') tracked = translate(settle(tracked, 'destination', outcome.verdict, input, state), 'destination');
    runs.push({ stage, before, after: tracked.packet, outcome });
    const verdict = possible(outcome.verdict, input);
    if (verdict.kind === 'drop' || verdict.kind === 'reject') return { verdict, tracked, state, runs };
    // IPVS takes the packet out of `input` and sends it on; the rest of the hook never sees it.
    if (stage.kind === 'ipvs' && hook === 'input' && !input.isLocal(tracked.packet.destination)) break;
  }
  if (side !== undefined && !translated) tracked = translate(tracked, side);
  return { verdict: { kind: 'accept' }, tracked, state, runs };
}

/** Keeps the packet's connection, as the kernel does when a packet has passed its last hook on a host. */
export function confirm(state: KernelState, tracked: TrackedPacket): KernelState {
  return { ...state, conntrack: state.conntrack.keep(tracked.connection) };
}

/**
 * Masquerades a new connection that no rule of the proxy has, as the network plug-in's own rules do for what leaves the Pod network.
 *
 * @models partly the network plug-in's masquerade: its effect, without its own chain in the printed rules.
 */
export function masquerade(tracked: TrackedPacket, address: IPv4): TrackedPacket {
  if (tracked.known || isSourceTranslated(tracked.connection)) return tracked;
  const connection = withSource(tracked.connection, address, tracked.connection.original.sourcePort);
  return translate({ ...tracked, connection }, 'source');
}

/**
 * A packet cannot be redirected where the device it came by has no address: it is dropped.
 *
 * Models: Linux net/netfilter/nf_nat_redirect.c nf_nat_redirect_ipv4.
 */
function possible(verdict: Verdict, { redirectAddress }: HookInput): Verdict {
  return verdict.kind === 'redirect' && redirectAddress === undefined ? { kind: 'drop' } : verdict;
}

function settle(tracked: TrackedPacket, side: Side, verdict: Verdict, input: HookInput, state: KernelState): TrackedPacket {
  return {
    ...tracked,
    connection: settledConnection(tracked.connection, verdict, input, state),
    settled: { ...tracked.settled, [side]: true },
  };
}

function settledConnection(connection: Connection, verdict: Verdict, input: HookInput, state: KernelState): Connection {
  if (verdict.kind === 'dnat') return freePort(withDestination(connection, verdict.address, verdict.port), input, state);
  if (verdict.kind === 'redirect') {
    const { redirectAddress } = input;
    return redirectAddress === undefined ? connection : freePort(withDestination(connection, redirectAddress, verdict.port), input, state);
  }
  if (verdict.kind !== 'masquerade') return connection;
  const port = connection.original.sourcePort;
  const wanted = port === undefined || !verdict.randomPort ? port : input.chooser.ephemeralPort();
  return freePort(withSource(connection, input.masqueradeAddress, wanted), input, state);
}

/** Two connections must not have the same answer: then the source port is changed as well, rule or no rule. */
function freePort(connection: Connection, input: HookInput, state: KernelState): Connection {
  let free = connection;
  while (free.reply.destinationPort !== undefined && state.conntrack.isTaken(free.reply, input.now)) {
    free = withSource(free, free.reply.destination, input.chooser.ephemeralPort());
  }
  return free;
}

/** Does to one end of a packet what its connection says. */
function translate(tracked: TrackedPacket, side: Side): TrackedPacket {
  const { packet, connection, direction } = tracked;
  const target = answerTo(direction === 'original' ? connection.reply : connection.original);
  const portOf = (port: number | undefined, key: 'sourcePort' | 'destinationPort') => (port === undefined ? {} : { [key]: port });
  const after =
    side === 'destination'
      ? { ...packet, destination: target.destination, ...portOf(target.destinationPort, 'destinationPort') }
      : { ...packet, source: target.source, ...portOf(target.sourcePort, 'sourcePort') };
  return sameFlow(packet, after) ? tracked : { ...tracked, packet: after };
}
