import { describe, expect, test } from 'vitest';
import { cidr } from '../../api/cidr.ts';
import { ipv4 } from '../../api/ipv4.ts';
import { EngineBug } from '../../diagnostics/engine-bug.ts';
import { enumerateChoices, seededChooser } from '../chance.ts';
import { emptyKernelState } from '../kernel-state.ts';
import type { Packet } from '../packet.ts';
import type { StageInput } from '../stage.ts';
import { evaluateNftChain } from './evaluate.ts';
import { writeNftElement, writeNftRule } from './print.ts';
import type { NftPart, NftSet, NftTable, NftVerdict } from './rule.ts';

function table(chains: Readonly<Record<string, readonly (readonly NftPart[])[]>>, sets: readonly NftSet[] = []): NftTable {
  return {
    name: 'test',
    comment: '',
    sets,
    chains: Object.entries(chains).map(([name, rules]) => ({
      name,
      rules: rules.map((parts) => writeNftRule({ parts, purpose: 'entry', origins: [] })),
    })),
  };
}

function map(name: string, elements: Readonly<Record<string, NftVerdict>>): NftSet {
  const all = Object.entries(elements).map(([key, verdict]) => writeNftElement(key, 'service-address', [], verdict));
  return { name, kind: 'map', type: '', elements: all };
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

const drop: NftPart = { kind: 'drop' };
const byPort: NftPart = { kind: 'vmap', key: ['ip daddr', 'meta l4proto', 'th dport'], map: 'm' };
const target = (host: number) => ({ address: ipv4(`10.244.1.${host}`), port: 8080 });

describe('evaluateNftChain', () => {
  test('comes back from a jump and not from a goto', () => {
    const rest = { a: [], base: [] };
    const run = (part: NftPart) => evaluateNftChain(table({ ...rest, base: [[part], [drop]] }), 'base', input()).verdict.kind;
    expect(run({ kind: 'jump', chain: 'a' })).toBe('drop');
    expect(run({ kind: 'goto', chain: 'a' })).toBe('accept');
  });

  test('returns from a goto to where the chain before it was jumped from', () => {
    const chains: Record<string, NftPart[][]> = {
      base: [[{ kind: 'jump', chain: 'a' }], [drop]],
      a: [[{ kind: 'goto', chain: 'b' }], [{ kind: 'reject' }]],
      b: [],
    };
    expect(evaluateNftChain(table(chains), 'base', input()).verdict.kind).toBe('drop');
  });

  test('looks a packet up in a verdict map and tells the element', () => {
    const nat = table({ base: [[byPort], [drop]], web: [[{ kind: 'reject' }]] }, [
      map('m', { '10.96.0.9 . tcp . 80': { kind: 'drop' }, '10.96.0.10 . tcp . 80': { kind: 'goto', chain: 'web' } }),
    ]);
    const { verdict, visits } = evaluateNftChain(nat, 'base', input());
    expect(verdict.kind).toBe('reject');
    expect(visits.map(({ chain, position, effect }) => `${chain} ${position} ${effect}`)).toEqual([
      'base 1 jump',
      '@m 2 jump',
      'web 1 reject',
    ]);
  });

  test('goes on where a map has no such element, or the packet no such field', () => {
    const nat = table({ base: [[byPort], [drop]] }, [map('m', { '10.96.0.10 . udp . 80': { kind: 'goto', chain: 'web' } })]);
    expect(evaluateNftChain(nat, 'base', input()).verdict.kind).toBe('drop');
    const ping: Packet = { protocol: 'ICMP', source: packet.source, destination: packet.destination, mark: 0 };
    expect(evaluateNftChain(nat, 'base', input({ packet: ping })).verdict.kind).toBe('drop');
  });

  test.each<[string, NftPart, Partial<StageInput>, boolean]>([
    ['a new connection', { kind: 'ct-state-new' }, { tracking: 'established' }, false],
    ['a translated one', { kind: 'ct-status-dnat' }, { destinationTranslated: true }, true],
    ['a source in a range', { kind: 'address', end: 'saddr', negated: false, ranges: [cidr('10.244.0.0/16')] }, {}, true],
    [
      'a source in none of several',
      { kind: 'address', end: 'saddr', negated: true, ranges: [cidr('10.0.0.0/8'), cidr('1.1.1.1/32')] },
      {},
      false,
    ],
    ['a protocol', { kind: 'protocol', protocol: 'UDP' }, {}, false],
    ['a local destination', { kind: 'local-address', end: 'daddr' }, { packet: { ...packet, destination: ipv4('192.168.0.1') } }, true],
    ['a mark', { kind: 'marked', bits: 0x4000 }, { packet: { ...packet, mark: 0x4001 } }, true],
    ['a set', { kind: 'in-set', key: ['ip daddr'], set: 's' }, {}, true],
  ])('matches %s', (_, part, asked, expected) => {
    const set: NftSet = { name: 's', kind: 'set', type: 'ipv4_addr', elements: [writeNftElement('10.96.0.10', 'service-address', [])] };
    expect(evaluateNftChain(table({ base: [[part, drop]] }, [set]), 'base', input(asked)).verdict.kind).toBe(expected ? 'drop' : 'accept');
  });

  test('picks each target of a random map with the same odds', () => {
    const nat = table({ base: [[{ kind: 'random-dnat', targets: [target(1), target(2), target(3)] }]] });
    const ways = enumerateChoices((chooser) => evaluateNftChain(nat, 'base', input({ chooser })));
    expect(ways.map(({ value: { verdict, odds } }) => [verdict.kind === 'dnat' && verdict.address, odds])).toEqual(
      [1, 2, 3].map((host) => [`10.244.1.${host}`, { numerator: 1, denominator: 3 }]),
    );
  });

  test('puts a source into a set for as long as the set says', () => {
    const affinity: NftSet = { name: 'seen', kind: 'set', type: 'ipv4_addr', elements: [], timeout: 10 };
    const note = table({ base: [[{ kind: 'update', set: 'seen' }]] }, [affinity]);
    const { state } = evaluateNftChain(note, 'base', input({ now: 1000 }));
    const ask = table({ base: [[{ kind: 'in-set', key: ['ip saddr'], set: 'seen' }, drop]] }, [affinity]);
    expect(evaluateNftChain(ask, 'base', input({ state, now: 10_999 })).verdict.kind).toBe('drop');
    expect(evaluateNftChain(ask, 'base', input({ state, now: 11_000 })).verdict.kind).toBe('accept');
    expect(evaluateNftChain(ask, 'base', input()).askedMemory).toBe(true);
  });

  test('takes what is not there, and what it does not know, for bugs of the engine', () => {
    const run = (parts: readonly NftPart[]) => evaluateNftChain(table({ base: [parts] }), 'base', input());
    expect(() => run([{ kind: 'jump', chain: 'gone' }])).toThrow(new EngineBug('nftables table test has no chain gone'));
    expect(() => run([byPort])).toThrow(new EngineBug('nftables table test has no set or map m'));
    expect(() => run([{ kind: 'jump', chain: 'base' }])).toThrow(/form a loop/);
    const strange = { kind: 'synproxy' } as unknown as NftPart;
    const odd = {
      ...table({ base: [] }),
      chains: [{ name: 'base', rules: [{ parts: [strange], purpose: 'entry', origins: [], text: '' }] }],
    } as const;
    expect(() => evaluateNftChain(odd, 'base', input())).toThrow(new EngineBug('unknown nftables statement {"kind":"synproxy"}'));
  });
});

describe('writeNftRule', () => {
  const ranges = (...texts: string[]): NftPart => ({ kind: 'address', end: 'saddr', negated: true, ranges: texts.map(cidr) });

  test.each([
    [ranges('192.168.0.96/28'), 'ip saddr != 192.168.0.96/28'],
    [ranges('192.168.0.100/32', '10.244.3.0/24'), 'ip saddr != { 10.244.3.0/24, 192.168.0.100 }'],
    [ranges('10.0.0.0/25', '10.0.0.128/25'), 'ip saddr != { 10.0.0.0/24 }'],
    [ranges('10.0.0.0/24', '10.0.0.7/32', '10.0.1.0/25'), 'ip saddr != { 10.0.0.0-10.0.1.127 }'],
  ])('prints ranges as nft keeps them', (part, text) => {
    expect(writeNftRule({ parts: [part], purpose: 'entry', origins: [] }).text).toBe(text);
  });
});
