import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { grade } from '#grading/grade.ts';
import type { Lab } from '#grading/lab.ts';
import { problemText } from '#grading/lab-file.ts';
import type { GradeReport } from '#grading/report.ts';
import { type Command, type ExitCode, exitCodes, UsageError } from './command.ts';
import { foldersIn, type LabOnDisk, readAnswer, readLabs } from './labs.ts';

export const lab: Command = {
  name: 'lab',
  summary: 'check that every exercise proves itself',
  help: `packet-path lab check [LAB…]

For each lab (all of labs/ when none is named): lab.yaml is sound, the start and an empty answer fail and score 0, the solution and every answer under
accepted/ score 100, and every attempt fails the check of its misconception and gets its feedback. An attempt's folder has the misconception's id as its name; variants add ".2", ".3".
Exit code 1: a lab does not hold.`,
  async run(args, terminal): Promise<ExitCode> {
    const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
    const [verb, ...names] = positionals;
    if (verb !== 'check') throw new UsageError('say what to do: packet-path lab check [LAB…]');
    const labs = readLabs();
    const wanted = names.length === 0 ? labs : names.map((name) => labOrComplain(labs, name));
    if (wanted.length === 0) throw new UsageError('there are no labs below labs/');
    let broken = 0;
    for (const one of wanted) {
      const problems = checkLab(one);
      if (problems.length > 0) broken += 1;
      terminal.stdout.write(
        `${problems.length === 0 ? 'ok  ' : 'FAIL'} ${relative(process.cwd(), one.folder)}\n${problems.map((text) => `     ${text}\n`).join('')}`,
      );
    }
    return broken === 0 ? exitCodes.ok : exitCodes.no;
  },
};

function labOrComplain(labs: readonly LabOnDisk[], name: string): LabOnDisk {
  const found = labs.find((one) => one.lab?.id === name || one.folder.endsWith(name));
  if (found === undefined)
    throw new UsageError(`there is no lab "${name}". Labs: ${labs.map((one) => one.lab?.id ?? one.folder).join(', ')}`);
  return found;
}

/** What does not hold of a lab, one English sentence each; nothing when it proves itself. */
export function checkLab({ folder, lab, problems }: LabOnDisk): readonly string[] {
  if (lab === undefined) return problems.map(problemText);
  return [...checkStart(lab), ...checkSolutions(lab, folder), ...checkAttempts(lab, folder)];
}

function gradeFiles(lab: Lab, files: Readonly<Record<string, string>>): GradeReport {
  return grade(lab, { format: 1, lab: { id: lab.id, version: lab.version }, files, hintsUsed: 0 });
}

function checkStart(lab: Lab): readonly string[] {
  const untouched = gradeFiles(lab, {});
  const empty = gradeFiles(lab, Object.fromEntries(lab.files.filter((file) => file.editable).map((file) => [file.name, ''])));
  const earnsNothing = ({ state, score }: GradeReport): boolean => state === 'fail' && score === 0;
  const advice = 'it must fail and earn nothing; let checks that nothing can fail wait for one that it fails (after: …)';
  return [
    ...(earnsNothing(untouched) ? [] : [`start/ is graded ${describe(untouched)}; ${advice}`]),
    ...(earnsNothing(empty) ? [] : [`an empty answer is graded ${describe(empty)}; ${advice}`]),
  ];
}

function checkSolutions(lab: Lab, folder: string): readonly string[] {
  const solutions = [{ name: 'solution', files: readAnswer(join(folder, 'solution')) }];
  for (const name of foldersIn(join(folder, 'accepted')))
    solutions.push({ name: `accepted/${name}`, files: readAnswer(join(folder, 'accepted', name)) });
  return solutions.flatMap(({ name, files }) => {
    if (Object.keys(files).length === 0) return [`${name}/ has no files; put the answer there`];
    const report = gradeFiles(lab, files);
    return report.state === 'pass' && report.score === 100
      ? []
      : [`${name}/ is graded ${describe(report)}; a solution must pass every check`];
  });
}

function checkAttempts(lab: Lab, folder: string): readonly string[] {
  const attempts = foldersIn(join(folder, 'attempts'));
  const texts = attempts.flatMap((name) => {
    const expected = name.replace(/\.\d+$/, '');
    const report = gradeFiles(lab, readAnswer(join(folder, 'attempts', name)));
    if (report.state !== 'fail') return [`attempts/${name}/ is graded ${describe(report)}; an attempt must fail`];
    if (report.misconception?.id === expected) return [];
    return [`attempts/${name}/ shows ${report.misconception?.id ?? 'no misconception'} (${describe(report)}); it must show ${expected}`];
  });
  const untried = lab.misconceptions.filter((one) => !attempts.some((name) => name.replace(/\.\d+$/, '') === one.id));
  return [
    ...texts,
    ...untried.map((one) => `misconception ${one.id} has no attempt; make attempts/${one.id}/ with an answer that shows it`),
  ];
}

function describe(report: GradeReport): string {
  const failed = report.runs.flatMap((run) =>
    run.checks
      .filter((check) => check.state !== 'pass')
      .map((check) => `${check.id}${run.shake === undefined ? '' : ` (${run.shake})`} ${check.state}`),
  );
  return `${report.state}, ${report.score} points${failed.length === 0 ? '' : `, ${failed.join(', ')}`}${report.problem === undefined ? '' : `: ${report.problem}`}`;
}
