import { describe, expect, test } from 'vitest';
import { stepReasonCodes } from '#engine';
import { countAsSubject, nativeCount, nativeCountBefore, ordinal } from './counting.ts';
import { fill } from './fill.ts';
import * as ko from './ko.ts';

describe('fill', () => {
  test('fills every place and leaves unknown ones to be seen', () => {
    expect(fill('{a} 이름과 {b} 이름', { a: 'x' })).toBe('x 이름과 {b} 이름');
  });

  test('does not read a value again', () => {
    expect(fill('{a} {b}', { a: '{b}', b: 'y' })).toBe('{b} y');
  });

  test('takes no value from the prototype', () => {
    expect(fill('{constructor}', {})).toBe('{constructor}');
  });
});

test.each([
  [1, '하나가'],
  [2, '둘이'],
  [9, '아홉이'],
  [11, '열하나가'],
  [20, '스물이'],
])('%i is the subject %s', (count, word) => {
  expect(countAsSubject(count)).toBe(word);
});

test.each([
  [1, '하나'],
  [10, '열'],
  [11, '열하나'],
  [20, '스물'],
  [99, '아흔아홉'],
  [100, '100'],
  [0, '0'],
])('%d is said %s', (count, word) => {
  expect(nativeCount(count)).toBe(word);
});

/** Every sentence of the table with its place in it. */
function sentences(value: unknown, path: string): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => sentences(inner, `${path}.${key}`));
}

describe('the table', () => {
  const all = sentences(ko, 'ko');

  test('has a sentence for every step reason', () => {
    for (const code of stepReasonCodes) expect(ko.stepReasons[code], code).toMatch(/[.]$/);
  });

  test('never lets a particle depend on a value', () => {
    // 은/는, 이/가, 을/를, 과/와 and 으로/로 follow the sound of the word before them; `{count}가지` is a unit.
    const particle = /\}[`」]?(?:은|는|이|가(?!지)|을|를|과|와|로|으로)/;
    expect(all.filter(([, text]) => particle.test(text))).toEqual([]);
  });

  test('writes no 은(는) and no exclamation', () => {
    for (const [path, text] of all) expect(text, path).not.toMatch(/은\(는\)|이\(가\)|을\(를\)|!/);
  });
});

test.each([
  [1, '첫째', '한'],
  [2, '둘째', '두'],
  [4, '넷째', '네'],
  [9, '아홉째', '아홉'],
  [10, '열째', '열'],
  [11, '열한째', '열한'],
  [12, '열두째', '열두'],
  [18, '열여덟째', '열여덟'],
  [20, '스무째', '스무'],
  [21, '스물한째', '스물한'],
])('%d is %s in a row and %s before what it counts', (count, inRow, before) => {
  expect([ordinal(count), nativeCountBefore(count)]).toEqual([inRow, before]);
});
