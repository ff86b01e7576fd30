/**
 * Loads the rules we print into a real Linux kernel and sends real packets: `npm run test:kernel`. Exit code 0: everything went as the engine
 * says; 1: something did not; 77: not run, because this machine lets us make no network namespaces or has not the tools.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findSeclusion } from './prerequisites.ts';

const notRun = 77;

const found = findSeclusion();
if ('reason' in found) {
  process.stdout.write(`not run: ${found.reason}\n`);
  process.exitCode = notRun;
} else {
  const [command = '', ...args] = found.command;
  const suite = fileURLToPath(new URL('suite.ts', import.meta.url));
  const { status } = spawnSync(command, [...args, process.execPath, suite, ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
