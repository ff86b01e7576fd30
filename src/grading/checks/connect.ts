import { advance, connectionSeed, disturb, enumerate, type Snapshot, type Trace, trace } from '#engine';
import type { ConnectCheck, Disturbance } from '../lab.ts';
import { resolveTarget } from '../target.ts';
import { type CheckContext, type CheckResult, evidenceOf, notModelledIn } from './check-result.ts';
import { podsWithLabels } from './pods.ts';

/** Every sender reaches the target, `times` out of `times`. */
export function runConnect(check: ConnectCheck, { snapshot, seed }: CheckContext): CheckResult {
  const cluster = check.during === undefined ? snapshot : disturbed(snapshot, check.during);
  const traces = check.from.map((from) => send(cluster, from, check.to, check.times, seed));
  const tallies = traces.map((sent, index) => ({ label: check.from[index] ?? '', got: sent.filter(isServed).length, of: check.times }));
  const all = traces.flat();
  const failed = all.find((one) => !isServed(one));
  const notModelled = notModelledIn(all);
  const state = notModelled.length > 0 ? 'not-modelled' : tallies.every((tally) => tally.got === tally.of) ? 'pass' : 'fail';
  const evidence = evidenceFor(failed ?? all[0]);
  return { state, tallies, notModelled, ...(evidence === undefined ? {} : { evidence }) };
}

/**
 * Sends `times` connections, each with its own seed; with session affinity the first one decides for all. A target that does not exist sends
 * nothing.
 */
export function send(snapshot: Snapshot, from: string, to: string, times: number, seed: number): readonly Trace[] {
  const probe = resolveTarget(snapshot, from, to);
  if (probe === undefined) return [];
  const { sticky } = enumerate(snapshot, probe);
  return Array.from({ length: times }, (_, index) => trace(snapshot, probe, sticky ? seed : connectionSeed(seed, index)));
}

/** A Pod or an outside host accepted, and did not answer with an HTTP error. */
export function isServed(sent: Trace): boolean {
  return sent.end.kind === 'delivered' && (sent.end.httpStatus ?? 200) < 400;
}

function evidenceFor(sent: Trace | undefined): ReturnType<typeof evidenceOf> {
  return sent === undefined ? undefined : evidenceOf(sent);
}

function disturbed(snapshot: Snapshot, disturbance: Disturbance): Snapshot {
  const pod = podsWithLabels(snapshot, disturbance.readinessFails)[0];
  if (pod === undefined) return snapshot;
  const failing = disturb(snapshot, { kind: 'readiness-fails', namespace: pod.metadata.namespace ?? 'default', name: pod.metadata.name });
  return advance(failing, disturbance.afterSeconds * 1000);
}
