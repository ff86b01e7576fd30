/** Takes the pictures of docs/: the finished pages as a reader sees them. Build first. npm run screenshots */
import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { everyPage } from '../test/e2e/pages.ts';
import { findChromium } from './chromium.ts';
import { projectRoot } from './project.ts';
import { siteServer } from './static-server.ts';

const looks = [
  { suffix: '', viewport: { width: 1440, height: 1000 }, colorScheme: 'light' },
  { suffix: '-dark', viewport: { width: 1440, height: 1000 }, colorScheme: 'dark' },
  { suffix: '-360', viewport: { width: 360, height: 780 }, colorScheme: 'light' },
] as const;

/** A page's template, the picture's name, and what to bring into sight before. `height`: of the window, where the usual one is too low. */
interface Picture {
  readonly template: string;
  readonly name: string;
  readonly sight?: string;
  readonly height?: number;
}

const pictures: readonly Picture[] = [
  { template: '', name: 'home' },
  { template: 'lesson', name: 'lesson' },
  { template: 'lesson', name: 'live-exercise', sight: '.live', height: 1560 },
  { template: 'lesson', name: 'simulation', sight: '.poe' },
  { template: 'lab', name: 'lab' },
];

const folder = join(projectRoot, 'docs');
mkdirSync(folder, { recursive: true });
const server = siteServer(join(projectRoot, 'dist'), '/').listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
const browser = await chromium.launch({ executablePath: findChromium(), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });

async function take(page: Page, { template, sight, height }: Picture, file: string): Promise<void> {
  const usual = page.viewportSize();
  if (usual !== null && height !== undefined) await page.setViewportSize({ ...usual, height });
  const path = everyPage().find((one) => one.template === template)?.path;
  if (path === undefined) throw new Error(`the site has no page of the template "${template}"`);
  await page.goto(address + path);
  await page.waitForLoadState('networkidle');
  if (sight !== undefined) {
    await page
      .locator(sight)
      .first()
      .evaluate((element) => element.scrollIntoView({ block: 'start' }));
    await page.evaluate('window.scrollBy(0, -16)');
    await page.waitForTimeout(1500);
    await page.waitForLoadState('networkidle');
  }
  await page.screenshot({ path: join(folder, file) });
  if (usual !== null) await page.setViewportSize(usual);
  process.stdout.write(`docs/${file}\n`);
}

try {
  for (const { suffix, viewport, colorScheme } of looks) {
    const page = await browser.newPage({ viewport, colorScheme, reducedMotion: 'reduce', hasTouch: viewport.width < 600, locale: 'ko-KR' });
    for (const picture of pictures) await take(page, picture, `${picture.name}${suffix}.png`);
    await page.close();
  }
} finally {
  await browser.close();
  server.close();
  server.closeAllConnections();
}
