import { everyPage } from './pages.ts';
import { courseSite } from './sites.ts';
import { expect, test } from './watched-page.ts';

test.use({ baseURL: courseSite.address });

test('every request stays below the path the site was built for', async ({ page }) => {
  const strayed: string[] = [];
  page.on('request', (request) => {
    const { pathname, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && !pathname.startsWith(courseSite.base)) strayed.push(pathname);
  });
  for (const { path } of everyPage()
    .filter(({ template }) => ['', 'lesson', 'lab'].includes(template))
    .slice(0, 4)) {
    await page.goto(`./${path}`);
    await expect(page.locator('h1').first()).toBeVisible();
    // Down and up again, so that what waits to be seen is fetched too.
    await page.keyboard.press('End');
    await page.waitForLoadState('networkidle');
  }
  expect(strayed).toEqual([]);
});

test('a link of the home page leads to a lesson', async ({ page }) => {
  await page.goto('./');
  const link = page.locator('main a[href*="/lessons/"]').first();
  await link.click();
  await expect(page).toHaveURL(/\/course\/lessons\/[^/]+\//);
  await expect(page.locator('h1').first()).toBeVisible();
});
