import type { UnreachableCheck } from '../lab.ts';
import { resolveTarget } from '../target.ts';
import { type CheckContext, type CheckResult, evidenceOf, notModelledIn } from './check-result.ts';
import { isServed, send } from './connect.ts';

/**
 * Nobody of `from` is served at any of the targets. The tally counts requests that were served, so `0` is what the check wants. An address or
 * a node port that does not exist is closed, and is counted as not dialled (`of` is 0).
 */
export function runUnreachable(check: UnreachableCheck, { snapshot, seed }: CheckContext): CheckResult {
  const journeys = check.from.flatMap((from) => check.to.map((to) => ({ from, to, traces: send(snapshot, from, to, check.times, seed) })));
  const tallies = journeys.map(({ from, to, traces }) => {
    const host = resolveTarget(snapshot, from, to)?.host ?? to;
    return { label: `${from} → ${host}`, got: traces.filter(isServed).length, of: traces.length };
  });
  const all = journeys.flatMap(({ traces }) => traces);
  const served = all.find(isServed);
  const notModelled = notModelledIn(all);
  const evidence = served === undefined ? undefined : evidenceOf(served);
  // One served request settles it, whatever else the simulator does not know.
  const state = served !== undefined ? 'fail' : notModelled.length > 0 ? 'not-modelled' : 'pass';
  return { state, tallies, notModelled, ...(evidence === undefined ? {} : { evidence }) };
}
