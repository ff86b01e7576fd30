/**
 * Gathers the `@models <yes|partly|no> <thing>: <note>` lines of the engine into content/reference/fidelity.json, which the page "what is
 * modelled" prints. One line a behaviour; the folder says which component it belongs to.
 *
 * npm run fidelity             writes the table
 * npm run fidelity -- --check  says whether it is up to date
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { conclude, type Finding } from './findings.ts';
import { filesBelow, projectRoot } from './project.ts';

/** One row. `note` is empty when a thing is modelled in full and there is nothing to add. */
interface FidelityRow {
  readonly component: string;
  readonly modelled: 'yes' | 'partly' | 'no';
  readonly thing: string;
  readonly note: string;
  readonly file: string;
}

const target = 'content/reference/fidelity.json';
const tag = /@models\s+(\S+)\s+([^:\n]+)(?::[ \t]*([^\n]*))?/;

const findings: Finding[] = [];
const sources = filesBelow('src/engine', ['.ts']).filter((file) => !file.endsWith('.test.ts'));
const rows = sources.flatMap(rowsOf).sort((a, b) => compare(a.component, b.component) || compare(a.thing, b.thing));
const text = `${JSON.stringify(rows, undefined, 2)}\n`;

function rowsOf(file: string): readonly FidelityRow[] {
  const lines = readFileSync(join(projectRoot, file), 'utf8').split('\n');
  return lines.flatMap((line, index): readonly FidelityRow[] => {
    if (!line.includes('@models')) return [];
    const [, modelled = '', thing = '', note = ''] = tag.exec(line) ?? [];
    if (modelled !== 'yes' && modelled !== 'partly' && modelled !== 'no') {
      findings.push({ file, line: index + 1, message: 'write "@models <yes|partly|no> <thing>: <note>"' });
      return [];
    }
    if (modelled === 'partly' && note.trim() === '') {
      findings.push({ file, line: index + 1, message: `"${thing.trim()}" is modelled partly: say after a colon what is left out` });
    }
    return [{ component: file.split('/')[2] ?? '', modelled, thing: thing.trim(), note: tidy(note), file }];
  });
}

function tidy(note: string): string {
  return note.replace(/\*\/\s*$/, '').trim();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const path = join(projectRoot, target);
if (process.argv.includes('--check')) {
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text)
    findings.push({ file: target, message: 'is out of date: npm run fidelity' });
} else {
  writeFileSync(path, text);
}
conclude('fidelity table', rows.length, findings);
