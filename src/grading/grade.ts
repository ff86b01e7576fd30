import { type Diagnostic, type Pod, type Snapshot, simulate } from '#engine';
import { runCheck } from './checks/index.ts';
import type { Check, Lab, Misconception, Shake } from './lab.ts';
import type { CheckReport, GradeReport, GradeState, RunReport } from './report.ts';
import { type Ground, shakeGround } from './shake.ts';
import type { Submission } from './submission.ts';

/** Where a grading stands: `sent` of `of` requests of a check. */
export interface GradeProgress {
  /** Absent: the first run. */
  readonly shake?: Shake;
  /** Position of the check in the lab, from 0. */
  readonly check: number;
  readonly sent: number;
  readonly of: number;
}

/**
 * Grades one answer: every check on fresh ground, then, when all pass, again on each shaken ground. Pure and deterministic; never throws: what
 * goes wrong inside becomes state `error`, which is nobody's wrong answer.
 */
export function grade(lab: Lab, submission: Submission): GradeReport {
  const steps = gradeSteps(lab, submission);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The same in small steps (a few milliseconds each), so that a page stays awake between them. */
export function* gradeSteps(lab: Lab, submission: Submission): Generator<GradeProgress, GradeReport> {
  try {
    return yield* gradeOrThrow(lab, submission);
  } catch (error) {
    return problem(lab, submission, error instanceof Error ? error.message : String(error));
  }
}

function* gradeOrThrow(lab: Lab, submission: Submission): Generator<GradeProgress, GradeReport> {
  if (lab.checks.length === 0) throw new TypeError(`lab ${lab.id} has no checks`);
  const refusal = refuse(lab, submission);
  if (refusal !== undefined) return problem(lab, submission, refusal);

  const first: Ground = { cluster: lab.cluster, seed: lab.seed };
  const { snapshot, diagnostics } = runAnswer(lab, submission, first);
  const runs: RunReport[] = [{ checks: yield* runChecks(lab.checks, snapshot, first.seed) }];
  if (stateOf(runs) === 'pass') {
    for (const shake of lab.shakes) {
      const shaken = shakenAnswer(lab, submission, { ground: first, snapshot }, shake);
      runs.push({ shake, checks: yield* runChecks(lab.checks, shaken.snapshot, shaken.ground.seed, shake) });
    }
  }
  const state = stateOf(runs);
  const misconception = state === 'fail' ? lab.misconceptions.find((candidate) => shows(candidate, snapshot, runs)) : undefined;
  const base = emptyReport(lab, submission);
  return {
    ...base,
    state,
    score: Math.max(0, earned(lab.checks, runs) - base.hintCost),
    runs,
    ...(misconception === undefined ? {} : { misconception: spoken(misconception) }),
    diagnostics,
  };
}

/** Why a submission cannot be graded here, as one English sentence for the instructor. */
function refuse(lab: Lab, { lab: { id, version }, files }: Submission): string | undefined {
  if (id !== lab.id) return `This submission is for ${id}, not for ${lab.id}.`;
  if (version > lab.version) return `This submission is for version ${version} of ${lab.id}; this is version ${lab.version}.`;
  const unknown = Object.keys(files).find((name) => !lab.files.some((file) => file.editable && file.name === name));
  return unknown === undefined ? undefined : `${lab.id} has no editable file "${unknown}".`;
}

function runAnswer(lab: Lab, submission: Submission, ground: Ground): { snapshot: Snapshot; diagnostics: readonly Diagnostic[] } {
  const files = lab.files.map((file) => ({
    name: file.name,
    text: (file.editable ? ownText(submission.files, file.name) : undefined) ?? file.text,
  }));
  return simulate({ cluster: ground.cluster, files, seed: ground.seed });
}

/** An own property only: a submission is a stranger's JSON, and `constructor` is a name too. */
function ownText(files: Submission['files'], name: string): string | undefined {
  return Object.hasOwn(files, name) ? files[name] : undefined;
}

/** Other grounds to try before a kept address is taken for one that cannot change. */
const shakeAttempts = 5;

/** The answer on shaken ground. Of grounds that shake alike, the first on which no Pod has an address that a Pod had before. */
function shakenAnswer(
  lab: Lab,
  submission: Submission,
  before: { readonly ground: Ground; readonly snapshot: Snapshot },
  shake: Shake,
): { readonly ground: Ground; readonly snapshot: Snapshot } {
  const had = podAddresses(before.snapshot);
  for (let attempt = 0; ; attempt += 1) {
    const ground = shakeGround(before.ground, shake, attempt);
    const { snapshot } = runAnswer(lab, submission, ground);
    const moved = shake !== 'pod-addresses' || podAddresses(snapshot).every((address) => !had.includes(address));
    if (moved || attempt === shakeAttempts - 1) return { ground, snapshot };
  }
}

/** Addresses of Pods that have their own; a Pod in its node's network shares the node's. */
function podAddresses({ store }: Snapshot): readonly string[] {
  return store.list<Pod>('Pod').flatMap(({ spec, status }) => (spec.hostNetwork === true ? [] : (status.podIP ?? [])));
}

function* runChecks(
  checks: readonly Check[],
  snapshot: Snapshot,
  seed: number,
  shake?: Shake,
): Generator<GradeProgress, readonly CheckReport[]> {
  const reports: CheckReport[] = [];
  for (const [index, check] of checks.entries()) {
    const { id, title, points, after } = check;
    if (after !== undefined && reports.find((report) => report.id === after)?.state !== 'pass') {
      reports.push({ id, title, state: 'waiting', points, waitsFor: after, tallies: [], notModelled: [] });
      continue;
    }
    const at = { ...(shake === undefined ? {} : { shake }), check: index };
    // The cluster has just been made anew, or the check before has ended: time to breathe.
    yield { ...at, sent: 0, of: 'times' in check ? check.times : 1 };
    const steps = runCheck(check, { snapshot, seed: seed + index * 1000 });
    for (;;) {
      const step = steps.next();
      if (step.done === true) {
        const { state, ...seen } = step.value;
        reports.push({ id, title, state, points, ...seen });
        break;
      }
      yield { ...at, ...step.value };
    }
  }
  return reports;
}

/** A fail outweighs what is not known: it is certain already. A check waits only for one that has not passed, so it adds nothing. */
function stateOf(runs: readonly RunReport[]): GradeState {
  const states = new Set(runs.flatMap((run) => run.checks.map((check) => check.state)));
  return states.has('fail') ? 'fail' : states.has('not-modelled') ? 'not-modelled' : 'pass';
}

/** A check earns its points when it passes on every ground it was run on. */
function earned(checks: readonly Check[], runs: readonly RunReport[]): number {
  const passed = (id: string): boolean => runs.every((run) => run.checks.find((check) => check.id === id)?.state === 'pass');
  return checks.filter((check) => passed(check.id)).reduce((sum, check) => sum + check.points, 0);
}

function shows(misconception: Misconception, snapshot: Snapshot, runs: readonly RunReport[]): boolean {
  const failed = runs.some((run) => run.checks.some((check) => check.id === misconception.check && check.state === 'fail'));
  const when = misconception.when;
  if (!failed || when === undefined) return failed;
  const object = snapshot.store.get(when.kind, 'default', when.name);
  return object !== undefined && valueAt(object, when.path) === when.equals;
}

function spoken({ id, belief, feedback, check }: Misconception): NonNullable<GradeReport['misconception']> {
  return { id, belief, feedback, check };
}

/** Reads `spec.ports[0].protocol`. */
function valueAt(object: object, path: string): unknown {
  let value: unknown = object;
  for (const key of path.match(/[^.[\]]+/g) ?? []) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

function emptyReport(lab: Lab, submission: Submission): GradeReport {
  const used = lab.hints.slice(0, submission.hintsUsed);
  return {
    format: 1,
    lab: { id: lab.id, version: lab.version },
    state: 'error',
    score: 0,
    hintsUsed: used.length,
    hintCost: used.reduce((sum, hint) => sum + hint.cost, 0),
    runs: [],
    diagnostics: [],
  };
}

function problem(lab: Lab, submission: Submission, text: string): GradeReport {
  return { ...emptyReport(lab, submission), problem: text };
}
