import { firstScene, predictAnything, runScene } from './simulation-widget.ts';
import { expect, test } from './watched-page.ts';

const lesson = './lessons/s3-clusterip/';

test('a prediction opens the run, and what is observed stands beside it', async ({ page }) => {
  await page.goto(lesson);
  const scene = await firstScene(page);
  const run = scene.locator('.runrow .btn:not(.quiet)').first();
  await expect(run).toHaveAttribute('aria-disabled', 'true');
  await predictAnything(scene);
  await expect(run).toHaveAttribute('aria-disabled', 'false');
  await runScene(scene);
  await expect(scene.locator('.observe')).toContainText('10.244.');
});

test.describe('changed code', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 412, height: 900 } });

  for (const [name, code] of [
    ['an endless loop', 'while (true) {}\n'],
    ['deep recursion', 'const f = (): number => f() + 1;\nf();\n'],
    ['a syntax error', 'const = 1;\n'],
  ] as const) {
    test(`${name} ends in a message, and the page goes on`, async ({ page }) => {
      await page.goto(lesson);
      const scene = await firstScene(page);
      await page.locator('.poe .tools .btn').first().click();
      const pane = page.locator('.codepane');
      await pane.locator('textarea').fill(code);
      await pane.locator('.acts .btn').first().click();
      await expect(pane.locator('.stopped')).toBeVisible({ timeout: 15_000 });
      await pane.locator('.acts .btn').nth(1).click();
      await predictAnything(scene);
      await runScene(scene);
    });
  }
});
