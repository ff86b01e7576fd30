import { describe, expect, test } from 'vitest';
import { stripTypes } from './strip-types.ts';

describe('stripTypes', () => {
  test('leaves every line where it is', () => {
    const code = `import { draw } from 'packet-path';\ninterface A {\n  b: string;\n}\nconst a: A = { b: 'c' };\ndraw.note(a.b as string);\n`;
    const stripped = stripTypes(code);
    expect(stripped.ok && stripped.code.split('\n')).toHaveLength(code.split('\n').length);
    expect(stripped.ok && stripped.code.split('\n')[5]).toBe('draw.note(a.b );');
  });

  test('names the line it cannot read', () => {
    expect(stripTypes('const a = 1;\nconst = 2;')).toEqual({
      ok: false,
      failure: { kind: 'syntax', message: 'Unexpected token', line: 2 },
    });
  });
});
