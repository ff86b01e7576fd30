/** Serves the site while it is written: every edit shows at once. PORT (4321) is the port. */
import { spawnSync } from 'node:child_process';
import { projectRoot } from './project.ts';

const done = spawnSync('astro', ['dev', '--port', process.env.PORT ?? '4321', ...process.argv.slice(2)], {
  cwd: projectRoot,
  stdio: 'inherit',
  env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
  shell: process.platform === 'win32',
});
process.exitCode = done.status ?? 0;
