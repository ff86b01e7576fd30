import { readFileSync } from 'node:fs';
import { retype, tabTo } from './keyboard.ts';
import { expect, test } from './watched-page.ts';

const lab = './labs/l-302-internal-cache/';

function answer(folder: string): string {
  return readFileSync(new URL(`../../labs/l-302-internal-cache/${folder}/service.yaml`, import.meta.url), 'utf8');
}

for (const pointer of ['fine', 'coarse'] as const) {
  test.describe(`with a ${pointer} pointer`, () => {
    test.use(pointer === 'coarse' ? { hasTouch: true, isMobile: true, viewport: { width: 1280, height: 800 } } : {});

    test('the lab is solved by keyboard alone', async ({ page }) => {
      await page.goto(lab);
      const check = page.getByRole('button', { name: '검사하기' });
      await expect(check).toBeEnabled();
      if (pointer === 'fine') await page.locator('.monaco-editor').first().waitFor({ timeout: 15_000 });
      await tabTo(page, page.getByRole('textbox', { name: 'service.yaml 편집기' }));
      await retype(page, answer('solution'));
      await tabTo(page, check, 'Shift+Tab');
      await page.keyboard.press('Enter');
      await expect(page.locator('.workbar')).toContainText('100점', { timeout: 15_000 });
    });
  });
}

test('a wrong answer gets its misconception, and a page that comes back has the answer still', async ({ page }) => {
  await page.goto(lab);
  await expect(page.getByRole('button', { name: '검사하기' })).toBeEnabled();
  const field = page.getByRole('textbox', { name: 'service.yaml 편집기' });
  await field.focus();
  await retype(page, answer('attempts/nodeport'));
  await page.getByRole('button', { name: '검사하기' }).click();
  await expect(page.locator('#brief')).toContainText('NodePort가 필요하다', { timeout: 15_000 });
  await expect(page.locator('.workbar')).not.toContainText('100점');
  await page.waitForTimeout(1200);
  await page.reload();
  await expect(page.locator('#edit')).toContainText('type: NodePort', { timeout: 15_000 });
});

test('the submission file is what the command line grades', async ({ page }) => {
  await page.goto(lab);
  const button = page.getByRole('button', { name: '제출 파일 받기' });
  await expect(button).toBeEnabled();
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  expect(download.suggestedFilename()).toBe('l-302.submission.json');
  const submission = JSON.parse(readFileSync(await download.path(), 'utf8')) as unknown;
  expect(submission).toMatchObject({ format: 1, lab: { id: 'l-302', version: 1 }, files: { 'service.yaml': expect.any(String) } });
});
