import type { Locator, Page } from '@playwright/test';

/** The first scene of a lesson's simulation, in sight and awake. */
export async function firstScene(page: Page): Promise<Locator> {
  const scene = page.locator('.poe .scene').first();
  await scene.scrollIntoViewIfNeeded();
  await scene.locator('.choices input:enabled, .numberq input:enabled').first().waitFor();
  return scene;
}

/** Gives every question of a scene its first answer. */
export async function predictAnything(scene: Locator): Promise<void> {
  for (const question of await scene.locator('.choices').all()) await question.locator('label').first().click();
  for (const question of await scene.locator('.numberq input').all()) await question.fill('1');
}

/** Runs a scene whose predictions are given, and waits for what it draws. */
export async function runScene(scene: Locator): Promise<void> {
  await scene.locator('.runrow .btn:not(.quiet)').first().click();
  const stopped = scene.locator('.stopped');
  const drawn = scene.locator('.observe .tbl, .observe figure, .observe svg, .observe table');
  await drawn.or(stopped).first().waitFor({ timeout: 15_000 });
  if ((await stopped.count()) > 0) throw new Error(`the simulation stopped: ${await stopped.first().innerText()}`);
}
