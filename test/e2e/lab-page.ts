import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';
import { retype } from './keyboard.ts';

/** The lab that the tests work in. */
export const labAddress = './labs/l-302-internal-cache/';

/** An answer that lies in the lab's folder: `solution`, `attempts/nodeport`. */
export function answerIn(folder: string): string {
  return readFileSync(new URL(`../../labs/l-302-internal-cache/${folder}/service.yaml`, import.meta.url), 'utf8');
}

export function checkButton(page: Page): Locator {
  return page.getByRole('button', { name: /^검사/ });
}

/** The field of the file to be answered; with Monaco where the pointer is fine. */
export function answerField(page: Page): Locator {
  return page.getByRole('textbox', { name: 'service.yaml 편집기' });
}

/** Opens the lab, awake, with Monaco in place unless `plain`. */
export async function openLab(page: Page, editor: 'monaco' | 'plain'): Promise<void> {
  await page.goto(labAddress);
  await expect(checkButton(page)).toBeEnabled();
  if (editor === 'monaco') await page.locator('.with-monaco').first().waitFor({ timeout: 15_000 });
}

/** Writes an answer into the plain field. */
export async function writePlain(page: Page, text: string): Promise<void> {
  await page.locator('#file-0 textarea').first().fill(text);
}

/** Writes an answer with the keyboard, in whichever editor there is. */
export async function writeByKeyboard(page: Page, text: string): Promise<void> {
  await answerField(page).focus();
  await retype(page, text);
}

/** Runs the checks and waits for the end of them. */
export async function runChecks(page: Page): Promise<void> {
  await checkButton(page).click();
  await expect(checkButton(page)).toHaveText('검사하기', { timeout: 20_000 });
  await expect(page.locator('.workbar .score b')).toBeVisible();
}
