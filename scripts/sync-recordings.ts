/**
 * Packs a folder of recordings (`admission.jsonl`, `fuzz.jsonl`, `scenarios/`, `policies/`, `ping.json`, README.md, …) into
 * test/conformance/recordings: one JSON record a line, gzip, with checksums. The project tests itself with the copy alone.
 *
 * npm run recordings:sync -- FOLDER
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const target = new URL('../test/conformance/recordings/', import.meta.url).pathname;
const copied = ['README.md', 'compare.py'];

function linesOfFolder(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => oneLine(join(folder, name)));
}

function oneLine(path: string): string {
  return JSON.stringify(JSON.parse(readFileSync(path, 'utf8')));
}

function linesOfFile(path: string): readonly string[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
}

function pack(source: string): ReadonlyMap<string, readonly string[]> {
  return new Map([
    ['admission.jsonl.gz', linesOfFile(join(source, 'admission.jsonl'))],
    ['fuzz.jsonl.gz', linesOfFile(join(source, 'fuzz.jsonl'))],
    ['scenarios.jsonl.gz', linesOfFolder(join(source, 'scenarios'))],
    ['policies.jsonl.gz', linesOfFolder(join(source, 'policies'))],
    ['ping.jsonl.gz', [oneLine(join(source, 'ping.json'))]],
    ['openapi-structure.json.gz', [oneLine(join(source, 'openapi-structure.json'))]],
  ]);
}

function main(source: string | undefined): number {
  if (source === undefined || !existsSync(join(source, 'admission.jsonl'))) {
    process.stderr.write('sync-recordings: name the folder of the recordings (it holds admission.jsonl)\n');
    return 2;
  }
  const packed = pack(source);
  for (const [name, lines] of packed) {
    if (lines.length === 0) {
      process.stderr.write(`sync-recordings: ${name} would hold no records; nothing was changed\n`);
      return 2;
    }
  }
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  const sums: string[] = [];
  const write = (name: string, bytes: Buffer) => {
    writeFileSync(join(target, name), bytes);
    sums.push(`${createHash('sha256').update(bytes).digest('hex')}  ${name}`);
  };
  for (const [name, lines] of packed) {
    write(name, gzipSync(`${lines.join('\n')}\n`, { level: 9 }));
    process.stdout.write(`${name}: ${lines.length} records\n`);
  }
  for (const name of copied) {
    if (existsSync(join(source, name))) write(name, readFileSync(join(source, name)));
  }
  writeFileSync(join(target, 'SHA256SUMS'), `${sums.join('\n')}\n`);
  return 0;
}

process.exitCode = main(process.argv[2]);
