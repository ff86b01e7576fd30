import type { Probe } from '#engine';
import type { Check, Lab } from '#grading/lab.ts';
import type { CheckReport, Evidence, GradeReport, GradeState, RunReport } from '#grading/report.ts';
import { outcomeView } from '#views/outcome.ts';
import { fill } from '#words/fill.ts';
import { labWords } from '#words/lab.ts';

/** One check as its list shows it. */
export interface CheckView {
  readonly id: string;
  readonly title: string;
  readonly state: GradeState | 'none';
  readonly word: string;
  /** What was counted, in figures. */
  readonly seen?: string;
  /** Why it failed: paragraphs, and the request whose trace shows it. */
  readonly why?: { readonly paragraphs: readonly string[]; readonly request?: EvidenceLink };
}

/** A request to trace again, and the step to look at. */
export interface EvidenceLink {
  readonly probe: Probe;
  readonly seed: number;
  /** Counts from 1. */
  readonly step: number;
  readonly label: string;
}

/** The checks as they stand: before any run, or after the last one. Shaken runs are one line each. */
export function checkViews(lab: Lab, report: GradeReport | undefined): readonly CheckView[] {
  const first = report?.runs[0];
  if (report === undefined || first === undefined) {
    return lab.checks.map(({ id, title }) => ({ id, title, state: 'none', word: labWords.states.none }));
  }
  const own = first.checks.map((result, index) => checkView(result, lab.checks[index], report));
  return [...own, ...report.runs.slice(1).map((run) => shakeView(run, report))];
}

function checkView(result: CheckReport, check: Check | undefined, report: GradeReport): CheckView {
  const { id, title, state } = result;
  const seen = seenText(result, check);
  const why = state === 'fail' ? whyFailed(result, check, report) : undefined;
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
    // The request belongs to another ground, so there is no trace of this one to open.
    ...(failed === undefined ? {} : { why: { paragraphs: [failed.title, ...feedback(failed.id, report)] } }),
  };
}

function seenText({ tallies, observed }: CheckReport, check: Check | undefined): string {
  if (check?.kind === 'virtual-address') return observed ?? labWords.noAddress;
  const sent = tallies.filter((tally) => tally.of > 0);
  if (sent.length === 0) return labWords.nothingSent;
  if (check?.kind === 'spread') {
    const bounds = `${Math.ceil(check.least * check.times)}–${Math.floor(check.most * check.times)}`;
    return `${sent.map((tally) => tally.got).join(' · ')} (${bounds})`;
  }
  return sent.map((tally) => `${tally.got}/${tally.of}`).join(' · ');
}

function whyFailed({ id, evidence }: CheckReport, check: Check | undefined, report: GradeReport): NonNullable<CheckView['why']> {
  const paragraphs = [...(evidence === undefined ? [] : [endSentence(evidence)]), ...feedback(id, report)];
  // After a disturbance the cluster is another one: its trace cannot be opened in this one.
  const opens = evidence !== undefined && !(check?.kind === 'connect' && check.during !== undefined);
  return { paragraphs, ...(opens ? { request: { ...evidence, label: fill(labWords.toStep, { step: evidence.step }) } } : {}) };
}

function endSentence({ probe, end }: Evidence): string {
  const sender = probe.from.name;
  if (end.kind === 'delivered') return fill(labWords.servedAt, { sender, host: probe.host });
  const { word, detail } = outcomeView(end);
  return fill(labWords.endedAt, { sender, outcome: word, detail });
}

function feedback(check: string, { misconception }: GradeReport): readonly string[] {
  return misconception?.check === check ? [fill(labWords.belief, { belief: misconception.belief }), misconception.feedback] : [];
}
