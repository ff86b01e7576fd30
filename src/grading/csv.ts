import type { CheckState, GradeReport } from './report.ts';

/** One graded file: where it came from, whose it says it is, and its report. */
export interface GradedSubmission {
  readonly file: string;
  readonly name: string;
  readonly report: GradeReport;
}

const header = [
  'file',
  'name',
  'lab',
  'version',
  'state',
  'score',
  'hint_cost',
  'misconception',
  'failed_checks',
  'waiting_checks',
  'problem',
];

/** A class as one table (RFC 4180, UTF-8, CRLF), one row a submission in the order given. */
export function toCsv(graded: readonly GradedSubmission[]): string {
  const rows = graded.map(({ file, name, report }) => [
    file,
    name,
    report.lab.id,
    report.lab.version,
    report.state,
    report.score,
    report.hintCost,
    report.misconception?.id ?? '',
    checksIn(report, (state) => state !== 'pass' && state !== 'waiting'),
    checksIn(report, (state) => state === 'waiting'),
    report.problem ?? '',
  ]);
  return [header, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** Ids of the checks that came to such a state in any run, each once, in the lab's order. */
function checksIn({ runs }: GradeReport, is: (state: CheckState) => boolean): string {
  const ids = runs.flatMap((run) => run.checks.filter((check) => is(check.state)).map((check) => check.id));
  return [...new Set(ids)].join(' ');
}

/** What a spreadsheet takes for a formula, also behind blanks and in its full-width form, and the controls that open one in older programs. */
const formula = /^[\s\p{Cc}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u;

/** Quotes where RFC 4180 asks for it, and keeps a spreadsheet from running a learner's text as a formula. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
