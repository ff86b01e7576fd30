/**
 * Every path of this project that a *.md names exists: links, and `code spans` that start with a top folder, a file of the root, or (in a
 * folder's own README) a file beside it. Patterns (`<code>`, `*`, `…`) are left alone. What `npm run` names must be a script of package.json.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { conclude, type Finding } from './findings.ts';
import { filesBelow, projectRoot } from './project.ts';

const topFolders = ['bin', 'clusters', 'content', 'docs', 'labs', 'public', 'scripts', 'src', 'test'];
const pattern = /[<>*…{}$]|\bNAME\b|XX/;

const { scripts } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
const builtIn = new Set(['start', 'test', 'ci', 'install']);

/** Documents about the project itself. Recordings come from elsewhere, and content's links are the site's (`scripts/check-links.ts`). */
const documents = filesBelow('.', ['.md']).filter(
  (file) => !file.startsWith('test/conformance/recordings/') && !file.startsWith('content/'),
);

function checkDocument(file: string): readonly Finding[] {
  const text = readFileSync(join(projectRoot, file), 'utf8');
  return text.split('\n').flatMap((line, index) => {
    const links = Array.from(line.matchAll(/\]\(([^)\s#]+)[^)]*\)/g), ([, target = '']) => target).filter(
      (target) => !/^[a-z]+:/.test(target),
    );
    const spans = Array.from(line.matchAll(/`([^`\s]+)`/g), ([, span = '']) => span.replace(/:\d+(:\d+)?$/, '')).filter((span) =>
      namesPath(span, file),
    );
    const missing = [...links.filter((path) => !exists(path, file)), ...spans.filter((path) => !exists(path, file))];
    const commands = Array.from(line.matchAll(/\bnpm run (?:--\w+ )?([\w:-]+)/g), ([, name = '']) => name);
    return [
      ...missing.map((path) => ({ file, line: index + 1, message: `names ${path}, which does not exist` })),
      ...commands
        .filter((name) => scripts[name] === undefined && !builtIn.has(name))
        .map((name) => ({ file, line: index + 1, message: `names "npm run ${name}", which package.json does not have` })),
    ];
  });
}

function namesPath(span: string, file: string): boolean {
  if (pattern.test(span)) return false;
  if (topFolders.some((folder) => span.startsWith(`${folder}/`))) return true;
  // `print.ts` in the README of a folder is a file of that folder.
  return dirname(file) !== '.' && /^[\w./-]+\.(ts|tsx|astro|yaml|mdx|txt|json)$/.test(span) && !span.startsWith('/');
}

const names = new Set(filesBelow('.', ['']).map((file) => basename(file)));

/** A README speaks of its own folder, of one of those above, or of a file that every folder of some kind has (`simulation.ts`). */
function exists(path: string, file: string): boolean {
  if (names.has(path)) return true;
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (existsSync(join(projectRoot, folder, path))) return true;
    if (folder === '.') return false;
  }
}

conclude('document paths', documents.length, documents.flatMap(checkDocument));
