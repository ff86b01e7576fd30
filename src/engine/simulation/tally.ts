import type { Enumeration, Trace, TraceEndKind } from '../trace/trace.ts';

/** Who took how many of many connections, beside the chance the rules give each. */
export interface Receiver {
  /** Name of the Pod, node or host. */
  readonly name: string;
  readonly count: number;
  /** From 0 to 1. */
  readonly probability: number;
}

export interface Tally {
  readonly times: number;
  /** By name. Receivers that were possible and never met are there with 0. */
  readonly receivers: readonly Receiver[];
  readonly ends: Readonly<Partial<Record<TraceEndKind, number>>>;
  /** Session affinity: the first connection decided for all. */
  readonly sticky: boolean;
  /** What stopped the counting: the first connection that is not modelled. */
  readonly notModelled?: readonly string[];
}

/**
 * Makes `times` connections, each with a seed of its own, and counts where they end. `connect` traces one connection;
 * `stop` is asked before each and may end the counting early (then `times` says how many were made).
 */
export function tally(
  enumeration: Enumeration,
  connect: (seed: number) => Trace,
  times: number,
  seed: number,
  stop: () => boolean = () => false,
): Tally {
  const counts = new Map<string, { count: number; probability: number }>();
  for (const { probability, trace } of enumeration.possible) {
    if (trace.end.kind === 'delivered') at(counts, trace.end.to.name).probability += probability;
  }
  const ends: Partial<Record<TraceEndKind, number>> = {};
  const { sticky } = enumeration;
  for (let made = 0; made < times; made++) {
    if (stop()) return { times: made, receivers: receiversOf(counts), ends, sticky };
    const { end } = connect(sticky ? seed : connectionSeed(seed, made));
    if (end.kind === 'not-modelled') return { times: made, receivers: receiversOf(counts), ends, sticky, notModelled: end.what };
    ends[end.kind] = (ends[end.kind] ?? 0) + 1;
    if (end.kind === 'delivered') at(counts, end.to.name).count += 1;
  }
  return { times, receivers: receiversOf(counts), ends, sticky };
}

function at(counts: Map<string, { count: number; probability: number }>, name: string): { count: number; probability: number } {
  const found = counts.get(name) ?? { count: 0, probability: 0 };
  counts.set(name, found);
  return found;
}

function receiversOf(counts: ReadonlyMap<string, { readonly count: number; readonly probability: number }>): readonly Receiver[] {
  return [...counts].map(([name, { count, probability }]) => ({ name, count, probability })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The seed of one connection out of many; the first is the seed itself, so that it is the connection a single trace shows. */
export function connectionSeed(seed: number, index: number): number {
  return index === 0 ? seed : (Math.imul(seed ^ 0x5bd1e995, 0x9e3779b1) + Math.imul(index, 0x85ebca6b)) >>> 0;
}
