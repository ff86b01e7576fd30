/**
 * Starts a lab from labs/_template: npm run new:lab -- l-303-blue-green
 *
 * The folder's first two parts become the lab's id (`l-303`). What to change next is written in the copied lab.yaml.
 */
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './project.ts';

function main(folder: string | undefined): number {
  const [id] = /^l-\d{3}(?=-[a-z0-9-]+$)/.exec(folder ?? '') ?? [];
  if (folder === undefined || id === undefined) {
    process.stderr.write('new-lab: name the folder after the lab, as in "npm run new:lab -- l-303-blue-green"\n');
    return 2;
  }
  const target = join(projectRoot, 'labs', folder);
  if (existsSync(target)) {
    process.stderr.write(`new-lab: labs/${folder} is there already\n`);
    return 2;
  }
  cpSync(join(projectRoot, 'labs', '_template'), target, { recursive: true });
  const file = join(target, 'lab.yaml');
  writeFileSync(
    file,
    readFileSync(file, 'utf8')
      .replace(/^#.*\n/, '')
      .replace(/^id: .*$/m, `id: ${id}`),
  );
  process.stdout.write(`labs/${folder} is ready. Next: its lab.yaml, then\n  npm run --silent cli -- lab check ${id}\n`);
  return 0;
}

process.exitCode = main(process.argv[2]);
