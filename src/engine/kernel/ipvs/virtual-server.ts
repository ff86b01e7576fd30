import type { IPv4 } from '../../api/ipv4.ts';
import type { PacketProtocol, Protocol } from '../../api/protocol.ts';
import type { FieldOrigin } from '../../diagnostics/diagnostic.ts';

export interface RealServer {
  readonly address: IPv4;
  readonly port: number;
  readonly weight: number;
  readonly origins: readonly FieldOrigin[];
}

/** One address and port that IPVS answers for, and who is behind it. */
export interface VirtualServer {
  readonly address: IPv4;
  readonly port: number;
  readonly protocol: Protocol;
  /** As `ipvsadm -s` names it. */
  readonly scheduler: string;
  /** Seconds a client keeps its real server; 0: every connection is scheduled anew. */
  readonly persistentSeconds: number;
  /** Whether the scheduler's hash takes in the client's port too (`mh`). */
  readonly hashesSourcePort: boolean;
  readonly realServers: readonly RealServer[];
  /** Whether the address is a node's own and the port a node port. */
  readonly isNodePort: boolean;
  readonly origins: readonly FieldOrigin[];
}

/** Numbers of `struct ip_vs_service_user.flags`. */
const persistentFlag = 1;
const sourceHashFlag = 0x10;

export function flagsOf({ persistentSeconds, hashesSourcePort }: VirtualServer): number {
  return (persistentSeconds > 0 ? persistentFlag : 0) + (hashesSourcePort ? sourceHashFlag : 0);
}

/** `10.96.0.10:80/TCP`: no two virtual servers share it. */
export function virtualServerKey(address: IPv4, port: number | undefined, protocol: PacketProtocol): string {
  return `${address}:${port}/${protocol}`;
}

const indexes = new WeakMap<readonly VirtualServer[], ReadonlyMap<string, number>>();

/** Position of the virtual server a packet is for, or -1. A hash look-up in the kernel too: their number does not matter. */
export function findVirtualServer(servers: readonly VirtualServer[], key: string): number {
  let index = indexes.get(servers);
  if (index === undefined) {
    index = new Map(servers.map(({ address, port, protocol }, position) => [virtualServerKey(address, port, protocol), position]));
    indexes.set(servers, index);
  }
  return index.get(key) ?? -1;
}
