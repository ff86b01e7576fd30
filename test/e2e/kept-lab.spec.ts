import type { Page } from '@playwright/test';
import { blockStore, changeKept, leaveNewerStore, readKept } from './answer-store.ts';
import { answerIn, openLab, runChecks, writePlain } from './lab-page.ts';
import { expect, test } from './watched-page.ts';

// The plain field: what is kept does not depend on the editor, and is quicker to write here.
test.use({ hasTouch: true, isMobile: true, viewport: { width: 1280, height: 800 } });

const written = answerIn('attempts/nodeport');

/** Writes an answer, opens a hint, gives a name, and waits until it is kept. */
async function leaveAnswer(page: Page): Promise<void> {
  await openLab(page, 'plain');
  await page.getByRole('button', { name: '열기 −10' }).click();
  await page.getByLabel('제출할 이름').fill('김하늘');
  await writePlain(page, written);
  await expect.poll(async () => JSON.stringify(await readKept(page))).toContain('type: NodePort');
}

/** The page works as if nothing had happened. */
async function expectToWork(page: Page): Promise<void> {
  await writePlain(page, answerIn('solution'));
  await runChecks(page);
  await expect(page.locator('.pass-banner .big')).toHaveText('100점');
}

test('answer, hints and name are there again after a reload', async ({ page }) => {
  await leaveAnswer(page);
  await page.reload();
  await expect(page.locator('#file-0 textarea')).toHaveValue(written);
  await expect(page.locator('.hints .used')).toHaveCount(1);
  await expect(page.getByLabel('제출할 이름')).toHaveValue('김하늘');
  await expect(page.locator('#brief .stale')).toHaveCount(0);
});

test('what is written while the store is still being asked is kept too', async ({ page }) => {
  await page.addInitScript(`{
    const get = IDBObjectStore.prototype.get;
    window.asked = 0;
    // The first answer comes when the test lets it.
    IDBObjectStore.prototype.get = function (key) {
      const request = get.call(this, key);
      if (window.asked++ > 0) return request;
      request.addEventListener('success', (event) => {
        if (window.answered) return;
        event.stopImmediatePropagation();
        window.answer = () => { window.answered = true; request.dispatchEvent(new Event('success')); };
      });
      return request;
    };
  }`);
  await openLab(page, 'plain');
  await expect.poll(() => page.evaluate('typeof window.answer')).toBe('function');
  await writePlain(page, written);
  await page.evaluate('window.answer()');
  await expect.poll(async () => JSON.stringify(await readKept(page))).toContain('type: NodePort');
  await expect(page.locator('#file-0 textarea')).toHaveValue(written);
});

test('an answer to an older version is kept and said to be so', async ({ page }) => {
  await leaveAnswer(page);
  await changeKept(page, '({ ...kept, version: 0 })');
  await page.reload();
  await expect(page.locator('#brief .stale')).toContainText('앞 판(0판)');
  await expect(page.locator('#file-0 textarea')).toHaveValue(written);
});

for (const [name, damage] of [
  ['no record of ours', `'not what we wrote'`],
  ['a record of another shape', '({ ...kept, value: { files: 7 } })'],
] as const) {
  test(`${name} is put aside, said so, and nothing breaks`, async ({ page }) => {
    await leaveAnswer(page);
    await changeKept(page, damage);
    await page.reload();
    await expect(page.locator('#brief .stale')).toContainText('저장된 자료를 읽지 못했습니다');
    await expect(page.locator('#file-0 textarea')).toHaveValue(answerIn('start'));
    await expectToWork(page);
    await expect.poll(async () => Object.keys(await readKept(page)).sort()).toEqual(['lab/l-302', 'unreadable/lab/l-302']);
  });
}

test('a store of a newer site is left alone', async ({ page }) => {
  await page.goto('./404.html');
  await leaveNewerStore(page);
  await openLab(page, 'plain');
  await expect(page.locator('#brief .stale')).toContainText('새 판에서 쓴 것');
  await expectToWork(page);
});

test('a browser that keeps nothing is said to, and the lab goes on', async ({ page }) => {
  await blockStore(page);
  await openLab(page, 'plain');
  await expect(page.locator('#brief .stale')).toContainText('브라우저가 저장을 막고 있습니다');
  await expectToWork(page);
});
