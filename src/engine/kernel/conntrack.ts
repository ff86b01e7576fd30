import type { IPv4 } from '../api/ipv4.ts';
import type { PacketProtocol } from '../api/protocol.ts';
import { answerTo, type Packet } from './packet.ts';

/**
 * One connection as conntrack keeps it: the packet as first seen, and the answer that will be recognised. Where the two
 * are not each other's mirror image, addresses were translated. Marks are 0 in both.
 */
export interface Connection {
  readonly original: Packet;
  readonly reply: Packet;
  /** Whether an answer has been seen. */
  readonly replied: boolean;
  /** Milliseconds of the cluster's clock at which the entry is forgotten. */
  readonly expires: number;
}

export type Direction = 'original' | 'reply';

/** All connections one host knows. Immutable. */
export interface ConntrackTable {
  find(packet: Packet, now: number): { readonly connection: Connection; readonly direction: Direction } | undefined;
  /** Whether an answer of this header would be taken for another connection's. */
  isTaken(reply: Packet, now: number): boolean;
  keep(connection: Connection): ConntrackTable;
  list(): readonly Connection[];
}

/**
 * How long an entry outlives its last packet, in milliseconds: before and after the first answer.
 *
 * @models yes conntrack timeouts: Linux' `nf_conntrack_*_timeout` defaults for new and established flows; TCP's closing states are left out.
 */
const timeouts: Readonly<Record<PacketProtocol, { readonly fresh: number; readonly replied: number }>> = {
  TCP: { fresh: 120_000, replied: 86_400_000 },
  UDP: { fresh: 30_000, replied: 120_000 },
  SCTP: { fresh: 3_000, replied: 210_000 },
  ICMP: { fresh: 30_000, replied: 30_000 },
};

export function expiry(protocol: PacketProtocol, replied: boolean, now: number): number {
  return now + timeouts[protocol][replied ? 'replied' : 'fresh'];
}

/** A connection nobody has translated. */
export function plainConnection(packet: Packet, now: number): Connection {
  const original = unmarked(packet);
  return { original, reply: answerTo(original), replied: false, expires: expiry(packet.protocol, false, now) };
}

/** The connection, with its packets sent on to another address from now on. */
export function withDestination(connection: Connection, address: IPv4, port: number | undefined): Connection {
  const reply = { ...connection.reply, source: address, ...(port === undefined ? {} : { sourcePort: port }) };
  return { ...connection, reply };
}

/** The connection, with its packets sent on from another address from now on. */
export function withSource(connection: Connection, address: IPv4, port: number | undefined): Connection {
  const reply = { ...connection.reply, destination: address, ...(port === undefined ? {} : { destinationPort: port }) };
  return { ...connection, reply };
}

export function isDestinationTranslated({ original, reply }: Connection): boolean {
  return reply.source !== original.destination || reply.sourcePort !== original.destinationPort;
}

export function isSourceTranslated({ original, reply }: Connection): boolean {
  return reply.destination !== original.source || reply.destinationPort !== original.sourcePort;
}

export const noConnections: ConntrackTable = tableOf(new Map());

function unmarked(packet: Packet): Packet {
  return packet.mark === 0 ? packet : { ...packet, mark: 0 };
}

function keyOf({ protocol, source, sourcePort, destination, destinationPort }: Packet): string {
  return `${protocol} ${source} ${sourcePort} ${destination} ${destinationPort}`;
}

function tableOf(byTuple: ReadonlyMap<string, { readonly connection: Connection; readonly direction: Direction }>): ConntrackTable {
  function find(packet: Packet, now: number) {
    const found = byTuple.get(keyOf(packet));
    return found !== undefined && found.connection.expires > now ? found : undefined;
  }
  return {
    find,
    isTaken: (reply, now) => find(reply, now) !== undefined,
    keep(connection) {
      const next = new Map(byTuple);
      next.set(keyOf(connection.original), { connection, direction: 'original' });
      // A connection of a host with itself can be its own mirror image; then the way out is the one to know.
      if (!sameKey(connection)) next.set(keyOf(connection.reply), { connection, direction: 'reply' });
      return tableOf(next);
    },
    list: () => [...byTuple.values()].filter((entry) => entry.direction === 'original').map((entry) => entry.connection),
  };
}

function sameKey({ original, reply }: Connection): boolean {
  return keyOf(original) === keyOf(reply);
}
