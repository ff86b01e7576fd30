import fc from 'fast-check';
import { expect, test } from 'vitest';
import { highlightTypeScript } from './highlight-typescript.ts';

test('tells comments, strings, keywords and numbers', () => {
  const [line] = highlightTypeScript("const a = 'b'; // 1");
  expect(line?.tokens.map((token) => [token.kind, token.text])).toEqual([
    ['keyword', 'const'],
    ['plain', ' a = '],
    ['string', "'b'"],
    ['plain', '; '],
    ['comment', '// 1'],
  ]);
});

test('cuts a template at the ends of its lines', () => {
  expect(highlightTypeScript('`a\nb`').map((line) => line.tokens.map((token) => [token.kind, token.text]))).toEqual([
    [['string', '`a']],
    [['string', 'b`']],
  ]);
});

test('whatever is written, the tokens are the text', () => {
  const codeish = fc
    .array(fc.oneof(fc.constantFrom('`', '"', "'", '//', '/*', '*/', '\n', 'const', '1', ' ', '\\'), fc.string()))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(codeish, (text) => {
      const lines = highlightTypeScript(text);
      expect(lines.map((line) => line.tokens.map((token) => token.text).join('')).join('\n')).toBe(text);
      for (const token of lines.flatMap((line) => line.tokens))
        expect(text.slice(token.start, token.start + token.text.length)).toBe(token.text);
    }),
  );
});
