import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { grade } from '#grading/grade.ts';
import { checkLab } from '../../src/cli/lab.ts';
import { foldersIn, type LabOnDisk, readAnswer, readLab, readLabs } from '../../src/cli/labs.ts';

const root = join(import.meta.dirname, '..', '..', 'labs');
const labs = readLabs(root);

test('there are labs', () => {
  expect(labs.length).toBeGreaterThan(0);
});

test('no two labs have the same id', () => {
  const ids = labs.map(({ lab }) => lab?.id);
  expect(ids).toEqual([...new Set(ids)]);
});

// The template proves itself too: whoever copies it starts from something that holds.
describe.each([...labs, readLab(root, '_template')].map((one) => [one.folder.slice(root.length + 1), one] as const))('%s', (_, one) => {
  test('proves itself', () => {
    expect(checkLab(one)).toEqual([]);
  });

  test('has an attempt for each misconception, and each shows its own feedback', () => {
    const { lab, folder } = one;
    if (lab === undefined) throw new TypeError('this lab cannot be read');
    const attempts = foldersIn(join(folder, 'attempts'));
    expect(attempts.length).toBeGreaterThan(0);
    for (const name of attempts) {
      const files = readAnswer(join(folder, 'attempts', name));
      const report = grade(lab, { format: 1, lab: { id: lab.id, version: lab.version }, files, hintsUsed: 0 });
      const expected = lab.misconceptions.find(({ id }) => id === name.replace(/\.\d+$/, ''));
      expect([name, report.misconception?.id, report.misconception?.feedback]).toEqual([name, expected?.id, expected?.feedback]);
      const decided = report.runs.flatMap(({ checks }) => checks).find(({ id, state }) => id === expected?.check && state === 'fail');
      expect(decided, name).toBeDefined();
    }
  });
});

describe('a lab that does not hold is told so', () => {
  const folders: string[] = [];
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  /** The template with some files changed. */
  function broken(changes: Readonly<Record<string, (text: string) => string>>): LabOnDisk {
    const parent = mkdtempSync(join(tmpdir(), 'lab-'));
    folders.push(parent);
    cpSync(join(root, '_template'), join(parent, 'l-000-broken'), { recursive: true });
    for (const [path, change] of Object.entries(changes)) {
      const file = join(parent, 'l-000-broken', path);
      writeFileSync(file, change(readFileSync(file, 'utf8')));
    }
    return readLab(parent, 'l-000-broken');
  }

  test('when its start passes already', () => {
    const solution = readFileSync(join(root, '_template', 'solution', 'service.yaml'), 'utf8');
    expect(checkLab(broken({ 'start/service.yaml': () => solution }))[0]).toMatch(
      /^start\/ is graded pass, 100 points; it must fail and earn nothing/,
    );
  });

  test('when nothing done earns points', () => {
    const closed = `  - id: virtual-address
    kind: unreachable
    title: 밖에서는 닿지 않는다
    points: 40
    from: [outside/client]
    to: ["tcp://{nodeIP:node-1}:{nodePort:my-app-service}"]
    times: 5
`;
    const problems = checkLab(broken({ 'lab.yaml': (text) => text.replace(/ {2}- id: virtual-address[\s\S]*?(?=\n# Repeats)/, closed) }));
    expect(problems[0]).toMatch(/^start\/ is graded fail, 40 points, .*; it must fail and earn nothing/);
    expect(problems[1]).toMatch(/^an empty answer is graded fail, 40 points/);
  });

  test('when its solution does not pass', () => {
    const problems = checkLab(broken({ 'solution/service.yaml': (text) => text.replace('8080', '8081') }));
    expect(problems).toEqual([
      'solution/ is graded fail, 0 points, reach-by-name fail, virtual-address waiting; a solution must pass every check',
    ]);
  });

  test('when an attempt shows something else, or passes', () => {
    expect(checkLab(broken({ 'attempts/headless/service.yaml': (text) => text.replace('  clusterIP: None\n', '') }))[0]).toMatch(
      /^attempts\/headless\/ (shows no misconception|is graded pass)/,
    );
  });

  test('when it cannot be read: file, line, column', () => {
    expect(checkLab(broken({ 'lab.yaml': (text) => text.replace('pod/client', 'pod/clinet') }))).toEqual([
      'labs/l-000-broken/lab.yaml:22:12 checks[0].from[0]: no Pod named "clinet" after start/ is applied. Did you mean "client"?',
    ]);
  });
});
