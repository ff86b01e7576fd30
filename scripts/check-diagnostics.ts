/**
 * Every diagnostic code has a page, is emitted by the engine, and has a test that sees it. What is missing yet stands in known-gaps.json,
 * which may only shrink.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { diagnosticCodes } from '#engine/diagnostics/codes.ts';
import { conclude, type Finding } from './findings.ts';
import { filesBelow, projectRoot } from './project.ts';

const gapsFile = 'scripts/known-gaps.json';
const gaps = JSON.parse(readFileSync(join(projectRoot, gapsFile), 'utf8')) as {
  readonly diagnosticsWithoutPage: readonly string[];
  readonly diagnosticsWithoutTest: readonly string[];
  readonly diagnosticsNotEmitted: readonly string[];
};

const codesFile = 'src/engine/diagnostics/codes.ts';
const sources = filesBelow('src/engine', ['.ts']).filter((file) => file !== codesFile);
const emitting = textOf(sources.filter((file) => !file.endsWith('.test.ts')));
const testing = textOf([...filesBelow('src', ['.test.ts']), ...filesBelow('test', ['.test.ts']), ...filesBelow('labs', ['.yaml'])]);

function textOf(files: readonly string[]): string {
  return files.map((file) => readFileSync(join(projectRoot, file), 'utf8')).join('\n');
}

function names(text: string, code: string): boolean {
  return new RegExp(`['"\`]${code}['"\`]`).test(text);
}

function lacking(what: string, missing: readonly string[], known: readonly string[], remedy: string): readonly Finding[] {
  return [
    ...missing.filter((code) => !known.includes(code)).map((code) => ({ file: codesFile, message: `${code} ${what}. ${remedy}` })),
    ...known
      .filter((code) => !missing.includes(code))
      .map((code) => ({ file: gapsFile, message: `${code} is no gap any more: remove it` })),
  ];
}

const pages = filesBelow('content/diagnostics', ['.md']).map((file) => basename(file, '.md'));
const findings: readonly Finding[] = [
  ...lacking(
    'has no page',
    diagnosticCodes.filter((code) => !existsSync(join(projectRoot, `content/diagnostics/${code}.md`))),
    gaps.diagnosticsWithoutPage,
    `Write content/diagnostics/<code>.md.`,
  ),
  ...lacking(
    'is never emitted',
    diagnosticCodes.filter((code) => !names(emitting, code)),
    gaps.diagnosticsNotEmitted,
    'Emit it under src/engine, or take it out.',
  ),
  ...lacking(
    'has no test',
    diagnosticCodes.filter((code) => !names(testing, code)),
    gaps.diagnosticsWithoutTest,
    'Add a row where its component is tested.',
  ),
  ...pages
    .filter((code) => !(diagnosticCodes as readonly string[]).includes(code))
    .map((code) => ({ file: `content/diagnostics/${code}.md`, message: 'is a page of no diagnostic code' })),
];
conclude('diagnostics', diagnosticCodes.length, findings);
