import { globSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type GradedSubmission, toCsv } from '#grading/csv.ts';
import { grade as gradeSubmission } from '#grading/grade.ts';
import { toJUnit } from '#grading/junit.ts';
import type { Lab } from '#grading/lab.ts';
import { parseSubmission } from '#grading/parse-submission.ts';
import { type GradeReport, serializeReport } from '#grading/report.ts';
import { submissionSizeLimit } from '#grading/submission.ts';
import { type Command, type ExitCode, exitCodes, UsageError } from './command.ts';
import { readText } from './files.ts';
import { readLabs } from './labs.ts';

/** What a class's grades can be written as: the file's name with --out, and its text. */
const formats = {
  json: { file: 'grades.json', write: (graded) => graded.map(({ report }) => serializeReport(report)).join('') },
  csv: { file: 'grades.csv', write: toCsv },
  junit: { file: 'grades.xml', write: toJUnit },
} as const satisfies Readonly<Record<string, { file: string; write: (graded: readonly GradedSubmission[]) => string }>>;

export const grade: Command = {
  name: 'grade',
  summary: 'grade submission files as the page does',
  help: `packet-path grade SUBMISSION… [--json] [--csv] [--junit] [--out FOLDER]

Grades *.submission.json files; a folder stands for all of them below it. A damaged file is graded "error" and the others go on.

  --json         the whole reports in the order of the files, the same bytes as the page gives (default)
  --csv          one row a submission
  --junit        JUnit XML, one suite a submission
  --out FOLDER   write grades.json, grades.csv, grades.xml there instead of printing what is asked for, one after the other

Exit codes: 0 every submission passed, 1 some failed, 2 some could not be graded.`,
  async run(args, terminal): Promise<ExitCode> {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        csv: { type: 'boolean', default: false },
        junit: { type: 'boolean', default: false },
        out: { type: 'string' },
      },
    });
    const asked = (['json', 'csv', 'junit'] as const).filter((name) => values[name]);
    const files = submissionFiles(positionals);
    const labs = new Map(readLabs().flatMap(({ lab }) => (lab === undefined ? [] : [[lab.id, lab] as const])));
    const graded = files.map((file) => gradeFile(file, labs));
    for (const name of asked.length === 0 ? (['json'] as const) : asked) {
      const { file, write } = formats[name];
      if (values.out === undefined) {
        terminal.stdout.write(write(graded));
      } else {
        mkdirSync(values.out, { recursive: true });
        writeFileSync(join(values.out, file), write(graded));
      }
    }
    const states = new Set(graded.map(({ report }) => report.state));
    if (states.has('error') || states.has('not-modelled')) return exitCodes.problem;
    return states.has('fail') ? exitCodes.no : exitCodes.ok;
  },
};

/** One file's grade. What cannot be read is graded `error`: one damaged file must not cost a class its grades. */
function gradeFile(file: string, labs: ReadonlyMap<string, Lab>): GradedSubmission {
  const problem = sizeProblem(file);
  const parsed = problem === undefined ? readSubmission(file) : ({ ok: false, problem } as const);
  if (!parsed.ok) return { file, name: '', report: ungraded('', 0, parsed.problem) };
  const { submission } = parsed;
  const { id, version } = submission.lab;
  const lab = labs.get(id);
  const report = lab === undefined ? ungraded(id, version, `There is no lab "${id}" here.`) : gradeSubmission(lab, submission);
  return { file, name: submission.name ?? '', report };
}

function readSubmission(file: string): ReturnType<typeof parseSubmission> {
  try {
    return parseSubmission(readText(file));
  } catch (error) {
    return { ok: false, problem: `This submission cannot be read: ${error instanceof Error ? error.message : String(error)}.` };
  }
}

function submissionFiles(paths: readonly string[]): readonly string[] {
  if (paths.length === 0) throw new UsageError('name at least one submission file or folder');
  const files = paths.flatMap((path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) throw new UsageError(`${path}: there is no such file`);
    return stat.isDirectory() ? globSync(`${path}/**/*.submission.json`).sort() : [path];
  });
  if (files.length === 0) throw new UsageError('there is no *.submission.json in what was named');
  return files;
}

function sizeProblem(file: string): string | undefined {
  // Four bytes a character at the most: anything above cannot be within the limit, and is not read.
  return statSync(file).size > submissionSizeLimit * 4
    ? `This submission cannot be read: it is larger than ${submissionSizeLimit} characters.`
    : undefined;
}

function ungraded(id: string, version: number, problem: string): GradeReport {
  return { format: 1, lab: { id, version }, state: 'error', score: 0, hintsUsed: 0, hintCost: 0, runs: [], diagnostics: [], problem };
}
