import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from '#grading/lab.ts';
import { type LabProblem, parseLabFile } from '#grading/lab-file.ts';
import { projectRoot, worldLibrary } from './files.ts';

/** A lab with the folder it was read from. */
export interface LabOnDisk {
  readonly folder: string;
  readonly lab?: Lab;
  readonly problems: readonly LabProblem[];
}

/** Every lab below `labs/`, folders that begin with `_` left out, by name. */
export function readLabs(root: string = join(projectRoot, 'labs')): readonly LabOnDisk[] {
  return foldersIn(root)
    .filter((name) => !name.startsWith('_'))
    .map((name) => readLab(root, name));
}

/** The lab in one folder, or what is wrong with its `lab.yaml`. */
export function readLab(root: string, name: string): LabOnDisk {
  const folder = join(root, name);
  const file = `labs/${name}/lab.yaml`;
  const text = readIfFile(join(folder, 'lab.yaml'));
  if (text === undefined)
    return {
      folder,
      problems: [{ file, line: 1, column: 1, path: '', message: 'this lab has no lab.yaml; copy the one in labs/_template' }],
    };
  return { folder, ...parseLabFile(text, file, (inner) => readIfFile(join(folder, inner)), worldLibrary()) };
}

/** Texts of a folder's files by name; `{}` when there is no such folder. */
export function readAnswer(folder: string): Readonly<Record<string, string>> {
  if (!existsSync(folder)) return {};
  const names = readdirSync(folder).filter((name) => statSync(join(folder, name)).isFile());
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** Names of the folders in a folder, sorted; none when there is no such folder. */
export function foldersIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function readIfFile(path: string): string | undefined {
  return existsSync(path) && statSync(path).isFile() ? readFileSync(path, 'utf8') : undefined;
}
