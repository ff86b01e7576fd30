import type { Diagnostic, Probe, StepReason, Trace } from '#engine';

/** `error`: the grader itself failed, nobody's answer is wrong. `not-modelled`: the answer uses what the simulator does not know. */
export type GradeState = 'pass' | 'fail' | 'error' | 'not-modelled';

/** `waiting`: the check was not run, because the one it waits for has not passed. */
export type CheckState = GradeState | 'waiting';

/** One counted observation: `got` of `of` requests did what the check wants. */
export interface Tally {
  /** Who or where: a sender, a Pod, an address. */
  readonly label: string;
  readonly got: number;
  readonly of: number;
}

/** The trace step that decided a check, so that a report can show it and a page can open it. */
export interface Evidence {
  readonly probe: Probe;
  readonly seed: number;
  readonly end: Trace['end'];
  /** 1-based step of the trace, as the trace table numbers it. */
  readonly step: number;
  /** Why that step went as it did. */
  readonly reason: StepReason;
  /** The deciding rule as printed, and its chain, when a rule decided. */
  readonly rule?: string;
  readonly chain?: string;
}

export interface CheckReport {
  readonly id: string;
  readonly title: string;
  readonly state: CheckState;
  readonly points: number;
  /** For state `waiting`: the id of the check that has to pass first. */
  readonly waitsFor?: string;
  readonly tallies: readonly Tally[];
  /** The value looked at when there is one, e.g. the cluster IP. */
  readonly observed?: string;
  readonly evidence?: Evidence;
  readonly notModelled: readonly string[];
}

/** One pass over all checks; `shake` is absent for the first. */
export interface RunReport {
  readonly shake?: string;
  readonly checks: readonly CheckReport[];
}

/**
 * The result of grading one submission. Made of the submission alone: the same file gives the same bytes in a browser and on the command line
 * (`serializeReport`), so it holds no time, no path and no machine.
 */
export interface GradeReport {
  readonly format: 1;
  readonly lab: { readonly id: string; readonly version: number };
  readonly state: GradeState;
  /** 0 to 100, hints taken off. */
  readonly score: number;
  /** Hints that were opened, no more than the lab has, and the points they cost. */
  readonly hintsUsed: number;
  readonly hintCost: number;
  readonly runs: readonly RunReport[];
  readonly misconception?: { readonly id: string; readonly belief: string; readonly feedback: string; readonly check: string };
  /** What Kubernetes and we said of the submitted files. */
  readonly diagnostics: readonly Diagnostic[];
  /** For state `error`: what went wrong, for the instructor. */
  readonly problem?: string;
}

/** The report's one text form: two blanks of indentation, keys in the order above, a closing newline. */
export function serializeReport(report: GradeReport): string {
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
