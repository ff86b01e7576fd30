import { describe, expect, it } from 'vitest';
import { byteLength, goJson, goQuote } from './go-text.ts';

describe('goQuote', () => {
  it.each([
    ['web', '"web"'],
    ['내앱', '"내앱"'],
    ['a"b\\c', '"a\\"b\\\\c"'],
    ['a\nb\tc\u0000', '"a\\nb\\tc\\x00"'],
    ['\u00a0 selector', '"\\u00a0 selector"'],
    ['😀', '"😀"'],
    ['\u{e0001}', '"\\U000e0001"'],
    ['\u200b', '"\\u200b"'],
  ])('%j prints as %s', (text, printed) => {
    expect(goQuote(text)).toBe(printed);
  });
});

it('prints JSON without what HTML could read', () => {
  expect(goJson({ a: '<&>', b: [1, null] })).toBe('{"a":"\\u003c\\u0026\\u003e","b":[1,null]}');
  expect(goJson(undefined)).toBe('null');
});

it('counts bytes as Go does', () => {
  expect([byteLength('abc'), byteLength('가'), byteLength('é'), byteLength('😀')]).toEqual([3, 3, 2, 4]);
});
