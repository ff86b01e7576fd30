import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { build } from 'vite';
import { foldersIn, readAnswer, readLabs } from '../../src/cli/labs.ts';
import { reportText } from './grader-in-page.ts';

/** The grader as one script that leaves `grader` behind. */
async function graderScript(): Promise<string> {
  const entry = fileURLToPath(new URL('grader-in-page.ts', import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, lib: { entry, formats: ['iife'], name: 'grader' } },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (output === undefined || !('output' in output)) throw new Error('the grader was not built');
  return output.output[0].code;
}

test('a report has the same bytes in Node and in the browser', async ({ page }) => {
  await page.goto('./');
  await page.evaluate(`${await graderScript()}; globalThis.grader = grader;`);
  let compared = 0;
  for (const { lab, folder } of readLabs()) {
    if (lab === undefined) throw new Error(`${folder} is no lab`);
    const answers = [
      {},
      readAnswer(`${folder}/solution`),
      ...foldersIn(`${folder}/attempts`).map((name) => readAnswer(`${folder}/attempts/${name}`)),
    ];
    for (const files of answers) {
      const submission = { format: 1 as const, lab: { id: lab.id, version: lab.version }, files, hintsUsed: compared % 3 };
      const inPage = await page.evaluate(`grader.reportText(${JSON.stringify(lab)}, ${JSON.stringify(submission)})`);
      expect(inPage).toBe(reportText(lab, submission));
      compared += 1;
    }
  }
  expect(compared).toBeGreaterThan(5);
});
