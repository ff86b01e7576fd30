import { violations } from './axe.ts';
import { pagesToTest } from './pages.ts';
import { expect, test } from './watched-page.ts';

/** Width of the page's content beyond its window, in CSS pixels. */
const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

for (const { path } of pagesToTest()) {
  const address = `./${path}`;

  test.describe(`/${path}`, () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      test(`has no accessibility violation in ${colorScheme}`, async ({ page }) => {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.goto(address);
        await page.waitForLoadState('networkidle');
        expect(await violations(page)).toEqual([]);
      });
    }

    test('fits into 320 and 360 pixels, and 1280 at 200 %', async ({ page }) => {
      await page.goto(address);
      for (const width of [320, 360, 640]) {
        await page.setViewportSize({ width, height: 720 });
        expect(await page.evaluate(overflow), `${width} px wide`).toBeLessThanOrEqual(0);
      }
    });

    test('forbids scripts that are not its own', async ({ page }) => {
      await page.goto(address);
      const policy = (await page.locator('meta[http-equiv="content-security-policy" i]').getAttribute('content')) ?? '';
      const scripts = /script-src([^;]*)/.exec(policy)?.[1] ?? '';
      expect(scripts).toContain("'self'");
      expect(scripts).not.toMatch(/'unsafe-inline'|'unsafe-eval'|https?:|\*/);
      expect(policy).toMatch(/(default|connect)-src[^;]*('self'|'none')/);
    });
  });
}
