import type { Probe, Sender } from '#engine';
import type { Check, Lab } from '#grading/lab.ts';
import type { CheckReport, CheckState, Evidence, GradeReport, RunReport } from '#grading/report.ts';
import { type OutcomeView, outcomeView } from '#views/outcome.ts';
import { countAsSubject, ordinal } from '#words/counting.ts';
import { fill } from '#words/fill.ts';
import { outcomeDetails, stepReasons } from '#words/ko.ts';
import { labWords } from '#words/lab.ts';

/** One check as its list shows it. */
export interface CheckView {
  readonly id: string;
  readonly title: string;
  readonly state: CheckState | 'none';
  readonly word: string;
  /** What was counted, in figures, or what is waited for. */
  readonly seen?: string;
  readonly why?: FailureView;
}

/** Why a check failed: what was seen, the step that decided, what is often believed. Never the solution. */
export interface FailureView {
  /** What was counted, as a sentence. */
  readonly seen: string;
  readonly step?: DecidingStep;
  readonly paragraphs: readonly string[];
}

/** The step as a sentence: `거절` `4걸음 KUBE-SERVICES`에서 `멈췄습니다.`, and why. */
export interface DecidingStep {
  readonly outcome?: OutcomeView;
  readonly label: string;
  readonly verb: string;
  readonly reason: string;
  /** Absent: the trace belongs to another cluster than the one in sight. */
  readonly request?: EvidenceLink;
}

/** A request to trace again, and the step to look at. */
export interface EvidenceLink {
  readonly probe: Probe;
  readonly seed: number;
  /** Counts from 1. */
  readonly step: number;
  /** The check that asks, from 1. */
  readonly check: number;
}

/** The checks as they stand: before any run, or after the last one. Shaken runs are one line each. */
export function checkViews(lab: Lab, report: GradeReport | undefined): readonly CheckView[] {
  const first = report?.runs[0];
  if (report === undefined || first === undefined) {
    return lab.checks.map(({ id, title }) => ({ id, title, state: 'none', word: labWords.states.none }));
  }
  const own = first.checks.flatMap((result, index) => {
    const check = lab.checks[index];
    return check === undefined ? [] : [checkView(result, check, index, lab, report)];
  });
  return [...own, ...report.runs.slice(1).map((run) => shakeView(run, report))];
}

/** How the last run went, in a few words and a figure: for the bar, and to be said aloud. */
export function standing(report: GradeReport): { readonly word: string; readonly figure: string } {
  const [first, ...shaken] = report.runs;
  const passed = (run: RunReport): boolean => run.checks.every(({ state }) => state === 'pass');
  const checks = first?.checks ?? [];
  const left = checks.filter(({ state }) => state !== 'pass').length;
  const figure = `${checks.length - left}/${checks.length}`;
  if (first === undefined) return { word: labWords.notGraded, figure: '' };
  if (left > 0) return { word: fill(labWords.left, { count: countAsSubject(left) }), figure };
  const shakesLeft = shaken.filter((run) => !passed(run)).length;
  if (shakesLeft === 0) return { word: labWords.allPassed, figure };
  return { word: fill(labWords.shakesLeft, { count: countAsSubject(shakesLeft) }), figure };
}

function checkView(result: CheckReport, check: Check, index: number, lab: Lab, report: GradeReport): CheckView {
  const { id, title, state } = result;
  const seen = seenText(result, check, lab);
  const why = whyOf(result, check, index, report);
  return { id, title, state, word: labWords.states[state], ...(seen === '' ? {} : { seen }), ...(why === undefined ? {} : { why }) };
}

function shakeView(run: RunReport, report: GradeReport): CheckView {
  const failed = run.checks.find((check) => check.state !== 'pass');
  const shake = run.shake ?? '';
  const titles: Readonly<Record<string, string>> = labWords.shakeTitles;
  const state = failed?.state ?? 'pass';
  const passed = run.checks.filter((check) => check.state === 'pass').length;
  return {
    id: shake,
    title: titles[shake] ?? shake,
    state,
    word: labWords.states[state],
    seen: fill(labWords.shakeSeen, { passed, all: run.checks.length }),
    ...(failed === undefined
      ? {}
      : { why: { seen: fill(labWords.onlyShaken, { title: failed.title }), paragraphs: feedback(failed.id, report) } }),
  };
}

function seenText({ state, tallies, observed, waitsFor }: CheckReport, check: Check, lab: Lab): string {
  if (state === 'waiting') return fill(labWords.waitsFor, { ordinal: ordinal(lab.checks.findIndex(({ id }) => id === waitsFor) + 1) });
  const got = tallies.map((tally) => tally.got);
  switch (check.kind) {
    case 'virtual-address':
      return observed ?? labWords.noAddress;
    case 'spread':
      return `${got.join(' · ')} (${Math.ceil(check.least * check.times)}–${Math.floor(check.most * check.times)})`;
    case 'unreachable':
      return fill(labWords.served, { got: sum(got), of: sum(tallies.map((tally) => tally.of)) });
    case 'connect': {
      const seen = tallies.map((tally) => `${tally.got}/${tally.of}`).join(' · ');
      return check.during === undefined ? seen : fill(labWords.afterSeconds, { seconds: check.during.afterSeconds, seen });
    }
  }
}

function whyOf(result: CheckReport, check: Check, index: number, report: GradeReport): FailureView | undefined {
  if (result.state === 'not-modelled')
    return { seen: fill(outcomeDetails['not-modelled'], { what: result.notModelled.join(', ') }), paragraphs: [] };
  if (result.state !== 'fail') return undefined;
  const { evidence } = result;
  const step = evidence && decidingStep(evidence, check, index + 1);
  return { seen: seenSentence(result, check), ...(step === undefined ? {} : { step }), paragraphs: feedback(result.id, report) };
}

function decidingStep(evidence: Evidence, check: Check, number: number): DecidingStep {
  const { probe, seed, step, end, reason, chain } = evidence;
  const arrived = end.kind === 'delivered';
  const name = fill(labWords.step, { step });
  return {
    // A packet that arrived is no failure of its own, whatever the check makes of it.
    ...(arrived ? {} : { outcome: outcomeView(end) }),
    label: chain === undefined || end.kind === 'refused' ? name : `${name} ${shortChain(chain)}`,
    verb: arrived ? (check.kind === 'unreachable' ? labWords.opened : labWords.decided) : labWords.stopped,
    reason: fill(stepReasons[reason.code], reason.args),
    // After a disturbance the cluster is another one: its trace cannot be opened in this one.
    ...(check.kind === 'connect' && check.during !== undefined ? {} : { request: { probe, seed, step, check: number } }),
  };
}

/** `KUBE-SVC-6AXP6HFD3SD6EFW3` → `KUBE-SVC`: its letters are in the trace. */
function shortChain(chain: string): string {
  return chain.replace(/^(KUBE-[A-Z]+)-[A-Z0-9]{16}$/, '$1');
}

function seenSentence({ tallies, evidence, observed }: CheckReport, check: Check): string {
  const got = tallies.map((tally) => tally.got);
  const of = sum(tallies.map((tally) => tally.of));
  switch (check.kind) {
    case 'connect': {
      const lost = of - sum(got);
      return lost === of ? fill(labWords.allLost, { of }) : fill(labWords.someLost, { of, lost });
    }
    case 'spread': {
      if (evidence?.end.kind === 'delivered' && sum(got) === 0) return fill(labWords.noneByRule, { of: check.times });
      return fill(labWords.unevenly, { of: check.times, most: Math.max(0, ...got), least: got.length === 0 ? 0 : Math.min(...got) });
    }
    case 'unreachable': {
      if (evidence === undefined) return '';
      const { from, host, port } = evidence.probe;
      return fill(labWords.servedAt, { sender: senderText(from), target: port === undefined ? host : `${host}:${port}` });
    }
    case 'virtual-address': {
      if (observed === undefined) return fill(labWords.noService, { name: check.service });
      return observed === 'None'
        ? fill(labWords.addressIs, { name: check.service, value: observed })
        : fill(labWords.aliasOf, { name: check.service });
    }
  }
}

function senderText({ kind, name }: Sender): string {
  return fill(labWords.senders[kind], { name });
}

function feedback(check: string, { misconception }: GradeReport): readonly string[] {
  return misconception?.check === check ? [`${fill(labWords.belief, { belief: misconception.belief })} ${misconception.feedback}`] : [];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
