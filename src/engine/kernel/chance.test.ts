import { describe, expect, test } from 'vitest';
import { both, enumerateChoices, otherwise, seededChooser } from './chance.ts';

describe('enumerateChoices', () => {
  test('takes the rules of four endpoints each with a quarter', () => {
    const ways = enumerateChoices((chooser) => {
      for (let left = 4; left > 1; left--) if (chooser.happens({ numerator: 1, denominator: left })) return 4 - left;
      return 3;
    });
    expect(ways.map(({ value }) => value)).toEqual([0, 1, 2, 3]);
    expect(ways.map(({ odds }) => odds)).toEqual(Array.from({ length: 4 }, () => ({ numerator: 1, denominator: 4 })));
  });

  test('goes through choices that depend on earlier ones', () => {
    const ways = enumerateChoices((chooser) => (chooser.pick(3) === 0 ? `a${chooser.pick(2)}` : 'b'));
    expect(ways.map(({ value, odds }) => [value, `${odds.numerator}/${odds.denominator}`])).toEqual([
      ['a0', '1/6'],
      ['a1', '1/6'],
      ['b', '1/3'],
      ['b', '1/3'],
    ]);
  });

  test('is one way without a choice', () => {
    expect(enumerateChoices((chooser) => chooser.happens({ numerator: 1, denominator: 1 }))).toEqual([
      { odds: { numerator: 1, denominator: 1 }, value: true },
    ]);
  });

  test('refuses to run for ever', () => {
    expect(() => enumerateChoices((chooser) => chooser.pick(1000), 100)).toThrow('more than 100 ways to go');
  });
});

describe('seededChooser', () => {
  test('says the same for the same seed', () => {
    const draw = (seed: number) => {
      const chooser = seededChooser(seed);
      return [chooser.pick(1000), chooser.happens({ numerator: 1, denominator: 2 }), chooser.ephemeralPort()];
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  test('spreads neighbouring seeds evenly', () => {
    const counts = [0, 0, 0];
    for (let seed = 0; seed < 3000; seed++) {
      const index = seededChooser(seed).pick(3);
      counts[index] = (counts[index] ?? 0) + 1;
    }
    // 1000 expected; four standard deviations are 103.
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(103);
  });
});

test('odds multiply in lowest terms and have complements', () => {
  expect(both({ numerator: 2, denominator: 3 }, { numerator: 1, denominator: 2 })).toEqual({ numerator: 1, denominator: 3 });
  expect(otherwise({ numerator: 1, denominator: 3 })).toEqual({ numerator: 2, denominator: 3 });
  expect(otherwise({ numerator: 1, denominator: 1 })).toBeUndefined();
});
