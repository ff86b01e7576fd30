import type { Trace } from '#engine';
import type { UnreachableCheck } from '../lab.ts';
import type { Tally } from '../report.ts';
import { resolveTarget } from '../target.ts';
import { type CheckContext, type CheckRun, evidenceOf, notModelledIn } from './check-result.ts';
import { isServed, send } from './send.ts';

/**
 * Nobody of `from` is served at any of the targets. The tally counts requests that were served, so `0` is what the check wants. An address or
 * a node port that does not exist is closed, and is counted as not dialled (`of` is 0).
 */
export function* runUnreachable(check: UnreachableCheck, { snapshot, seed }: CheckContext): CheckRun {
  const all: Trace[] = [];
  const tallies: Tally[] = [];
  for (const from of check.from) {
    for (const to of check.to) {
      const probe = resolveTarget(snapshot, from, to);
      const traces = yield* send(snapshot, probe, check.times, seed);
      all.push(...traces);
      tallies.push({ label: `${from} → ${probe?.host ?? to}`, got: traces.filter(isServed).length, of: traces.length });
    }
  }
  const served = all.find(isServed);
  const notModelled = notModelledIn(all);
  // Not where it arrived, but where the way in opened.
  const evidence = served === undefined ? undefined : evidenceOf(served, ['rule.match', 'lb.pick']);
  // One served request settles it, whatever else the simulator does not know.
  const state = served !== undefined ? 'fail' : notModelled.length > 0 ? 'not-modelled' : 'pass';
  return { state, tallies, notModelled, ...(evidence === undefined ? {} : { evidence }) };
}
