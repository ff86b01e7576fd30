import type { Locator, Page } from '@playwright/test';
import { firstScene, predictAnything, runScene } from './simulation-widget.ts';
import { expect, test } from './watched-page.ts';

const lesson = './lessons/s3-clusterip/';

test('a scene runs only when its predictions are given, and keeps them in sight', async ({ page }) => {
  await page.goto(lesson);
  const scene = await firstScene(page);
  const send = scene.locator('.runrow .btn').first();
  await expect(send).toHaveAttribute('aria-disabled', 'true');
  await send.dispatchEvent('click');
  await expect(scene.locator('.runrow [role=status]')).toHaveText('예측을 먼저 골라 주십시오');
  await predictAnything(scene);
  await runScene(scene);
  await expect(scene.locator('.pcard')).not.toHaveCount(0);
  await expect(scene.locator('input:checked')).not.toHaveCount(0);
  await expect(scene.locator('.same, .differ')).not.toHaveCount(0);
});

test('a wrong prediction offers a twin case', async ({ page }) => {
  await page.goto(lesson);
  const scene = await firstScene(page);
  await predictAnything(scene);
  await runScene(scene);
  const before = await page.locator('.poe .scene').count();
  await expect(scene.locator('.differ').first()).toBeVisible();
  await scene.getByRole('button', { name: /^쌍둥이 사례/ }).click();
  await expect(page.locator('.poe .scene')).toHaveCount(before + 1);
});

test.describe('changed code', () => {
  test.use({ hasTouch: true, isMobile: true });

  async function pane(page: Page): Promise<Locator> {
    await page.goto(lesson);
    await firstScene(page);
    await page.getByRole('button', { name: '코드 보기' }).click();
    const opened = page.locator('.codepane');
    await opened.getByRole('textbox').waitFor();
    return opened;
  }

  async function run(opened: Locator, code: string): Promise<void> {
    await opened.getByRole('textbox').fill(code);
    await opened.getByRole('button', { name: '실행' }).click();
  }

  const head = "import { cluster, draw } from 'packet-path';\n";

  for (const [name, code, words] of [
    ['an endless loop', `${head}while (true) {}\n`, '2행의 반복문을 살펴보십시오'],
    ['a memory bomb', `${head}const all = [];\nfor (;;) all.push(new Uint8Array(1e6));\n`, '메모리를 정해진 만큼 다 썼습니다'],
    ['deep recursion', `${head}function f(): number { return f() + 1; }\nf();\n`, '2행의 함수가 언제 멈추는지'],
    ['a regular expression that explodes', `${head}/^(a+)+$/.test('a'.repeat(50) + 'b');\n`, '정해진 시간 안에 끝나지 않았습니다'],
    ['a mistyped line', `${head}const = 1;\n`, '2행을 읽지 못했습니다'],
    ['a forged trace', `${head}draw.trace({ id: 9 } as any);\n`, '2행에서 오류가 났습니다'],
    ['a promise that never ends', `${head}await new Promise(() => {});\n`, 'await를 지워 보십시오'],
    ['a request to elsewhere', `${head}(globalThis as any).fetch('https://example.com/');\n`, '2행에서 오류가 났습니다'],
  ] as const) {
    test(`${name} ends in a sentence, and the page goes on`, async ({ page }) => {
      const opened = await pane(page);
      await run(opened, code);
      await expect(opened.getByRole('status')).toContainText(words, { timeout: 20_000 });
      await run(opened, `${head}draw.note(cluster.trace('pod/client', 'http://my-app-service').end);\n`);
      await expect(opened).toContainText('고친 코드로 돌린 결과입니다');
      await page.locator('.poe .scene .runrow .btn').first().click();
      await expect(page.locator('.poe .scene .drawings')).toHaveText('delivered');
    });
  }

  test('되돌리기 brings the lesson back', async ({ page }) => {
    const opened = await pane(page);
    const scenes = await page.locator('.poe .scene').count();
    await run(opened, `${head}draw.note('mine');\n`);
    await expect(page.locator('.poe .scene')).toHaveCount(1);
    await opened.getByRole('button', { name: '되돌리기' }).click();
    await expect(page.locator('.poe .scene')).toHaveCount(scenes);
    await expect(opened.getByRole('textbox')).toHaveValue(/scene\(/);
  });
});
