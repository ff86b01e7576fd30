import { globSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type GradedSubmission, toCsv } from '#grading/csv.ts';
import { grade as gradeSubmission } from '#grading/grade.ts';
import { toJUnit } from '#grading/junit.ts';
import { parseSubmission } from '#grading/parse-submission.ts';
import { type GradeReport, serializeReport } from '#grading/report.ts';
import { submissionSizeLimit } from '#grading/submission.ts';
import { type Command, type ExitCode, exitCodes, UsageError } from './command.ts';
import { readText } from './files.ts';
import { readLabs } from './labs.ts';

export const grade: Command = {
  name: 'grade',
  summary: 'grade submission files as the page does',
  help: `packet-path grade SUBMISSION… [--csv | --junit | --json]

Grades *.submission.json files; a folder stands for all of them below it. A damaged file is graded "error" and the others go on.

  --json     the whole reports, the same bytes as the page gives (default)
  --csv      one row a submission
  --junit    JUnit XML, one suite a submission

Exit codes: 0 every submission passed, 1 some failed, 2 some could not be graded.`,
  async run(args, terminal): Promise<ExitCode> {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        csv: { type: 'boolean', default: false },
        junit: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
    if ([values.csv, values.junit, values.json].filter(Boolean).length > 1) throw new UsageError('choose one of --json, --csv and --junit');
    const files = submissionFiles(positionals);
    const labs = new Map(readLabs().flatMap(({ lab }) => (lab === undefined ? [] : [[lab.id, lab] as const])));
    const graded = files.map((file): GradedSubmission => {
      const problem = sizeProblem(file);
      const parsed = problem === undefined ? parseSubmission(readText(file)) : ({ ok: false, problem } as const);
      if (!parsed.ok) return { file, name: '', report: ungraded('', 0, parsed.problem) };
      const { submission } = parsed;
      const lab = labs.get(submission.lab.id);
      const report =
        lab === undefined
          ? ungraded(submission.lab.id, submission.lab.version, `There is no lab "${submission.lab.id}" here.`)
          : gradeSubmission(lab, submission);
      return { file, name: submission.name ?? '', report };
    });
    if (values.csv) terminal.stdout.write(toCsv(graded));
    else if (values.junit) terminal.stdout.write(toJUnit(graded));
    else for (const { report } of graded) terminal.stdout.write(serializeReport(report));
    const states = new Set(graded.map(({ report }) => report.state));
    if (states.has('error') || states.has('not-modelled')) return exitCodes.problem;
    return states.has('fail') ? exitCodes.no : exitCodes.ok;
  },
};

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
  return { format: 1, lab: { id, version }, state: 'error', score: 0, hintCost: 0, runs: [], diagnostics: [], problem };
}
