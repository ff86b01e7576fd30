import type { IPv4 } from '../api/ipv4.ts';
import type { Sender, Step } from './trace.ts';

/** A step as a resolver knows it: numbers and rules are the trace's matter. `leg` is `dns`. */
export type NameStep = Omit<Step, 'index' | 'passed' | 'walked' | 'leg'>;

/** What asking for a name came to. `address` is absent exactly when `failure` is given. */
export type NameResolution = { readonly steps: readonly NameStep[] } & (
  | { readonly address: IPv4; readonly failure?: undefined }
  | { readonly address?: undefined; readonly failure: 'NXDOMAIN' | 'NODATA' | 'SERVFAIL' }
);

/**
 * Turns a name into an address as the sender's own resolver would: search list, ndots, cluster DNS or the world's. `pick`
 * chooses among several addresses of one answer and says how many there were; a resolver must take the one it returns.
 */
export type NameResolver = (sender: Sender, name: string, pick: (count: number) => number) => NameResolution;
