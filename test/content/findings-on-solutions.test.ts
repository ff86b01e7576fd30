import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { simulate } from '#engine';
import { foldersIn, type LabOnDisk, readAnswer, readLab, readLabs } from '../../src/cli/labs.ts';

const root = join(import.meta.dirname, '..', '..', 'labs');

/** Answers that solve a lab: nothing may be found in them, or a learner would look for a fault that is not there. */
const answers = [...readLabs(root), readLab(root, '_template')].flatMap((one) => {
  const accepted = foldersIn(join(one.folder, 'accepted')).map((name) => join('accepted', name));
  return ['solution', ...accepted].map((name) => [one.folder.slice(root.length + 1), name, one] as const);
});

function foundIn({ folder, lab }: LabOnDisk, name: string): readonly string[] {
  if (lab === undefined) throw new TypeError(`${folder}: this lab cannot be read`);
  const answer = readAnswer(join(folder, name));
  const files = lab.files.map((file) => ({ name: file.name, text: answer[file.name] ?? file.text }));
  const { diagnostics } = simulate({ cluster: lab.cluster, files, seed: lab.seed });
  return diagnostics.filter(({ severity }) => severity === 'finding').map(({ code, message }) => `${code}: ${message}`);
}

describe('findings in answers that solve a lab', () => {
  it('are looked for somewhere', () => {
    expect(answers.length).toBeGreaterThan(1);
  });

  it.each(answers)('%s, %s: none', (_folder, name, one) => {
    expect(foundIn(one, name)).toEqual([]);
  });
});
