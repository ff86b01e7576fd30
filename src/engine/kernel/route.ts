import type { IPv4 } from '../api/ipv4.ts';

/**
 * Where a host sends a packet next. `text` is the entry of its routing table as `ip route` prints it, `source` the
 * address of the device the packet leaves by: a process that has not chosen one sends from it, and masquerading uses it.
 */
export interface Route<Target> {
  readonly target: Target;
  readonly text: string;
  readonly source: IPv4;
}
