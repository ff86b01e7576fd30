/**
 * Builds the site if anything changed since the last build, and serves it.
 *
 * PORT (4321) is the port, HOST (all addresses of this machine) where to listen, BASE (/) the path below which the site lives.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, projectRoot } from './project.ts';
import { basePath, siteServer } from './static-server.ts';

const dist = join(projectRoot, 'dist');
const stamp = join(dist, '.built-with');
const base = basePath(process.env.BASE);
const port = Number(process.env.PORT ?? 4321);

/** Whether dist/ holds what the sources and `BASE` say now. */
function isBuilt(): boolean {
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== base) return false;
  const built = statSync(stamp).mtimeMs;
  const inputs = ['src', 'content', 'labs', 'clusters', 'public'].flatMap((folder) => filesBelow(folder, ['']));
  return [...inputs, 'astro.config.mjs', 'package-lock.json'].every((file) => statSync(join(projectRoot, file)).mtimeMs <= built);
}

function build(): boolean {
  process.stdout.write('Building the site (about half a minute) …\n');
  const done = spawnSync('astro', ['build', '--silent'], {
    cwd: projectRoot,
    stdio: 'inherit',
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
    shell: process.platform === 'win32',
  });
  if (done.status === 0) writeFileSync(stamp, base);
  return done.status === 0;
}

function serve(): void {
  const server = siteServer(dist, base);
  server.on('error', (error: NodeJS.ErrnoException) => {
    const why = error.code === 'EADDRINUSE' ? `port ${port} is taken; choose another: PORT=4322 npm start` : error.message;
    process.stderr.write(`packet-path: ${why}\n`);
    process.exitCode = 2;
  });
  server.listen(port, process.env.HOST, () => {
    process.stdout.write(`패킷의 길: http://localhost:${port}${base}\nStop with Ctrl+C.\n`);
  });
}

if (!Number.isInteger(port) || port < 1 || port > 65535) {
  process.stderr.write(`packet-path: PORT=${process.env.PORT} is no port; use a number from 1 to 65535\n`);
  process.exitCode = 2;
} else if (isBuilt() || build()) {
  serve();
} else {
  process.stderr.write('packet-path: the site could not be built; what is wrong stands above.\n');
  process.exitCode = 1;
}
