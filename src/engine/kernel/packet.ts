import type { IPv4 } from '../api/ipv4.ts';
import type { PacketProtocol } from '../api/protocol.ts';

/** A packet's header as far as this course needs it. Immutable. */
export interface Packet {
  readonly protocol: PacketProtocol;
  readonly source: IPv4;
  readonly sourcePort?: number;
  readonly destination: IPv4;
  readonly destinationPort?: number;
  /** The kernel's packet mark (`fwmark`), 0 when unset. */
  readonly mark: number;
}

/** The header of an answer to `packet`: both ends swapped. Marks belong to one packet on one host, so the answer has none. */
export function answerTo(packet: Packet): Packet {
  return {
    protocol: packet.protocol,
    source: packet.destination,
    destination: packet.source,
    ...(packet.destinationPort === undefined ? {} : { sourcePort: packet.destinationPort }),
    ...(packet.sourcePort === undefined ? {} : { destinationPort: packet.sourcePort }),
    mark: 0,
  };
}

/** Whether two packets have the same addresses, ports and protocol; marks do not count. */
export function sameFlow(one: Packet, other: Packet): boolean {
  return (
    one === other ||
    (one.source === other.source &&
      one.destination === other.destination &&
      one.sourcePort === other.sourcePort &&
      one.destinationPort === other.destinationPort &&
      one.protocol === other.protocol)
  );
}
