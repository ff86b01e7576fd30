import type { Locator, Page } from '@playwright/test';
import { violations } from './axe.ts';
import { firstScene, predictAnything, runScene } from './simulation-widget.ts';
import { expect, test } from './watched-page.ts';

const lesson = './lessons/s3-clusterip/';

/** The live exercise, in sight and awake; with Monaco where the pointer is fine. */
async function exercise(page: Page, monaco: boolean): Promise<Locator> {
  await page.goto(lesson);
  const live = page.locator('.live');
  await live.locator('.code').scrollIntoViewIfNeeded();
  await live.getByRole('button', { name: '되돌리기' }).and(page.locator(':enabled')).waitFor();
  if (monaco) await live.locator('.with-monaco').waitFor({ timeout: 15_000 });
  return live;
}

/** The text of the field, whichever it is. */
async function textOf(live: Locator): Promise<string> {
  return await live.locator('.field-inner textarea').inputValue();
}

test.describe('with the plain field', () => {
  test.use({ hasTouch: true, isMobile: true });

  test('each keystroke is validated and traced; the last valid state stays in sight', async ({ page }) => {
    const live = await exercise(page, false);
    const text = await textOf(live);
    const field = live.getByRole('textbox');
    await field.fill(text.replace('TCP', 'HTTP'));
    await expect(live.locator('.diag .k8s').first()).toHaveText(
      'The Service "my-app-service" is invalid: spec.ports[0].protocol: Unsupported value: "HTTP": supported values: "SCTP", "TCP", "UDP"',
    );
    await expect(live.locator('.l.err')).toHaveText(/protocol: HTTP/);
    await expect(live.locator('.l.err mark')).toHaveText('HTTP');
    await expect(live.locator('.stale')).toContainText('오류가 나기 전');
    await expect(live.locator('.trace')).toBeVisible();
    await live.getByRole('button', { name: 'TCP 값으로 바꾸기' }).click();
    expect(await textOf(live)).toBe(text);
    await expect(live.locator('.diag')).toHaveCount(0);
  });

  test('a change of one field says what it did', async ({ page }) => {
    const live = await exercise(page, false);
    await live.getByRole('textbox').fill((await textOf(live)).replace('port: 80\n', 'port: 8081\n'));
    await expect(live.locator('.changed')).toContainText('spec.ports[0].port 필드: 80 → 8081');
    await expect(live.locator('.probes tbody tr').first()).toContainText('응답 없음');
    await expect(live.locator('> p[role=status]')).toContainText('추적이 바뀌었습니다');
    await live.getByRole('button', { name: '되돌리기' }).click();
    await expect(live.locator('.probes tbody tr').first()).toContainText('도착');
  });

  test('any text leaves the page standing', async ({ page }) => {
    const live = await exercise(page, false);
    for (const text of ['', ':', '\t', '{', '- '.repeat(400), 'a: &a [*a]', '한글: 값', 'kind: Service\n---\nkind: Pod', '"\u0000']) {
      await live.getByRole('textbox').fill(text);
      await expect(live.locator('.filebar .state')).toBeVisible();
    }
  });
});

test.describe('with Monaco', () => {
  test('what is typed while it loads is all there, and the cursor goes on', async ({ page }) => {
    await page.goto(lesson);
    const live = page.locator('.live');
    await live.locator('.code').scrollIntoViewIfNeeded();
    const plain = live.locator('.field-inner textarea');
    await plain.and(page.locator(':not([readonly])')).waitFor({ state: 'attached' });
    await plain.focus();
    await page.keyboard.press('Control+Home');
    for (const letter of '# abcdefghijklmnopqrstuvwxyz0123456789')
      await page.keyboard.press(letter === ' ' ? 'Space' : letter, { delay: 30 });
    await live.locator('.with-monaco').waitFor({ timeout: 15_000 });
    await page.keyboard.type(' end');
    await expect(plain).toHaveValue(/^# abcdefghijklmnopqrstuvwxyz0123456789 endapiVersion: v1\n/);
  });

  test('nothing moves when it takes over', async ({ page }) => {
    await page.goto(lesson);
    const live = page.locator('.live');
    await live.locator('.code').scrollIntoViewIfNeeded();
    const before = await live.boundingBox();
    const first = await live.locator('.field-inner pre .l').first().locator('span').first().boundingBox();
    await live.locator('.with-monaco').waitFor({ timeout: 15_000 });
    const after = await live.locator('.field-monaco .view-line').first().locator('span span').first().boundingBox();
    expect((await live.boundingBox())?.height).toBeCloseTo(before?.height ?? 0, 0);
    expect(Math.abs((after?.x ?? 0) - (first?.x ?? 0))).toBeLessThan(1);
    expect(Math.abs((after?.y ?? 0) - (first?.y ?? 0))).toBeLessThan(1);
  });

  test('the page goes on when it cannot be loaded', async ({ page, misdeeds }) => {
    await page.route('**/monaco-core*.js', (route) => route.abort());
    await page.goto(lesson);
    const live = page.locator('.live');
    await live.locator('.code').scrollIntoViewIfNeeded();
    await expect(live).toContainText('편집기를 불러오지 못했습니다');
    await live.getByRole('textbox').fill('kind: Service\n');
    await expect(live.locator('.diag').first()).toBeVisible();
    // The abort is this test's own doing.
    misdeeds.errors.length = 0;
  });

  test('everything can be reached and left by keyboard', async ({ page }) => {
    const live = await exercise(page, true);
    await live.getByRole('button', { name: '되돌리기' }).focus();
    await page.keyboard.press('Tab');
    await expect(live.locator('.field-monaco .monaco-editor.focused')).toBeVisible();
    await page.keyboard.press('Tab');
    await expect(live.locator('.field-monaco .monaco-editor.focused')).toHaveCount(0);
    const step = live.locator('.trace .stepno').nth(5);
    await step.focus();
    await page.keyboard.press('Enter');
    await expect(live.locator('.trace tr[aria-current=true]')).toHaveCount(1);
  });

  test('a step, its rule and its YAML line light up together', async ({ page }) => {
    const live = await exercise(page, true);
    await live.locator('.trace tr', { hasText: 'DNAT --to-destination' }).locator('.stepno').click();
    await expect(live.locator('.field-monaco .lit-line')).not.toHaveCount(0);
    await expect(live.locator('.rules tr.lit', { hasText: 'DNAT --to-destination' })).toHaveCount(1);
    await live.locator('.field-monaco .view-line', { hasText: 'targetPort' }).click();
    await expect(live.locator('.trace tr.lit', { hasText: 'DNAT --to-destination' })).toHaveCount(1);
  });

  test('three hundred connections make a histogram', async ({ page }) => {
    const live = await exercise(page, false);
    await live.getByRole('button', { name: '300번 보내기' }).click();
    await expect(live.locator('.hist tbody tr')).toHaveCount(3);
    const counts = await live.locator('.hist .n').allInnerTexts();
    expect(counts.map(Number).reduce((sum, count) => sum + count, 0)).toBe(300);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`has no accessibility violation when everything is awake, in ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const live = await exercise(page, true);
      await live.getByRole('button', { name: '300번 보내기' }).click();
      await live.locator('.trace .stepno').nth(5).click();
      await live.locator('.field-monaco .view-line', { hasText: 'protocol' }).click();
      await page.keyboard.press('End');
      await page.keyboard.type('X');
      await expect(live.locator('.diag').first()).toBeVisible();
      await page.keyboard.press('Tab');
      const scene = await firstScene(page);
      await predictAnything(scene);
      await runScene(scene);
      await page.getByRole('button', { name: '코드 보기' }).click();
      await page.locator('.codepane .with-monaco').waitFor();
      expect(await violations(page)).toEqual([]);
    });
  }
});
