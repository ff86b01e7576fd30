import { readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where package.json lies. */
export const projectRoot: string = fileURLToPath(new URL('..', import.meta.url));

const skipped = new Set(['node_modules', '.git', 'dist', 'dist-course', '.astro', '.cache', 'test-results', 'playwright-report']);

/** Files below a folder with one of the endings, as paths from the root with `/`, sorted; none when there is no such folder. */
export function filesBelow(folder: string, endings: readonly string[]): readonly string[] {
  const top = join(projectRoot, folder);
  if (statSync(top, { throwIfNoEntry: false }) === undefined) return [];
  return walk(top)
    .map((path) => relative(projectRoot, path).split(sep).join('/'))
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .sort();
}

function walk(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : walk(path);
    return entry.isFile() ? [path] : [];
  });
}
