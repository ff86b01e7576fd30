import { type Diagnostic, type Snapshot, simulate } from '#engine';
import { runCheck } from './checks/index.ts';
import type { Check, Lab, Misconception } from './lab.ts';
import type { CheckReport, GradeReport, GradeState, RunReport } from './report.ts';
import { type Ground, shakeGround } from './shake.ts';
import type { Submission } from './submission.ts';

/**
 * Grades one answer: every check on fresh ground, then, when all pass, again on each shaken ground. Pure and deterministic; never throws: what
 * goes wrong inside becomes state `error`, which is nobody's wrong answer.
 */
export function grade(lab: Lab, submission: Submission): GradeReport {
  try {
    return gradeOrThrow(lab, submission);
  } catch (error) {
    return { ...emptyReport(lab, submission), state: 'error', problem: error instanceof Error ? error.message : String(error) };
  }
}

function gradeOrThrow(lab: Lab, submission: Submission): GradeReport {
  if (lab.checks.length === 0) throw new TypeError(`lab ${lab.id} has no checks`);
  const unknown = Object.keys(submission.files).find((name) => !lab.files.some((file) => file.editable && file.name === name));
  if (submission.lab.id !== lab.id) return problem(lab, submission, `This submission is for ${submission.lab.id}, not for ${lab.id}.`);
  if (submission.lab.version > lab.version)
    return problem(
      lab,
      submission,
      `This submission is for version ${submission.lab.version} of ${lab.id}; this is version ${lab.version}.`,
    );
  if (unknown !== undefined) return problem(lab, submission, `${lab.id} has no editable file "${unknown}".`);

  const first: Ground = { cluster: lab.cluster, seed: lab.seed };
  const { snapshot, diagnostics } = runAnswer(lab, submission, first);
  const runs: RunReport[] = [{ checks: runChecks(lab.checks, snapshot, first.seed) }];
  if (stateOf(runs) === 'pass') {
    for (const shake of lab.shakes) {
      const ground = shakeGround(first, shake);
      runs.push({ shake, checks: runChecks(lab.checks, runAnswer(lab, submission, ground).snapshot, ground.seed) });
    }
  }
  const state = stateOf(runs);
  const misconception = state === 'fail' ? lab.misconceptions.find((candidate) => shows(candidate, snapshot, runs)) : undefined;
  const hintCost = hintCostOf(lab, submission);
  return {
    ...emptyReport(lab, submission),
    state,
    score: Math.max(0, earned(lab.checks, runs) - hintCost),
    runs,
    diagnostics,
    ...(misconception === undefined
      ? {}
      : {
          misconception: {
            id: misconception.id,
            belief: misconception.belief,
            feedback: misconception.feedback,
            check: misconception.check,
          },
        }),
  };
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

function runChecks(checks: readonly Check[], snapshot: Snapshot, seed: number): readonly CheckReport[] {
  return checks.map((check, index) => {
    const result = runCheck(check, { snapshot, seed: seed + index * 1000 });
    return { id: check.id, title: check.title, points: check.points, ...result };
  });
}

/** A fail outweighs what is not known: it is certain already. */
function stateOf(runs: readonly RunReport[]): GradeState {
  const states = new Set(runs.flatMap((run) => run.checks.map((check) => check.state)));
  return states.has('fail') ? 'fail' : states.has('not-modelled') ? 'not-modelled' : 'pass';
}

/** A check earns its points when it passes on every ground it was run on. */
function earned(checks: readonly Check[], runs: readonly RunReport[]): number {
  const passed = (id: string): boolean => runs.every((run) => run.checks.find((check) => check.id === id)?.state === 'pass');
  return checks.filter((check) => passed(check.id)).reduce((sum, check) => sum + check.points, 0);
}

function hintCostOf(lab: Lab, submission: Submission): number {
  return lab.hints.slice(0, submission.hintsUsed).reduce((sum, hint) => sum + hint.cost, 0);
}

function shows(misconception: Misconception, snapshot: Snapshot, runs: readonly RunReport[]): boolean {
  const failed = runs.some((run) => run.checks.some((check) => check.id === misconception.check && check.state === 'fail'));
  const when = misconception.when;
  if (!failed || when === undefined) return failed;
  const object = snapshot.store.get(when.kind, 'default', when.name);
  return object !== undefined && valueAt(object, when.path) === when.equals;
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
  return {
    format: 1,
    lab: { id: lab.id, version: lab.version },
    state: 'error',
    score: 0,
    hintCost: hintCostOf(lab, submission),
    runs: [],
    diagnostics: [],
  };
}

function problem(lab: Lab, submission: Submission, text: string): GradeReport {
  return { ...emptyReport(lab, submission), problem: text };
}
