/**
 * Writes down what the recordings' own compare.py counts on damaged answers (agreement.json), for agreement.test.ts to hold our comparer to.
 * Needs Python. Run it after the recordings, the damage or the rules of comparing changed: npm run conformance:agreement
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AnswerKind } from '../asked.ts';
import { damagedAnswers } from './damaged-answers.ts';

const comparePy = fileURLToPath(new URL('../recordings/compare.py', import.meta.url));
const kinds: readonly AnswerKind[] = ['admission', 'fuzz', 'scenarios', 'policies'];

function countWithPython(kind: AnswerKind, folder: string): readonly string[] {
  const { records, answers } = damagedAnswers(kind);
  const [recorded, answered] = [join(folder, `${kind}-recorded`), join(folder, `${kind}-answered`)];
  if (kind === 'admission' || kind === 'fuzz') {
    writeFileSync(recorded, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
    writeFileSync(answered, [...answers.values()].map((answer) => `${JSON.stringify(answer)}\n`).join(''));
  } else {
    mkdirSync(recorded);
    mkdirSync(answered);
    for (const record of records) writeFileSync(join(recorded, `${record.id}.json`), JSON.stringify(record));
    for (const [id, answer] of answers) writeFileSync(join(answered, `${id}.json`), JSON.stringify(answer));
  }
  const run = spawnSync('python3', [comparePy, kind, recorded, answered, '--by-group', '--show', '0'], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`compare.py: ${run.stderr || run.error}`);
  return run.stdout.trimEnd().split('\n');
}

const folder = mkdtempSync(join(tmpdir(), 'agreement-'));
try {
  const counts = Object.fromEntries(kinds.map((kind) => [kind, countWithPython(kind, folder)]));
  writeFileSync(new URL('agreement.json', import.meta.url), `${JSON.stringify(counts, undefined, 2)}\n`);
  for (const kind of kinds) process.stdout.write(`${kind}: ${counts[kind]?.at(-1)}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
