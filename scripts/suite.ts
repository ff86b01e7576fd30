/**
 * Runs the parts of the test suite, and closes with `N passed, N failed`. What a part prints is shown when it fails.
 *
 * npm run check      what needs no build and no browser
 * npm test           everything, end to end on the pages each template has
 * npm run test:full  the same on every page of the sitemap
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { findChromium, installChromium } from './chromium.ts';
import { projectRoot } from './project.ts';

interface Part {
  readonly name: string;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Where the part's own tests are counted; without it the part counts as one. */
  readonly counts?: () => Count;
  /** Exit code of a part that cannot run on this machine. It then counts as skipped, never as passed. */
  readonly skippedWith?: number;
}

interface Count {
  readonly passed: number;
  readonly failed: number;
}

const results = join(projectRoot, '.cache', 'results');

function script(name: string, ...args: readonly string[]): Part['command'] {
  return ['node', join(projectRoot, 'scripts', `${name}.ts`), ...args];
}

/** Stages follow one another; the parts of a stage do not touch one another and run side by side. */
const fast: readonly Part[] = [
  {
    name: 'unit',
    command: [
      'vitest',
      'run',
      '--project',
      'unit',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${join(results, 'unit.json')}`,
    ],
    counts: vitestCount,
  },
  { name: 'types', command: ['tsc'] },
  { name: 'types of the engine', command: ['tsc', '-p', 'src/engine'] },
  { name: 'format and lint', command: ['biome', 'check', '--error-on-warnings', '.'] },
  { name: 'format of texts', command: ['prettier', '--check', '--log-level=warn', '**/*.{md,mdx}'] },
  { name: 'layers', command: script('check-layers') },
  { name: 'diagnostics', command: script('check-diagnostics') },
  { name: 'document paths', command: script('check-doc-paths') },
  { name: 'machine paths', command: script('check-machine-paths') },
  { name: 'fidelity tags', command: script('check-fidelity') },
  { name: 'labs', command: ['node', join(projectRoot, 'bin', 'packet-path.mjs'), 'lab', 'check'] },
];

const conformance: readonly Part[] = [{ name: 'conformance', command: ['node', join(projectRoot, 'test', 'conformance', 'run.ts')] }];

/** Real packets in a real kernel, where this machine allows it. */
const kernel: readonly Part[] = [{ name: 'kernel', command: ['node', join(projectRoot, 'test', 'kernel', 'run.ts')], skippedWith: 77 }];

const build: readonly Part[] = [
  { name: 'types of pages', command: ['astro', 'check', '--minimumFailingSeverity', 'error'] },
  { name: 'build', command: ['astro', 'build'] },
];

const buildBelowPath: readonly Part[] = [
  { name: 'build below a path', command: ['astro', 'build', '--outDir', 'dist-course'], env: { BASE: '/course/' } },
];

const built: readonly Part[] = [
  { name: 'links', command: script('check-links') },
  { name: 'budgets', command: script('check-budgets') },
];

function endToEnd(full: boolean): readonly Part[] {
  const file = join(results, 'e2e.json');
  const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: file, ...(full ? { EVERY_PAGE: '1' } : {}) };
  return [{ name: 'e2e', command: ['playwright', 'test', '--reporter=list,json'], env, counts: playwrightCount }];
}

const suites: Readonly<Record<string, readonly (readonly Part[])[]>> = {
  fast: [fast],
  all: [fast, conformance, build, buildBelowPath, built, endToEnd(false)],
  full: [fast, conformance, kernel, build, buildBelowPath, built, endToEnd(true)],
};

function vitestCount(): Count {
  const { numPassedTests, numFailedTests, numFailedTestSuites } = readResult('unit.json') as Record<string, number>;
  return { passed: numPassedTests ?? 0, failed: Math.max(numFailedTests ?? 0, numFailedTestSuites ?? 0) };
}

function playwrightCount(): Count {
  const { stats } = readResult('e2e.json') as { readonly stats: Record<string, number> };
  return { passed: stats.expected ?? 0, failed: (stats.unexpected ?? 0) + (stats.flaky ?? 0) + (stats.skipped ?? 0) };
}

function readResult(name: string): unknown {
  return JSON.parse(readFileSync(join(results, name), 'utf8'));
}

interface Outcome extends Count {
  readonly name: string;
  readonly skipped: boolean;
  readonly seconds: number;
}

function run(part: Part): Promise<Outcome> {
  const started = performance.now();
  const [command = '', ...args] = part.command;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: projectRoot,
      env: { ...process.env, FORCE_COLOR: undefined, NO_COLOR: undefined, ASTRO_TELEMETRY_DISABLED: '1', ...part.env },
      shell: process.platform === 'win32',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text: string) => {
        output += text;
      });
    }
    child.on('error', (error) => {
      output += error.message;
    });
    child.on('close', (code) => {
      const skipped = code !== null && code === part.skippedWith;
      const count = skipped ? { passed: 0, failed: 0 } : countOf(part, code === 0);
      const seconds = (performance.now() - started) / 1000;
      const passed = skipped ? 'SKIPPED' : 'ok    ';
      const verdict = count.failed === 0 ? passed : 'FAILED';
      process.stdout.write(`${verdict} ${part.name.padEnd(20)} ${seconds.toFixed(1).padStart(6)} s  ${lastLine(output)}\n`);
      if (count.failed > 0) process.stdout.write(`${output.trimEnd().replace(/^/gm, '  | ')}\n`);
      resolve({ name: part.name, skipped, seconds, ...count });
    });
  });
}

/** A part that fails has failed at least once, whatever it counts itself. */
function countOf(part: Part, ok: boolean): Count {
  if (part.counts === undefined) return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
  try {
    const count = part.counts();
    return ok && count.passed > 0 ? count : { ...count, failed: Math.max(1, count.failed) };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

function lastLine(output: string): string {
  const lines = output.trim().split('\n');
  const said = lines.at(-1)?.trim() ?? '';
  return said.length > 100 ? `${said.slice(0, 99)}…` : said;
}

/** Runs a stage's parts, as many at once as there are processors, in order of the list. */
async function runStage(parts: readonly Part[]): Promise<readonly Outcome[]> {
  const waiting = [...parts];
  const outcomes: Outcome[] = [];
  const worker = async () => {
    for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) outcomes.push(await run(part));
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), parts.length, 4) }, worker));
  return outcomes;
}

async function main(name: string): Promise<void> {
  const stages = suites[name];
  if (stages === undefined) throw new Error(`there is no suite "${name}"; suites: ${Object.keys(suites).join(', ')}`);
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const outcomes: Outcome[] = [];
  if (name !== 'fast' && findChromium() === undefined) {
    const installed = installChromium();
    if (!installed.ok) {
      process.stdout.write(`FAILED browser: ${installed.reason}\n`);
      outcomes.push({ name: 'browser', skipped: false, seconds: 0, passed: 0, failed: 1 });
    }
  }
  for (const stage of stages) {
    // Without a build there is nothing to look at, and the failure has been told.
    if (outcomes.some((outcome) => outcome.name.startsWith('build') && outcome.failed > 0)) break;
    if (stage.some((part) => part.name === 'e2e') && findChromium() === undefined) break;
    outcomes.push(...(await runStage(stage)));
  }
  const sum = (key: keyof Count) => outcomes.reduce((total, outcome) => total + outcome[key], 0);
  const skipped = outcomes.flatMap((outcome) => (outcome.skipped ? [outcome.name] : []));
  const left = skipped.length === 0 ? '' : `, ${skipped.length} skipped (${skipped.join(', ')})`;
  process.stdout.write(`\n${sum('passed')} passed, ${sum('failed')} failed${left}\n`);
  process.exitCode = sum('failed') === 0 ? 0 : 1;
}

await main(process.argv[2] ?? 'fast');
