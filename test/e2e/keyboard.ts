import type { Locator, Page } from '@playwright/test';

/** Moves the focus with Tab alone until it is on `target`; says where it got lost otherwise. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < 80; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
    passed.push(await page.evaluate('document.activeElement?.tagName + " " + (document.activeElement?.textContent ?? "").slice(0, 20)'));
  }
  throw new Error(`the keyboard does not reach ${target}; the last places were ${passed.slice(-8).join(' | ')}`);
}

/** Replaces what the focused field holds, line by line. What an editor indents by itself is typed over. */
export async function retype(page: Page, text: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('Delete');
  const lines = text.trimEnd().split('\n');
  for (const [index, line] of lines.entries()) {
    if (index > 0) await page.keyboard.press('Enter');
    await page.keyboard.press('Shift+Home');
    await page.keyboard.insertText(line);
  }
}
