import { defineConfig } from '@playwright/test';
import { findChromium } from './scripts/chromium.ts';
import { courseSite, rootSite } from './test/e2e/sites.ts';

/** Browser tests of the built site: at the root, and below a path. */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  forbidOnly: process.env.CI !== undefined,
  timeout: 30_000,
  reporter: 'list',
  use: {
    baseURL: rootSite.address,
    locale: 'ko-KR',
    timezoneId: 'Asia/Seoul',
    viewport: { width: 1280, height: 800 },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: findChromium(),
      // Chromium's own sandbox refuses to run as root, as containers do.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
  webServer: [rootSite, courseSite].map(({ folder, base, port, address }) => ({
    command: `node scripts/serve-built.ts ${folder} ${base} ${port}`,
    url: address,
    reuseExistingServer: false,
  })),
});
