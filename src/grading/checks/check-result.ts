import type { Snapshot, StepKind, Trace } from '#engine';
import type { Evidence, GradeState, Tally } from '../report.ts';

/** What a check finds out; `grade` adds the check's own words and points. */
export interface CheckResult {
  readonly state: Exclude<GradeState, 'error'>;
  readonly tallies: readonly Tally[];
  /** The value looked at when there is one, e.g. the cluster IP. */
  readonly observed?: string;
  readonly evidence?: Evidence;
  readonly notModelled: readonly string[];
}

/** How far a check has come: it stops after some requests each, so that a page may breathe. */
export interface CheckProgress {
  readonly sent: number;
  readonly of: number;
}

/** A check at work; its last word is the result. */
export type CheckRun = Generator<CheckProgress, CheckResult>;

/** What a check runs on. `seed` makes its random choices; each check gets its own. */
export interface CheckContext {
  readonly snapshot: Snapshot;
  readonly seed: number;
}

/**
 * Points at the step that decided a trace: the first of one of the `deciding` kinds, else the one it ended at. `undefined` for traces that
 * end without one.
 */
export function evidenceOf({ probe, seed = 0, end, steps }: Trace, deciding: readonly StepKind[] = []): Evidence | undefined {
  if (end.kind === 'not-modelled') return undefined;
  const step = steps.find(({ kind }) => deciding.includes(kind)) ?? steps[end.step];
  if (step === undefined) return undefined;
  const { index, reason, rule } = step;
  return { probe, seed, end, step: index + 1, reason, ...(rule === undefined ? {} : { rule: rule.text, chain: rule.chain }) };
}

/** All that the traces said they do not model, each once. */
export function notModelledIn(traces: readonly Trace[]): readonly string[] {
  return [...new Set(traces.flatMap((trace) => (trace.end.kind === 'not-modelled' ? trace.end.what : [])))];
}
