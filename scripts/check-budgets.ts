/**
 * Weighs what each route of the built site fetches, in a real browser, against the budgets in bytes after gzip (kB = 1,000 bytes).
 *
 * before      until the page is quiet, without touching it
 * wakes       when the live exercise comes into sight, with the plain field (a coarse pointer)
 * run         on 실행 of the simulation
 * first edit  on the first 실행 of changed code
 * Monaco      what a fine pointer fetches besides, once the exercise is in sight
 *
 * What is over its budget today stands in overweight.json, with its reason; those limits may only shrink.
 *
 * npm run budgets
 */
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Browser, chromium, type Page } from '@playwright/test';
import { everyPage, type SitePage } from '../test/e2e/pages.ts';
import { firstScene, predictAnything, runScene } from '../test/e2e/simulation-widget.ts';
import { findChromium } from './chromium.ts';
import { conclude, type Finding } from './findings.ts';
import { projectRoot } from './project.ts';
import { siteServer } from './static-server.ts';

const kB = 1000;

interface Weight {
  html: number;
  css: number;
  /** Scripts, and everything else a script asks for: workers, WebAssembly, fonts, data. */
  js: number;
}

/** `undefined`: no budget. Sums of phases after the first count all kinds together. */
const budgets = {
  lesson: { html: 60, css: 20, js: 27 },
  /** The exercise is in sight from the beginning: what wakes counts. */
  lab: { html: 60, css: 20, js: 167 },
  other: { html: undefined, css: 20, js: 20 },
  wakes: 140,
  run: 260,
  'first edit': 50,
  Monaco: 1150,
} as const;

/** A part that is known to be over its budget: `limit` in kB holds instead, on routes that begin with `route` and are more than that. */
interface Overweight {
  readonly phase: string;
  readonly kind: string;
  readonly route?: string;
  readonly limit: number;
  readonly reason: string;
}

const overweight = JSON.parse(readFileSync(join(projectRoot, 'scripts', 'overweight.json'), 'utf8')) as readonly Overweight[];

function knownOverweight(phase: string, kind: string, route: string): Overweight | undefined {
  return overweight.find(
    (known) =>
      known.phase === phase &&
      known.kind === kind &&
      (known.route === undefined || (route !== known.route && route.startsWith(known.route))),
  );
}

/** Remembers what a page fetched, each address once. */
class Scale {
  readonly #seen = new Map<string, Promise<readonly [keyof Weight, number]>>();
  #weighed = new Set<string>();

  constructor(page: Page) {
    page.context().on('response', (response) => {
      const url = response.url().replace(/#.*$/, '');
      if (!url.startsWith('http') || this.#seen.has(url)) return;
      const type = response.request().resourceType();
      const kind = type === 'document' ? 'html' : type === 'stylesheet' ? 'css' : 'js';
      this.#seen.set(
        url,
        response.body().then(
          (body) => [kind, gzipSync(body, { level: 9 }).length] as const,
          () => [kind, 0] as const,
        ),
      );
    });
  }

  get addresses(): ReadonlySet<string> {
    return new Set(this.#seen.keys());
  }

  /** What was fetched since it was last asked, but for the addresses given. */
  async since(known: ReadonlySet<string> = new Set()): Promise<Weight> {
    const fresh = [...this.#seen].filter(([url]) => !this.#weighed.has(url) && !known.has(url));
    this.#weighed = new Set(this.#seen.keys());
    const weight: Weight = { html: 0, css: 0, js: 0 };
    for (const [kind, size] of await Promise.all(fresh.map(([, body]) => body))) weight[kind] += size;
    return weight;
  }
}

const rows: (readonly string[])[] = [['route', 'phase', 'HTML', 'CSS', 'JS and other', 'budget']];
const findings: Finding[] = [];

function inKilobytes(bytes: number): string {
  return (bytes / kB).toFixed(1);
}

function weighed(route: string, phase: string, weight: Weight, budget: Partial<Weight> | number | undefined): void {
  const limits =
    typeof budget === 'number'
      ? [['all', weight.html + weight.css + weight.js, budget] as const]
      : (['html', 'css', 'js'] as const).map((kind) => [kind, weight[kind], budget?.[kind]] as const);
  const known = limits.filter(([, , limit]) => limit !== undefined);
  rows.push([
    route,
    phase,
    inKilobytes(weight.html),
    inKilobytes(weight.css),
    inKilobytes(weight.js),
    known.map(([kind, , limit]) => `${kind} ${limit}`).join(', '),
  ]);
  for (const [kind, size, limit] of limits) {
    if (limit === undefined || size <= limit * kB) continue;
    const known = knownOverweight(phase, kind, route);
    const told = `${phase}: ${kind} is ${inKilobytes(size)} kB, and may be ${limit} kB`;
    if (known === undefined || size > known.limit * kB) findings.push({ file: route, message: told });
    else process.stdout.write(`known: ${route} ${told} (for now ${known.limit} kB). ${known.reason}\n`);
  }
}

async function quiet(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
}

async function weighRoute(browser: Browser, address: string, { path, template }: SitePage): Promise<void> {
  const route = `/${path}`;
  const page = await browser.newPage({ viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true });
  const scale = new Scale(page);
  await page.goto(address + path);
  await quiet(page);
  const { lesson, lab, other } = budgets;
  weighed(route, 'before', await scale.since(), template === 'lesson' ? lesson : template === 'lab' ? lab : other);
  if (template === 'lesson') await weighLesson(page, scale, route, browser, address + path);
  await page.close();
}

async function weighLesson(page: Page, scale: Scale, route: string, browser: Browser, address: string): Promise<void> {
  await page.locator('.live textarea').first().scrollIntoViewIfNeeded();
  await page.locator('.live .tools .btn:enabled').first().waitFor();
  await quiet(page);
  weighed(route, 'wakes', await scale.since(), budgets.wakes);
  const known = scale.addresses;
  const scene = await firstScene(page);
  await quiet(page);
  weighed(route, 'widget wakes', await scale.since(), undefined);
  await predictAnything(scene);
  await runScene(scene);
  await quiet(page);
  weighed(route, 'run', await scale.since(), budgets.run);
  await page.locator('.poe .tools .btn').first().click();
  await page.locator('.codepane .acts .btn').first().click();
  await quiet(page);
  weighed(route, 'first edit', await scale.since(), budgets['first edit']);

  const desktop = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const desktopScale = new Scale(desktop);
  await desktop.goto(address);
  await desktop.locator('.live textarea').first().scrollIntoViewIfNeeded();
  await desktop.locator('.live .monaco-editor').first().waitFor({ timeout: 15_000 });
  await quiet(desktop);
  weighed(route, 'Monaco', await desktopScale.since(known), budgets.Monaco);
  await desktop.close();
}

function printTable(): void {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length))) ?? [];
  for (const row of rows)
    process.stdout.write(
      `${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    );
}

const server = siteServer(join(projectRoot, 'dist'), '/').listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
const browser = await chromium.launch({ executablePath: findChromium(), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
try {
  const all = everyPage();
  const pages = all.filter(
    (page, index) => page.template === 'lesson' || all.findIndex(({ template }) => template === page.template) === index,
  );
  for (const page of pages) await weighRoute(browser, address, page);
  printTable();
  conclude('budgets', pages.length, findings);
} finally {
  await browser.close();
  server.close();
  server.closeAllConnections();
}
