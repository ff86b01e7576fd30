import type { StepKind, Trace } from '#engine';
import type { SpreadCheck } from '../lab.ts';
import { resolveTarget } from '../target.ts';
import { type CheckContext, type CheckRun, evidenceOf, notModelledIn } from './check-result.ts';
import { podsWithLabels } from './pods.ts';
import { send } from './send.ts';

/**
 * The platform spreads connections over the Pods. Bounds are to be at least four standard deviations from the even share, so that a right
 * answer does not fail by chance (`lab-file.ts` refuses narrower ones). A client that picks a Pod itself, from several addresses of a name,
 * is not the platform: such traces pick no endpoint by a rule.
 */
export function* runSpread(check: SpreadCheck, { snapshot, seed }: CheckContext): CheckRun {
  const pods = podsWithLabels(snapshot, check.over);
  const traces = yield* send(snapshot, resolveTarget(snapshot, check.from, check.to), check.times, seed);
  const counts = new Map<string, number>(pods.map((pod) => [pod.metadata.name, 0]));
  for (const { end, steps } of traces) {
    if (end.kind !== 'delivered' || end.to.kind !== 'pod' || !steps.some((step) => step.kind === 'nat.dnat')) continue;
    const count = counts.get(end.to.name);
    if (count !== undefined) counts.set(end.to.name, count + 1);
  }
  const tallies = [...counts].map(([label, got]) => ({ label, got, of: check.times }));
  const notModelled = notModelledIn(traces);
  const even = tallies.length > 0 && tallies.every(({ got, of }) => got >= check.least * of && got <= check.most * of);
  const shown = traces.find((one) => one.end.kind !== 'delivered') ?? traces[0];
  // Where the Pod was chosen: by a rule, or already by the name's answer.
  const evidence = shown === undefined ? undefined : evidenceOf(shown, shown.end.kind === 'delivered' ? choosing(shown) : []);
  return {
    state: notModelled.length > 0 ? 'not-modelled' : even ? 'pass' : 'fail',
    tallies,
    notModelled,
    ...(evidence === undefined ? {} : { evidence }),
  };
}

function choosing({ steps }: Trace): readonly StepKind[] {
  return steps.some(({ kind }) => kind === 'lb.pick') ? ['lb.pick'] : ['dns.answer'];
}
