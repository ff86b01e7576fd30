// Starts a TypeScript file of this project on a Node that runs TypeScript as it stands, and installs what is missing first. Plain JavaScript
// that any Node from 18 on understands: it is the first thing that runs on a fresh machine, before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const oldestNode = [22, 18];
const bin = join(root, 'node_modules', '.bin');
const windows = process.platform === 'win32';

/**
 * Imports `entry` (a path from the project's root), as if it had been started with `args`, and gives its exports, or runs this very command line again on a Node that can. What it
 * prints goes to the standard error, so that the output stays the program's own.
 */
export async function launch(entry, args) {
  install();
  endWithParent();
  if (runsTypeScript(process.versions.node)) {
    nodeModule.enableCompileCache?.(join(root, 'node_modules', '.cache', 'compile'));
    // Tools that the program starts (astro, vitest, …) run on this Node too.
    process.env.PATH = [bin, dirname(process.execPath), process.env.PATH].join(windows ? ';' : ':');
    // Whoever reads our output may stop reading: `… | head`.
    process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 2));
    process.argv.splice(1, process.argv.length, join(root, entry), ...args);
    return import(pathToFileURL(join(root, entry)).href);
  }
  const node = installedNode();
  if (node === undefined) fail(withoutNodePackage());
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(`${node} does not start: ${error.message}`));
  child.on('close', (status, signal) => process.exit(status ?? 128 + (constants.signals[signal] ?? 0)));
  return new Promise(() => {});
}

/** npm passes a signal on to its shell only; what the shell had started would live on, and a server keep its port. */
function endWithParent() {
  if (process.env.npm_lifecycle_event === undefined || windows) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && process.exit(143), 500).unref();
}

function fail(message) {
  process.stderr.write(`packet-path: ${message}\n`);
  process.exit(2);
}

function runsTypeScript(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
}

/** The Node that npm installed for this platform, if there is one. */
function installedNode() {
  const name = `node-${windows ? 'win' : process.platform}-${process.arch}`;
  const path = join(root, 'node_modules', name, 'bin', windows ? 'node.exe' : 'node');
  return existsSync(path) ? path : undefined;
}

function withoutNodePackage() {
  return (
    `this is Node ${process.versions.node}; Node ${oldestNode.join('.')} or later is needed, and there is no package with one for ` +
    `${process.platform}-${process.arch}.\nInstall Node 24 (from nodejs.org, or "brew install node@24" on macOS) and try again.`
  );
}

/** npm writes this file when an installation is complete. */
const installed = join(root, 'node_modules', '.package-lock.json');

function install() {
  if (existsSync(installed)) return;
  if (!runsTypeScript(process.versions.node) && process.platform === 'darwin') fail(withoutNodePackage());
  const lock = join(root, '.install-lock');
  if (!takeLock(lock)) return install();
  process.stderr.write('packet-path: installing dependencies (once, about a minute) …\n');
  const npm = windows ? 'npm.cmd' : 'npm';
  const done = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', process.stderr, process.stderr],
    shell: windows,
  });
  rmSync(lock, { recursive: true, force: true });
  if (done.status !== 0) fail('`npm ci` failed; what it says stands above.');
}

/** Two commands that start at once on a fresh checkout must not install at once. `false`: the other one has been waited for. */
function takeLock(lock) {
  try {
    mkdirSync(lock);
    writeFileSync(join(lock, 'pid'), String(process.pid));
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let silent = 0; existsSync(lock) && silent < 20; silent = holderLives(lock) ? 0 : silent + 1) Atomics.wait(pause, 0, 0, 250);
  rmSync(lock, { recursive: true, force: true });
  return false;
}

function holderLives(lock) {
  try {
    process.kill(Number(readFileSync(join(lock, 'pid'), 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}
