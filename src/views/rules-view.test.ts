import { describe, expect, test } from 'vitest';
import { fixtureTrace, rules } from './fixture-trace.ts';
import { ruleWords } from './rule-words.ts';
import { type ChainOf, rulesView } from './rules-view.ts';

const chainOf: ChainOf = (node, table, chain) => rules.filter((rule) => rule.node === node && rule.table === table && rule.chain === chain);

describe('rulesView', () => {
  const [node, ...rest] = rulesView(fixtureTrace, chainOf);

  test('shows each node once, and only the chains the packet entered', () => {
    expect(rest).toEqual([]);
    expect(node?.node).toBe('node-1');
    expect(node?.rows.map((row) => row.id)).toEqual(['r1', 'r2', 'r3', 'r4', 'r5', 'r6']);
  });

  test('tells rules that matched, that were looked at, and that were not reached', () => {
    expect(node?.rows.map((row) => (row.state.kind === 'hit' ? row.state.step : row.state.kind))).toEqual([3, 3, 'passed', 4, 'unseen', 5]);
  });

  test('folds rules that are about no Service of the journey', () => {
    expect(node?.rows.filter((row) => row.aside).map((row) => row.id)).toEqual(['r3']);
  });

  test('marks where a chain begins', () => {
    expect(node?.rows.map((row) => row.startsChain)).toEqual([true, true, true, false, false, true]);
  });
});

describe('ruleWords', () => {
  test.each([
    [
      '-A KUBE-SVC-A ! -s 10.244.0.0/16 -d 10.96.1.100/32 -p tcp -m comment --comment "default/a cluster IP" -m tcp --dport 80 -j KUBE-MARK-MASQ',
      [
        '-A KUBE-SVC-A',
        '! -s 10.244.0.0/16',
        '-d 10.96.1.100/32',
        '-p tcp',
        '-m comment --comment "default/a cluster IP"',
        '-m tcp',
        '--dport 80',
        '-j KUBE-MARK-MASQ',
      ],
    ],
    [
      '-A KUBE-SVC-A -m statistic --mode random --probability 0.33333333349 -j KUBE-SEP-1',
      ['-A KUBE-SVC-A', '-m statistic --mode random', '--probability 0.33333333349', '-j KUBE-SEP-1'],
    ],
    ['-A X -m mark ! --mark 0x4000/0x4000 -j RETURN', ['-A X', '-m mark', '! --mark 0x4000/0x4000', '-j RETURN']],
    [
      'ip daddr 10.96.1.100 tcp dport 80 comment "a b" jump chain-1',
      ['ip daddr 10.96.1.100', 'tcp dport 80', 'comment "a b"', 'jump chain-1'],
    ],
  ])('%s', (rule, words) => {
    expect(ruleWords(rule).map((word) => word.text)).toEqual(words);
    expect(
      ruleWords(rule)
        .map((word) => word.text)
        .join(' '),
    ).toBe(rule);
  });

  test('keeps comments quiet', () => {
    expect(ruleWords('-A X -m comment --comment "a" -j Y').map((word) => word.quiet)).toEqual([false, true, false]);
  });
});
