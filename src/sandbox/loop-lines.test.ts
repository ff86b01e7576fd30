import { expect, test } from 'vitest';
import { loopLines } from './loop-lines.ts';

test.each([
  ['a loop on its line', 'let n = 0;\nwhile (true) {}\n', [2]],
  ['several, each line once', 'for (;;) for (;;) {}\ndo {\n} while (a)', [1, 2, 3]],
  ['none in strings, comments and templates', '"for (;;)";\n// while (1)\n/* do {\n */`\nfor (;;)`;', []],
  ['none in names', 'const format = (a) => a;\nx.while2(1);\nform(2)', []],
  ['lines after a long comment', '/*\n\n*/\nfor await (const a of b) {}', [4]],
])('%s', (_name, code, lines) => {
  expect(loopLines(code)).toEqual(lines);
});
