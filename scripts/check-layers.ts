/**
 * Holds every import under src/ to the table "Who may import whom" of ARCHITECTURE.md. Type imports count: a type is a dependency too.
 *
 * npm run layers            what is wrong, or one line that nothing is
 * npm run layers -- --list  what each folder may import
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { conclude, type Finding } from './findings.ts';
import { filesBelow, projectRoot } from './project.ts';

interface Layer {
  /** `src/engine/api`, or a file: `src/engine/index.ts`. */
  readonly path: string;
  readonly mayImport: readonly string[];
  /** `any`, or names of packages. */
  readonly packages: readonly string[] | 'any';
}

const table = 'ARCHITECTURE.md';

function readLayers(text: string): readonly Layer[] {
  const section = text.split(/^## /m).find((part) => part.startsWith('Who may import whom')) ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  return rows.map((row) => {
    const [, path = '', mayImport = '', packages = ''] = row.split('|').map((cell) => cell.trim());
    return { path: quoted(path)[0] ?? '', mayImport: quoted(mayImport), packages: packages === 'any' ? 'any' : quoted(packages) };
  });
}

function quoted(cell: string): readonly string[] {
  return Array.from(cell.matchAll(/`([^`]+)`/g), ([, text = '']) => text);
}

/** The layer a file belongs to: the longest path of the table that it lies under. */
function layerOf(file: string, layers: readonly Layer[]): Layer | undefined {
  const holding = layers.filter(({ path }) => isWithin(file, path));
  return holding.sort((a, b) => b.path.length - a.path.length)[0];
}

function isWithin(file: string, path: string): boolean {
  return file === path || file.startsWith(`${path}/`);
}

interface Import {
  readonly line: number;
  readonly target: string;
}

const importForms = [
  /(?:^|\n|;)[ \t]*(?:import|export)\s[^'";]*?from\s+['"]([^'"]+)['"]/g,
  /(?:^|\n|;)[ \t]*import\s+['"]([^'"]+)['"]/g,
  /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g,
  /\bnew URL\(\s*['"](\.[^'"]+)['"],\s*import\.meta\.url/g,
];

function importsOf(text: string): readonly Import[] {
  // Comments may quote imports as examples.
  const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, (comment) => comment.replace(/[^\n]/g, ' '));
  return importForms.flatMap((form) =>
    Array.from(code.matchAll(form), (match) => {
      const at = match.index + match[0].lastIndexOf(match[1] ?? '');
      return { line: code.slice(0, at).split('\n').length, target: match[1] ?? '' };
    }),
  );
}

const aliases = (JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { imports: Record<string, string> }).imports;

/** The file an import leads to, from the project's root; `undefined` for a package. */
function resolveTarget(target: string, file: string): string | undefined {
  const path = target.replace(/\?.*$/, '');
  if (path.startsWith('.')) return posix.join(dirname(file), path);
  const exact = aliases[path];
  if (exact !== undefined) return exact.replace(/^\.\//, '');
  for (const [alias, place] of Object.entries(aliases)) {
    const [head = ''] = alias.split('*');
    if (alias.endsWith('*') && path.startsWith(head)) return place.replace('*', path.slice(head.length)).replace(/^\.\//, '');
  }
  return undefined;
}

function packageName(target: string): string {
  const parts = target.split('/');
  return target.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
}

function checkFile(file: string, layers: readonly Layer[]): readonly Finding[] {
  const layer = layerOf(file, layers);
  if (layer === undefined) {
    return [{ file, message: `${dirname(file)} has no row in "Who may import whom" of ${table}. Add one, or move the file.` }];
  }
  const isTest = /\.test\.tsx?$/.test(file);
  return importsOf(readFileSync(join(projectRoot, file), 'utf8')).flatMap(({ line, target }): readonly Finding[] => {
    const resolved = resolveTarget(target, file);
    if (resolved === undefined) return checkPackage(file, line, target, layer, isTest);
    if (!resolved.startsWith('src/')) return [];
    const path = existsSync(join(projectRoot, resolved)) ? resolved : `${resolved}.ts`;
    const to = layerOf(path, layers);
    if (isTest || to === undefined || to === layer) return [];
    if (layer.mayImport.some((allowed) => isWithin(path, allowed))) return [];
    const allowed = layer.mayImport.length === 0 ? 'nothing' : layer.mayImport.join(', ');
    return [{ file, line, message: `${layer.path} may not import ${to.path} (${target}). It may import: ${allowed}.` }];
  });
}

function checkPackage(file: string, line: number, target: string, layer: Layer, isTest: boolean): readonly Finding[] {
  if (layer.packages === 'any' || isTest || target.startsWith('virtual:') || target.startsWith('astro:')) return [];
  const name = target.startsWith('node:') ? target : packageName(target);
  if (layer.packages.includes(name)) return [];
  const allowed = layer.packages.length === 0 ? 'none' : layer.packages.join(', ');
  return [{ file, line, message: `${layer.path} may not take "${name}" from outside. Its packages: ${allowed}.` }];
}

const layers = readLayers(readFileSync(join(projectRoot, table), 'utf8'));
const files = filesBelow('src', ['.ts', '.tsx', '.astro', '.mjs']);
if (process.argv.includes('--list')) {
  for (const { path, mayImport, packages } of layers) {
    const taken = packages === 'any' ? 'any' : packages.join(', ') || 'none';
    process.stdout.write(`${path}: ${mayImport.join(', ') || 'nothing'}; packages: ${taken}\n`);
  }
}
if (layers.length === 0) throw new Error(`${table} has no table "Who may import whom"`);
conclude(
  'layers',
  files.length,
  files.flatMap((file) => checkFile(file, layers)),
);
