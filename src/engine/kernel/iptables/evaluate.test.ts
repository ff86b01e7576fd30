import { describe, expect, test } from 'vitest';
import { cidr } from '../../api/cidr.ts';
import { ipv4 } from '../../api/ipv4.ts';
import { EngineBug } from '../../diagnostics/engine-bug.ts';
import { enumerateChoices, seededChooser } from '../chance.ts';
import { emptyKernelState, type KernelState } from '../kernel-state.ts';
import type { Packet } from '../packet.ts';
import type { StageInput } from '../stage.ts';
import { evaluateTable } from './evaluate.ts';
import { writeRule } from './print.ts';
import type { IptablesMatch, IptablesRuleFields, IptablesTable, IptablesTarget } from './rule.ts';

type Fields = Partial<IptablesRuleFields>;

function rule(target: IptablesTarget | undefined, fields: Fields = {}): Fields {
  return { ...fields, target };
}

function table(chains: Readonly<Record<string, readonly Fields[]>>): IptablesTable {
  return {
    name: 'nat',
    chains: Object.entries(chains).map(([name, rules]) => ({
      name,
      ...(name === 'HOOK' ? { policy: 'accept' as const } : {}),
      rules: rules.map((fields) => writeRule(name, { matches: [], purpose: 'entry', origins: [], ...fields })),
    })),
  };
}

const packet: Packet = {
  protocol: 'TCP',
  source: ipv4('10.244.1.5'),
  sourcePort: 40000,
  destination: ipv4('10.96.0.10'),
  destinationPort: 80,
  mark: 0,
};

function input(fields: Partial<StageInput> = {}): StageInput {
  return {
    hook: 'prerouting',
    packet,
    tracking: 'new',
    destinationTranslated: false,
    isLocal: (address) => address === '192.168.0.1',
    chooser: seededChooser(1),
    state: emptyKernelState,
    now: 0,
    ...fields,
  };
}

const accept: IptablesTarget = { kind: 'accept' };
const drop: IptablesTarget = { kind: 'drop' };
const jump = (chain: string): IptablesTarget => ({ kind: 'jump', chain });

function verdict(chains: Readonly<Record<string, readonly Fields[]>>, fields?: Partial<StageInput>) {
  return evaluateTable(table(chains), 'HOOK', input(fields)).verdict.kind;
}

describe('evaluateTable', () => {
  test('falls back to the policy', () => {
    expect(verdict({ HOOK: [rule(drop, { protocol: 'UDP' })] })).toBe('accept');
  });

  test('goes on in the calling chain after a chain ends or returns', () => {
    const chains = { HOOK: [rule(jump('A')), rule(drop)], A: [rule({ kind: 'return' }), rule(accept)] };
    expect(verdict(chains)).toBe('drop');
    expect(verdict({ HOOK: [rule(jump('A')), rule(drop)], A: [] })).toBe('drop');
  });

  test('stops at the first verdict', () => {
    expect(verdict({ HOOK: [rule(jump('A')), rule(drop)], A: [rule(accept)] })).toBe('accept');
  });

  test.each<[string, Fields, Partial<StageInput>, boolean]>([
    ['source in range', { source: { range: cidr('10.244.0.0/16'), negated: false } }, {}, true],
    ['source not in range, negated', { source: { range: cidr('10.244.0.0/16'), negated: true } }, {}, false],
    ['destination', { destination: { range: cidr('10.96.0.10/32'), negated: false } }, {}, true],
    ['port', one({ kind: 'port', protocol: 'TCP', destinationPort: 81 }), {}, false],
    ['state NEW', one({ kind: 'conntrack', states: ['NEW'], negated: false }), { tracking: 'established' }, false],
    ['state not DNAT', one({ kind: 'conntrack', states: ['DNAT'], negated: true }), { destinationTranslated: true }, false],
    ['local destination', one({ kind: 'addrtype', end: 'destination', type: 'LOCAL' }), {}, false],
    ['local source', one({ kind: 'addrtype', end: 'source', type: 'LOCAL' }), { packet: { ...packet, source: ipv4('192.168.0.1') } }, true],
    ['mark unset, negated', one({ kind: 'mark', value: 0x4000, mask: 0x4000, negated: true }), {}, true],
    ['mark set', one({ kind: 'mark', value: 0x4000, mask: 0x4000, negated: false }), { packet: { ...packet, mark: 0x4001 } }, true],
    [
      'comments and counters',
      {
        matches: [
          { kind: 'comment', text: 'x' },
          { kind: 'nfacct', name: 'y' },
        ],
      },
      {},
      true,
    ],
  ])('matches %s', (_, fields, asked, expected) => {
    expect(verdict({ HOOK: [rule(drop, fields)] }, asked)).toBe(expected ? 'drop' : 'accept');
  });

  test('sets and clears bits of the mark and goes on', () => {
    const set = rule({ kind: 'mark', value: 0x4000, mask: 0x4000 });
    expect(evaluateTable(table({ HOOK: [set] }), 'HOOK', input({ packet: { ...packet, mark: 3 } })).mark).toBe(0x4003);
    const clear = rule({ kind: 'mark', value: 0x4000, mask: 0 });
    expect(evaluateTable(table({ HOOK: [set, clear] }), 'HOOK', input()).mark).toBe(0);
  });

  test('tells which rules were passed and which matched, in order', () => {
    const chains = { HOOK: [rule(accept, { protocol: 'UDP' }), rule(drop, { protocol: 'SCTP' }), rule(jump('A'))], A: [rule(drop)] };
    const { visits } = evaluateTable(table(chains), 'HOOK', input());
    expect(visits).toEqual([
      { table: 'nat', chain: 'HOOK', position: 1, count: 2 },
      { table: 'nat', chain: 'HOOK', position: 3, count: 1, effect: 'jump' },
      { table: 'nat', chain: 'A', position: 1, count: 1, effect: 'drop' },
    ]);
  });

  test('has exact odds for what random rules pick', () => {
    const chances = [3, 2].map((count) => rule(drop, one({ kind: 'statistic', odds: { numerator: 1, denominator: count } })));
    const nat = table({ HOOK: [...chances, rule(drop)] });
    const ways = enumerateChoices((chooser) => evaluateTable(nat, 'HOOK', input({ chooser })).odds);
    expect(ways.map(({ value }) => value)).toEqual(Array.from({ length: 3 }, () => ({ numerator: 1, denominator: 3 })));
  });

  test('remembers a source address for as many seconds as a rule asks', () => {
    const note = table({ HOOK: [rule(accept, one({ kind: 'recent-set', list: 'L' }))] });
    const noted: KernelState = evaluateTable(note, 'HOOK', input({ now: 1000 })).state;
    const ask = { HOOK: [rule(drop, one({ kind: 'recent-check', list: 'L', seconds: 10 }))] };
    expect(verdict(ask, { state: noted, now: 11_000 })).toBe('drop');
    expect(verdict(ask, { state: noted, now: 11_001 })).toBe('accept');
    expect(verdict(ask, { state: noted, now: 2000, packet: { ...packet, source: ipv4('10.244.1.6') } })).toBe('accept');
    expect(evaluateTable(table(ask), 'HOOK', input()).askedMemory).toBe(true);
  });

  test('takes a jump to nowhere, a loop, and what it does not know for bugs of the engine', () => {
    expect(() => verdict({ HOOK: [rule(jump('MISSING'))] })).toThrow(new EngineBug('iptables table nat has no chain MISSING'));
    expect(() => verdict({ HOOK: [rule(jump('A'))], A: [rule(jump('A'))] })).toThrow(/form a loop/);
    const strange = { kind: 'u32' } as unknown as IptablesMatch;
    const known = table({ HOOK: [] });
    const unknownMatch = {
      ...known,
      chains: [{ name: 'HOOK', rules: [{ matches: [strange], purpose: 'entry', origins: [], text: '' }] }],
    } as const;
    expect(() => evaluateTable(unknownMatch, 'HOOK', input())).toThrow(new EngineBug('unknown iptables match {"kind":"u32"}'));
    const target = { kind: 'TEE' } as unknown as IptablesTarget;
    const unknownTarget = {
      ...known,
      chains: [{ name: 'HOOK', rules: [{ matches: [], target, purpose: 'entry', origins: [], text: '' }] }],
    } as const;
    expect(() => evaluateTable(unknownTarget, 'HOOK', input())).toThrow(new EngineBug('unknown iptables target {"kind":"TEE"}'));
  });
});

function one(match: IptablesMatch): Fields {
  return { matches: [match] };
}
