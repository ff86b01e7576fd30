/** Serves the site while it is written: every edit shows at once. PORT (4321) is the port. */
import { spawn } from 'node:child_process';
import { projectRoot } from './project.ts';

const child = spawn('astro', ['dev', '--port', process.env.PORT ?? '4321', ...process.argv.slice(2)], {
  cwd: projectRoot,
  stdio: 'inherit',
  env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
  shell: process.platform === 'win32',
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
process.on('exit', () => child.kill());
child.on('close', (status) => process.exit(status ?? 0));
