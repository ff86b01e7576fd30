import type { Snapshot, Trace } from '#engine';
import type { Evidence, GradeState, Tally } from '../report.ts';

/** What a check finds out; `grade` adds the check's own words and points. */
export interface CheckResult {
  readonly state: Exclude<GradeState, 'error'>;
  readonly tallies: readonly Tally[];
  readonly observed?: string;
  readonly evidence?: Evidence;
  readonly notModelled: readonly string[];
}

/** What a check runs on. `seed` makes its random choices; each check gets its own. */
export interface CheckContext {
  readonly snapshot: Snapshot;
  readonly seed: number;
}

/** Points at the step that decided a trace. `undefined` for traces that end without one. */
export function evidenceOf(trace: Trace): Evidence | undefined {
  if (trace.end.kind === 'not-modelled') return undefined;
  const rule = trace.steps[trace.end.step]?.rule?.text;
  return { probe: trace.probe, seed: trace.seed ?? 0, end: trace.end, step: trace.end.step + 1, ...(rule === undefined ? {} : { rule }) };
}

/** All that the traces said they do not model, each once. */
export function notModelledIn(traces: readonly Trace[]): readonly string[] {
  return [...new Set(traces.flatMap((trace) => (trace.end.kind === 'not-modelled' ? trace.end.what : [])))];
}
