import { describe, expect, test } from 'vitest';
import { histogram } from './histogram.ts';

describe('histogram', () => {
  test('gives three equal receivers of 300 connections the band 84 to 116', () => {
    const view = histogram(300, [
      { name: 'a', count: 107, probability: 1 / 3 },
      { name: 'b', count: 92, probability: 1 / 3 },
      { name: 'c', count: 101, probability: 1 / 3 },
    ]);
    expect(view.equal).toEqual({ expected: 100, low: 84, high: 116 });
    expect([view.scale, view.block]).toEqual([150, 10]);
  });

  test('gives unequal receivers their own bands and no common one', () => {
    const view = histogram(100, [
      { name: 'a', count: 80, probability: 0.75 },
      { name: 'b', count: 20, probability: 0.25 },
    ]);
    expect(view.equal).toBeUndefined();
    expect(view.rows.map((row) => [row.expected, row.low, row.high])).toEqual([
      [75, 67, 83],
      [25, 17, 33],
    ]);
  });

  test('gives a certain receiver no spread', () => {
    expect(histogram(300, [{ name: 'a', count: 300, probability: 1 }]).equal).toEqual({ expected: 300, low: 300, high: 300 });
  });

  test('stands with nobody to count', () => {
    expect(histogram(0, [])).toEqual({ times: 0, rows: [], scale: 15, block: 1 });
  });
});
