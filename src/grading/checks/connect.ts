import { advance, disturb, type Snapshot, type Trace } from '#engine';
import type { ConnectCheck, Disturbance } from '../lab.ts';
import type { Tally } from '../report.ts';
import { resolveTarget } from '../target.ts';
import { type CheckContext, type CheckRun, evidenceOf, notModelledIn } from './check-result.ts';
import { podsWithLabels } from './pods.ts';
import { isServed, send } from './send.ts';

/** Every sender reaches the target, `times` out of `times`. */
export function* runConnect(check: ConnectCheck, { snapshot, seed }: CheckContext): CheckRun {
  const cluster = check.during === undefined ? snapshot : disturbed(snapshot, check.during);
  if (check.during !== undefined) yield { sent: 0, of: check.times };
  const all: Trace[] = [];
  const tallies: Tally[] = [];
  for (const from of check.from) {
    const traces = yield* send(cluster, resolveTarget(cluster, from, check.to), check.times, seed);
    all.push(...traces);
    tallies.push({ label: from, got: traces.filter(isServed).length, of: check.times });
  }
  const notModelled = notModelledIn(all);
  const state = notModelled.length > 0 ? 'not-modelled' : tallies.every(({ got, of }) => got === of) ? 'pass' : 'fail';
  const shown = all.find((one) => !isServed(one)) ?? all[0];
  const evidence = shown === undefined ? undefined : evidenceOf(shown);
  return { state, tallies, notModelled, ...(evidence === undefined ? {} : { evidence }) };
}

function disturbed(snapshot: Snapshot, disturbance: Disturbance): Snapshot {
  const pod = podsWithLabels(snapshot, disturbance.readinessFails)[0];
  if (pod === undefined) return snapshot;
  const failing = disturb(snapshot, { kind: 'readiness-fails', namespace: pod.metadata.namespace ?? 'default', name: pod.metadata.name });
  return advance(failing, disturbance.afterSeconds * 1000);
}
