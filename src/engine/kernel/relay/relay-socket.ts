import type { IPv4 } from '../../api/ipv4.ts';
import type { Protocol } from '../../api/protocol.ts';
import type { FieldOrigin } from '../../diagnostics/diagnostic.ts';

/** One of the addresses a relay sends on to. */
export interface RelayTarget {
  readonly address: IPv4;
  readonly port: number;
}

/**
 * A socket of a process that takes every connection itself, opens one of its own to one of several targets, and carries the bytes between the two.
 * It is not the kernel that chooses then.
 */
export interface RelaySocket {
  readonly protocol: Protocol;
  readonly port: number;
  /** What it relays for, as it names it. */
  readonly name: string;
  readonly targets: readonly RelayTarget[];
  /** Seconds for which a client that comes again is sent to the same target; absent: each connection on its own. */
  readonly stickySeconds?: number;
  /** The fields it was opened for. */
  readonly origins: readonly FieldOrigin[];
}

export function targetText({ address, port }: RelayTarget): string {
  return `${address}:${port}`;
}
