import { connectionSeed, connector, enumerate, type Probe, type Snapshot, type Trace } from '#engine';
import type { CheckProgress } from './check-result.ts';

/** Requests between two moments in which a page may breathe; a few milliseconds of work. */
const requestsPerStep = 20;

/**
 * Sends `times` connections, each with its own seed; with session affinity the first one decides for all. No probe, because its target does
 * not exist, sends nothing.
 */
export function* send(
  snapshot: Snapshot,
  probe: Probe | undefined,
  times: number,
  seed: number,
): Generator<CheckProgress, readonly Trace[]> {
  if (probe === undefined) return [];
  const { sticky } = enumerate(snapshot, probe);
  const connect = connector(snapshot, probe);
  const traces: Trace[] = [];
  for (let index = 0; index < times; index += 1) {
    if (index % requestsPerStep === 0) yield { sent: index, of: times };
    traces.push(connect(sticky ? seed : connectionSeed(seed, index)));
  }
  return traces;
}

/** A Pod or an outside host accepted, and did not answer with an HTTP error. */
export function isServed({ end }: Trace): boolean {
  return end.kind === 'delivered' && (end.httpStatus ?? 200) < 400;
}
