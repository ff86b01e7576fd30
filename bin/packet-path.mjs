#!/usr/bin/env node
// Starts the command line on a Node that runs TypeScript as it stands. Plain JavaScript that any Node from 18 on understands: it is the
// first thing that runs on a fresh machine, before anything is installed.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const oldestNode = [22, 18];

function runsTypeScript(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
}

/** The Node that npm installed for this platform, if there is one. */
function installedNode() {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const path = join(root, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(path) ? path : undefined;
}

function install() {
  process.stderr.write('packet-path: installing dependencies (once) …\n');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const done = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', process.stderr, process.stderr],
    shell: process.platform === 'win32',
  });
  if (done.status !== 0) {
    process.stderr.write('packet-path: `npm ci` failed; its words are above.\n');
    process.exit(2);
  }
}

if (!existsSync(join(root, 'node_modules', 'yaml'))) install();

if (runsTypeScript(process.versions.node)) {
  enableCompileCache?.(join(root, 'node_modules', '.cache', 'compile'));
  const { main } = await import('../src/cli/main.ts');
  process.exitCode = await main(process.argv.slice(2));
} else {
  const node = installedNode();
  if (node === undefined) {
    const here = `${process.platform}-${process.arch}`;
    process.stderr.write(
      `packet-path needs Node ${oldestNode.join('.')} or later; this is ${process.versions.node}, and npm has no Node package for ${here}.\n` +
        'Install Node 24 from your package manager, or from the Node.js project, and try again.\n',
    );
    process.exit(2);
  }
  const done = spawnSync(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exit(done.status ?? 2);
}
