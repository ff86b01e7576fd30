import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Download } from '@playwright/test';
import { violations } from './axe.ts';
import { retype, tabTo } from './keyboard.ts';
import { answerField, answerIn, checkButton, openLab, runChecks, writeByKeyboard, writePlain } from './lab-page.ts';
import { expect, test } from './watched-page.ts';

const plainField = { hasTouch: true, isMobile: true };

test('the lab is solved by keyboard alone', async ({ page }) => {
  await openLab(page, 'monaco');
  await tabTo(page, answerField(page));
  await retype(page, answerIn('solution'));
  // Into the mode where Tab indents, out of it again, and away.
  await page.keyboard.press('Control+M');
  await page.keyboard.press('Tab');
  await expect(answerField(page)).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Control+M');
  await tabTo(page, checkButton(page), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(page.locator('.pass-banner .big')).toHaveText('100점', { timeout: 20_000 });
  await expect(page.getByRole('heading', { name: '검사' })).toBeFocused();
  await expect(page.locator('main [role=status]').first()).toHaveText('모두 통과했습니다. 100점');
  await expect(page.locator('.checks li')).toHaveText([/통과/, /통과/, /통과/, /통과/, /통과/, /흔들기.*5\/5/, /흔들기.*5\/5/]);
  await tabTo(page, page.locator('.onward a'));
});

test('a wrong answer shows what it believes, and leads to the step that decided', async ({ page }) => {
  await openLab(page, 'monaco');
  await writeByKeyboard(page, answerIn('attempts/nodeport'));
  await runChecks(page);
  const failed = page.locator('.checks .fail');
  await expect(failed).toContainText('NodePort가 필요하다');
  await expect(failed).toContainText('3걸음 KUBE-NODEPORTS에서 길이 열립니다.');
  await failed.getByRole('button', { name: '3걸음 KUBE-NODEPORTS' }).click();
  const chosen = page.locator('#view-trace tr[aria-current="true"]');
  await expect(chosen).toContainText('-A KUBE-NODEPORTS');
  await expect(chosen.getByRole('button')).toBeFocused();
  await expect(chosen).toBeInViewport();
  await expect(page.locator('#view-trace caption')).toContainText('셋째 검사의 요청');
  await expect(page.locator('#view-trace caption')).toContainText('도착');
});

test.describe('with a coarse pointer', () => {
  test.use({ ...plainField, viewport: { width: 1280, height: 800 } });

  test('the plain field is the editor', async ({ page }) => {
    await openLab(page, 'plain');
    await writeByKeyboard(page, answerIn('solution'));
    await runChecks(page);
    await expect(page.locator('.pass-banner .big')).toHaveText('100점');
    await expect(page.locator('.with-monaco')).toHaveCount(0);
  });

  test('a file that Kubernetes refuses earns nothing, and its words stand first', async ({ page }) => {
    await openLab(page, 'plain');
    await runChecks(page);
    await expect(page.locator('.refusal .k8s')).toHaveText('The Service "cache" is invalid: spec.ports: Required value');
    await expect(page.locator('.workbar .score')).toHaveText('검사 다섯이 남았습니다0/5');
    await expect(page.locator('.checks .fail')).toHaveCount(1);
    await expect(page.locator('.checks .waiting')).toHaveCount(4);
    await expect(page.locator('.checks .waiting').first()).toHaveText(/기다림.*첫째 검사가 먼저입니다/);
  });

  test('hints cost what they say, and the points go off the score', async ({ page }) => {
    await openLab(page, 'plain');
    await page.getByRole('button', { name: '열기 −10' }).click();
    await expect(page.locator('.hints .used p')).toBeFocused();
    await writePlain(page, answerIn('solution'));
    await runChecks(page);
    await expect(page.locator('.pass-banner')).toContainText('90점');
    await expect(page.locator('.pass-banner')).toContainText('힌트 1개를 열어 10점이 빠졌습니다.');
  });

  test('what is typed while the checks run is not lost, and makes the result old', async ({ page }) => {
    await openLab(page, 'plain');
    await writePlain(page, answerIn('solution'));
    await answerField(page).focus();
    await page.evaluate(`document.querySelector('.workbar .btn').click()`);
    await page.keyboard.press('Control+End');
    await page.keyboard.type('# more');
    await expect(page.locator('.workbar .score b')).toHaveText('5/5', { timeout: 20_000 });
    await expect(page.locator('#file-0 textarea')).toHaveValue(/# more$/);
    await expect(page.locator('#brief .stale')).toHaveText('검사한 뒤에 파일을 고쳤습니다. 다시 검사하십시오.');
    await expect(page.getByRole('button', { name: '채점 보고서 받기' })).toHaveCount(0);
  });

  test('starting over asks first', async ({ page }) => {
    await openLab(page, 'plain');
    await writePlain(page, answerIn('solution'));
    const reset = page.locator('.workbar > .btn', { hasText: '처음으로' });
    await reset.click();
    await expect(page.getByRole('dialog')).toContainText('지금 쓴 YAML은 사라집니다');
    await page.keyboard.press('Escape');
    await expect(page.locator('#file-0 textarea')).toHaveValue(answerIn('solution'));
    await reset.click();
    await page.getByRole('dialog').getByRole('button', { name: '처음으로' }).click();
    await expect(page.locator('#file-0 textarea')).toHaveValue(answerIn('start'));
  });

  for (const folder of ['solution', 'attempts/session-affinity'] as const) {
    test(`page and command line report the same bytes on ${folder}`, async ({ page }, info) => {
      await openLab(page, 'plain');
      await page.getByRole('button', { name: '열기 −10' }).click();
      await page.getByLabel('제출할 이름').fill('김하늘, "=1+1"');
      await writePlain(page, answerIn(folder));
      await runChecks(page);
      const take = async (name: string): Promise<Download> => {
        const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
        return download;
      };
      const submission = await take('제출 파일 받기');
      const report = await take('채점 보고서 받기');
      expect([submission.suggestedFilename(), report.suggestedFilename()]).toEqual(['l-302.submission.json', 'l-302.report.json']);
      const file = info.outputPath('l-302.submission.json');
      writeFileSync(file, readFileSync(await submission.path()));
      const program = fileURLToPath(new URL('../../bin/packet-path.mjs', import.meta.url));
      const graded = spawnSync(process.execPath, [program, 'grade', file], { encoding: 'utf8' });
      expect(graded.stderr).toBe('');
      expect(graded.status).toBe(folder === 'solution' ? 0 : 1);
      expect(readFileSync(await report.path(), 'utf8')).toBe(graded.stdout);
    });
  }
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [name, folder] of [
    ['a failed', 'attempts/nodeport'],
    ['a passed', 'solution'],
  ] as const) {
    test(`${name} lab has no accessibility violation in ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await openLab(page, 'monaco');
      await writeByKeyboard(page, answerIn(folder));
      await runChecks(page);
      expect(await violations(page)).toEqual([]);
    });
  }
}

/** How far the page, and the trace in its pane, stick out sideways, in CSS pixels. */
const sticksOut = `(() => {
  const over = (element) => (element === null ? 0 : element.scrollWidth - element.clientWidth);
  return [over(document.documentElement), over(document.querySelector('#view-trace')), over(document.querySelector('#brief'))];
})()`;

test.describe('on a phone', () => {
  test.use({ ...plainField, viewport: { width: 360, height: 740 } });

  test('nothing sticks out sideways in any of the panes, and the result is seen', async ({ page }) => {
    await openLab(page, 'plain');
    await page.getByRole('tab', { name: '편집' }).click();
    await writePlain(page, answerIn('attempts/nodeport'));
    expect(await page.evaluate(sticksOut)).toEqual([0, 0, 0]);
    await runChecks(page);
    await expect(page.getByRole('tab', { name: '문제' })).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByRole('heading', { name: '검사' })).toBeInViewport();
    expect(await page.evaluate(sticksOut)).toEqual([0, 0, 0]);
    await page.locator('.checks .fail .link').click();
    await expect(page.locator('#view-trace tr[aria-current="true"]')).toBeInViewport();
    expect(await page.evaluate(sticksOut)).toEqual([0, 0, 0]);
    for (const view of ['토폴로지', '규칙', 'kubectl', 'DNS']) {
      await page.getByRole('tab', { name: view }).click();
      expect(await page.evaluate(sticksOut), view).toEqual([0, 0, 0]);
    }
  });
});

test('the trace fits its pane, however narrow', async ({ page }) => {
  await openLab(page, 'monaco');
  for (const width of [1920, 1440, 1200, 720, 320]) {
    await page.setViewportSize({ width, height: 800 });
    const tab = page.getByRole('tab', { name: '결과' });
    if (await tab.isVisible()) await tab.click();
    expect(await page.evaluate(sticksOut), `${width} px wide`).toEqual([0, 0, 0]);
  }
});
