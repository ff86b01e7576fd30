import { describe, expect, test } from 'vitest';
import { ipv4 } from '../api/ipv4.ts';
import type { Enumeration, Trace } from '../trace/trace.ts';
import { connectionSeed, tally } from './tally.ts';

function toPod(name: string): Trace {
  const probe = { from: { kind: 'pod', namespace: 'default', name: 'client' }, protocol: 'TCP', host: 'web', port: 80 } as const;
  const to = { kind: 'pod', namespace: 'default', name, node: 'node-1' } as const;
  return { probe, steps: [], end: { kind: 'delivered', step: 0, to, sourceSeen: ipv4('10.244.1.5') }, conntrack: [], rulesWalked: 0 };
}

const twoPods: Enumeration = {
  sticky: false,
  possible: [
    { probability: 0.5, trace: toPod('a') },
    { probability: 0.5, trace: toPod('b') },
  ],
};

describe('tally', () => {
  test('counts receivers beside their probability, those never met included', () => {
    expect(tally(twoPods, () => toPod('b'), 10, 1)).toEqual({
      times: 10,
      receivers: [
        { name: 'a', count: 0, probability: 0.5 },
        { name: 'b', count: 10, probability: 0.5 },
      ],
      ends: { delivered: 10 },
      sticky: false,
    });
  });

  test('gives every connection a seed of its own, and one seed to a sticky client', () => {
    const seeds = (sticky: boolean) => {
      const used = new Set<number>();
      const connect = (seed: number) => {
        used.add(seed);
        return toPod('a');
      };
      tally({ ...twoPods, sticky }, connect, 300, 7);
      return used.size;
    };
    expect(seeds(false)).toBe(300);
    expect(seeds(true)).toBe(1);
  });

  test('stops at what is not modelled and when asked to', () => {
    const unknown: Trace = { ...toPod('a'), end: { kind: 'not-modelled', what: ['IPVS'] } };
    expect(tally(twoPods, () => unknown, 10, 1)).toMatchObject({ times: 0, notModelled: ['IPVS'] });
    let asked = 0;
    expect(
      tally(
        twoPods,
        () => toPod('a'),
        10,
        1,
        () => ++asked > 4,
      ).times,
    ).toBe(4);
  });
});

test('runs with neighbouring seeds share no connection', () => {
  const seeds = [1, 2, 3, 4].flatMap((seed) => Array.from({ length: 300 }, (_, index) => connectionSeed(seed, index)));
  expect(new Set(seeds).size).toBe(1200);
});
