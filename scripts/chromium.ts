import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome.exe'];
const places = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];

/** The Chromium that browser tests use: `CHROMIUM` when set, else one of the system's. */
export function findChromium(): string | undefined {
  const named = process.env.CHROMIUM;
  if (named !== undefined && named !== '') return named;
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...places].find((path) => existsSync(path));
}

/**
 * Installs Chromium, and a Korean font, from Debian's packages where this user may. Gives the reason why not otherwise: one sentence with
 * the next step.
 */
export function installChromium(): { readonly ok: true; readonly path: string } | { readonly ok: false; readonly reason: string } {
  const byHand = 'Install Chromium or Chrome, or set CHROMIUM to the path of one, and run this again.';
  if (spawnSync('apt-get', ['--version']).status !== 0) return { ok: false, reason: `There is no browser, and no apt-get. ${byHand}` };
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  if (sudo.length > 0 && spawnSync('sudo', ['-n', 'true']).status !== 0) {
    return { ok: false, reason: `There is no browser, and this user may not install one. ${byHand}` };
  }
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-nanum']]) {
    const [command = '', ...rest] = [...sudo, 'apt-get', ...args];
    process.stdout.write(`${[command, ...rest].join(' ')} …\n`);
    const done = spawnSync(command, rest, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (done.status !== 0) return { ok: false, reason: `There is no browser, and "apt-get ${args.join(' ')}" failed. ${byHand}` };
  }
  const path = findChromium();
  return path === undefined ? { ok: false, reason: `Chromium was installed and cannot be found. ${byHand}` } : { ok: true, path };
}
