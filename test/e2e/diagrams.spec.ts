import { everyPage } from './pages.ts';
import { expect, test } from './watched-page.ts';

/** Labels that stick out of their box or their picture, as `label by N px`; measured in the page. */
function stickingOut(): readonly string[] {
  const out: string[] = [];
  const check = (text: SVGTextElement, frame: Element, room: number): void => {
    const [inner, outer] = [text.getBoundingClientRect(), frame.getBoundingClientRect()];
    const over = Math.max(outer.left - inner.left, inner.right - outer.right, outer.top - inner.top, inner.bottom - outer.bottom) + room;
    if (over > 0) out.push(`${text.textContent} by ${over.toFixed(1)} px`);
  };
  for (const svg of document.querySelectorAll('.diagram svg')) {
    for (const text of svg.querySelectorAll('text')) check(text, svg, 0);
    for (const box of svg.querySelectorAll('.node > :is(rect, polygon, circle, path), rect.actor, rect.note')) {
      const texts = box.closest('.node')?.querySelectorAll('text') ?? box.parentElement?.querySelectorAll('text') ?? [];
      for (const text of texts) check(text, box, 1);
    }
  }
  return out;
}

const lessons = everyPage().filter(({ template }) => template === 'lesson');

test('there are lessons to look at', () => {
  expect(lessons.length).toBeGreaterThan(0);
});

for (const { path } of lessons) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`/${path}: diagrams hold their words and say them aloud in ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      for (const width of [1280, 360]) {
        await page.setViewportSize({ width, height: 800 });
        await page.goto(`./${path}`);
        expect(await page.evaluate(stickingOut), `${width} px wide`).toEqual([]);
      }
      for (const picture of await page.locator('.diagram svg').all()) {
        await expect(picture).toHaveRole('img');
        await expect(picture).toHaveAccessibleName(/\S/);
        await expect(picture).toHaveAccessibleDescription(/[.다]$/);
      }
    });
  }
}
