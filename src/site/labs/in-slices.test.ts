import { expect, test } from 'vitest';
import { inSlices } from './in-slices.ts';

/** Work that keeps the thread for a few milliseconds a step. */
function* busy(steps: number): Generator<number, string> {
  for (let step = 1; step <= steps; step += 1) {
    const until = performance.now() + 4;
    while (performance.now() < until);
    yield step;
  }
  return 'done';
}

test('lets others run between slices, tells how far it is, and gives the result', async () => {
  const told: number[] = [];
  let others = 0;
  const timer = setInterval(() => {
    others += 1;
  }, 0);
  expect(await inSlices(busy(20), (step) => told.push(step))).toBe('done');
  clearInterval(timer);
  expect(others).toBeGreaterThan(1);
  expect(told.length).toBeGreaterThan(1);
  expect(told).toEqual(told.toSorted((a, b) => a - b));
});

test('work that is done at once tells nothing', async () => {
  const told: number[] = [];
  expect(await inSlices(busy(0), (step) => told.push(step))).toBe('done');
  expect(told).toEqual([]);
});

test('an error of the work is the error of the whole', async () => {
  // biome-ignore lint/correctness/useYield: it fails before it could
  function* broken(): Generator<number, string> {
    throw new RangeError('no');
  }
  await expect(inSlices(broken(), () => undefined)).rejects.toThrow('no');
});
