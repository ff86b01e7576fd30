import { pagesToTest } from './pages.ts';
import { expect, test } from './watched-page.ts';

test.use({ javaScriptEnabled: false });

for (const { path, template } of pagesToTest()) {
  test(`/${path} can be read`, async ({ page }) => {
    await page.goto(`./${path}`);
    await expect(page.locator('h1').first()).toBeVisible();
    await expect(page.locator('main').first()).toBeVisible();
    if (template !== '404.html') expect((await page.locator('main').first().innerText()).length).toBeGreaterThan(80);
    expect(await page.locator('main astro-island:empty').count()).toBe(0);
  });
}
