import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changedWindow, keepUnchanged } from './keep-unchanged.ts';

describe('keepUnchanged', () => {
  test('makes what is new, keeps what was there and tells what went', () => {
    const before = { keys: ['a', 'b', 'c', 'd'], values: ['A', 'B', 'C', 'D'] };
    const made: string[] = [];
    const kept = keepUnchanged(before, ['a', 'c', 'x', 'd'], (key) => {
      made.push(key);
      return key.toUpperCase();
    });
    expect(kept).toEqual({ values: ['A', 'C', 'X', 'D'], added: ['X'], removed: ['B'] });
    expect(made).toEqual(['x']);
  });

  test('gives the same values as making all of them, for any two lists', () => {
    const keys = fc.uniqueArray(fc.integer({ min: 0, max: 12 }), { maxLength: 10 });
    fc.assert(
      fc.property(keys, keys, (first, second) => {
        const before = { keys: first, values: first.map((key) => ({ key })) };
        const { values, added, removed } = keepUnchanged(before, second, (key) => ({ key }));
        expect(values.map(({ key }) => key)).toEqual(second);
        expect(values.filter((value) => before.values.includes(value)).length).toBe(first.filter((key) => second.includes(key)).length);
        expect(new Set(added)).toEqual(new Set(values.filter((value) => !before.values.includes(value))));
        expect(new Set(removed)).toEqual(new Set(before.values.filter((value) => !values.includes(value))));
      }),
    );
  });
});

test('changedWindow is empty for equal lists', () => {
  expect(changedWindow([1, 2, 3], [1, 2, 3])).toEqual({ start: 3, endBefore: 3, end: 3 });
});
