import type { Page } from '@playwright/test';
import { firstScene } from './simulation-widget.ts';
import { expect, test } from './watched-page.ts';

const lesson = './lessons/s3-clusterip/';

/** Opens the page's database and does something with its answers. */
async function inStore(page: Page, script: string): Promise<void> {
  await page.evaluate(
    `new Promise((resolve, reject) => {
      const open = indexedDB.open('packet-path');
      open.onerror = () => reject(open.error);
      open.onsuccess = () => {
        const store = open.result.transaction('answers', 'readwrite').objectStore('answers');
        ${script}
        store.transaction.oncomplete = () => { open.result.close(); resolve(); };
      };
    })`,
  );
}

async function predict(page: Page): Promise<void> {
  const scene = await firstScene(page);
  await scene.locator('.choices').first().locator('label').first().click();
  await expect(scene.locator('.saved')).toHaveText('이 브라우저에 저장했습니다');
}

test('a prediction is there again after a reload', async ({ page }) => {
  await page.goto(lesson);
  await predict(page);
  await page.reload();
  await expect((await firstScene(page)).locator('input:checked')).toHaveCount(1);
});

test('a prediction of an older text is kept and said to be so', async ({ page }) => {
  await page.goto(lesson);
  await predict(page);
  await inStore(
    page,
    `store.openCursor().onsuccess = (event) => {
      const cursor = event.target.result;
      if (cursor) { cursor.update({ ...cursor.value, version: 0 }); cursor.continue(); }
    };`,
  );
  await page.reload();
  const scene = await firstScene(page);
  await expect(scene.locator('input:checked')).toHaveCount(1);
  await expect(scene.locator('.saved')).toContainText('앞 판(0판)');
});

test('a prediction that cannot be read is left alone, and nothing breaks', async ({ page }) => {
  await page.goto(lesson);
  await predict(page);
  await inStore(
    page,
    `store.openCursor().onsuccess = (event) => {
      const cursor = event.target.result;
      if (cursor) { cursor.update('not what we wrote'); cursor.continue(); }
    };`,
  );
  await page.reload();
  const scene = await firstScene(page);
  await expect(scene.locator('.saved')).toContainText('읽지 못했습니다');
  await predict(page);
});

test('without a store the page works, and says that nothing is kept', async ({ page }) => {
  await page.addInitScript(`IDBFactory.prototype.open = () => { throw new DOMException('denied', 'SecurityError'); };`);
  await page.goto(lesson);
  const scene = await firstScene(page);
  await scene.locator('.choices').first().locator('label').first().click();
  await expect(scene.locator('input:checked')).toHaveCount(1);
  await expect(scene.locator('.saved')).toContainText('브라우저가 저장을 막고 있습니다');
});

test('a store of a newer site is left alone', async ({ page }) => {
  await page.goto('./404.html');
  await page.evaluate(`new Promise((resolve) => {
    const open = indexedDB.open('packet-path', 99);
    open.onsuccess = () => { open.result.close(); resolve(); };
  })`);
  await page.goto(lesson);
  await expect((await firstScene(page)).locator('.saved')).toContainText('새 판에서 쓴 것');
});
