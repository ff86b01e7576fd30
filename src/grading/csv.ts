import type { GradeReport } from './report.ts';

/** One graded file: where it came from, whose it says it is, and its report. */
export interface GradedSubmission {
  readonly file: string;
  readonly name: string;
  readonly report: GradeReport;
}

const header = ['file', 'name', 'lab', 'version', 'state', 'score', 'hint_cost', 'misconception', 'failed_checks'];

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
    [...new Set(report.runs.flatMap((run) => run.checks.filter((check) => check.state !== 'pass').map((check) => check.id)))].join(' '),
  ]);
  return [header, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** Quotes where RFC 4180 asks for it, and keeps a spreadsheet from running a learner's text as a formula. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
