import { expect, test } from 'vitest';
import { goFloat, goPrint } from './go-format.ts';
import type { JsonValue } from './json.ts';

test.each<[value: JsonValue, text: string]>([
  [{ b: [1, 'x', null], a: { c: true } }, 'map[a:map[c:true] b:[1 x <nil>]]'],
  [1.5, '1.5'],
  [8000, '8000'],
  [1234567.5, '1.2345675e+06'],
  ['a b', 'a b'],
])('%j', (value, text) => {
  expect(goPrint(value)).toBe(text);
});

test.each([
  [1e6, '1e+06'],
  [999999, '999999'],
  [0.0001, '0.0001'],
  [0.00001, '1e-05'],
  [-2.5, '-2.5'],
])('float %f', (value, text) => {
  expect(goFloat(value)).toBe(text);
});
