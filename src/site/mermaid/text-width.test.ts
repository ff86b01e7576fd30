import { describe, expect, it } from 'vitest';
import { textWidth } from './text-width.ts';

describe('textWidth', () => {
  it('gives a Hangul syllable 0.93 em and a full-width bracket 1 em', () => {
    expect(textWidth('파드', 100)).toBeCloseTo(186);
    expect(textWidth('「」', 100)).toBeCloseTo(200);
  });

  it('grows with every character', () => {
    expect(textWidth('10.244.1.10:8080', 15)).toBeGreaterThan(textWidth('10.244.1.5', 15));
  });
});
