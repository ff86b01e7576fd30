import { describe, expect, it } from 'vitest';
import { parseQuantity, printQuantity } from './quantity.ts';

describe('quantities', () => {
  it.each([
    ['0.5', '500m'],
    ['500m', '500m'],
    ['1000m', '1'],
    ['1024Mi', '1Gi'],
    ['0.5Gi', '512Mi'],
    ['1.5Gi', '1536Mi'],
    ['100Ki', '100Ki'],
    ['0.1Ki', '102400m'],
    ['1e3', '1e3'],
    ['12345', '12345'],
    ['2000', '2k'],
    ['-64Mi', '-64Mi'],
    ['0Gi', '0'],
    ['1n', '1n'],
    ['0.1n', '1n'],
    ['.5', '500m'],
    ['5.', '5'],
  ])('%s is stored as %s', (text, canonical) => {
    const quantity = parseQuantity(text);
    expect(quantity && printQuantity(quantity)).toBe(canonical);
  });

  it.each(['', '.', 'Gi', '1gi', '1 Gi', '1Gib', 'lots', '1e', '--1'])('%s is none', (text) => {
    expect(parseQuantity(text)).toBeUndefined();
  });

  it('takes no longer for a huge exponent', () => {
    expect(parseQuantity('1e999999999')).toBeDefined();
    expect(parseQuantity('1e-999999999')).toMatchObject({ nano: 1n });
  });
});
