import { describe, expect, test } from 'vitest';
import { cidr } from '../../api/cidr.ts';
import { type IPv4, ipv4 } from '../../api/ipv4.ts';
import { enumerateChoices, seededChooser } from '../chance.ts';
import { plainConnection, withDestination } from '../conntrack.ts';
import { emptyKernelState, type KernelState } from '../kernel-state.ts';
import type { Packet } from '../packet.ts';
import type { StageInput, StageOutcome } from '../stage.ts';
import { evaluateIpvs } from './evaluate.ts';
import { type IpSet, isInIpSet } from './ip-set.ts';
import type { IpvsTables } from './print.ts';
import type { VirtualServer } from './virtual-server.ts';

const clients = ['10.244.1.5', '10.244.1.6', '10.244.1.7', '10.244.1.8'].map(ipv4);
const servers = ['10.244.1.1', '10.244.2.1', '10.244.3.1'];

function packet(client = clients[0], fields: Partial<Packet> = {}): Packet {
  const source = client ?? ipv4('10.244.1.5');
  return { protocol: 'TCP', source, sourcePort: 40000, destination: ipv4('10.96.0.10'), destinationPort: 80, mark: 0, ...fields };
}

function tables(fields: Partial<VirtualServer> = {}): IpvsTables {
  const virtualServer: VirtualServer = {
    address: ipv4('10.96.0.10'),
    port: 80,
    protocol: 'TCP',
    scheduler: 'rr',
    persistentSeconds: 0,
    hashesSourcePort: false,
    realServers: servers.map((address) => ({ address: ipv4(address), port: 8080, weight: 1, origins: [] })),
    isNodePort: false,
    origins: [],
    ...fields,
  };
  const none = { chains: [] };
  return {
    tables: { filter: { name: 'filter', ...none }, nat: { name: 'nat', ...none } },
    ipSets: [],
    virtualServers: [virtualServer],
    dummyAddresses: [],
  };
}

function input(fields: Partial<StageInput> = {}): StageInput {
  return {
    hook: 'input',
    packet: packet(),
    tracking: 'new',
    destinationTranslated: false,
    isLocal: () => true,
    chooser: seededChooser(1),
    state: emptyKernelState,
    now: 0,
    ...fields,
  };
}

function serverOf({ verdict }: StageOutcome): string {
  return verdict.kind === 'dnat' ? verdict.address : verdict.kind;
}

/** Where connection after connection goes; each stays open. */
function sequence(fields: Partial<VirtualServer>, from: readonly (IPv4 | undefined)[], now: (index: number) => number = () => 0): string[] {
  let state: KernelState = emptyKernelState;
  return from.map((client, index) => {
    const sent = packet(client, { sourcePort: 40000 + index });
    const outcome = evaluateIpvs(tables(fields), input({ packet: sent, state, now: now(index) }));
    const { verdict } = outcome;
    if (verdict.kind !== 'dnat') throw new Error('no server was chosen');
    const connection = withDestination(plainConnection(sent, now(index)), verdict.address, verdict.port);
    state = { ...outcome.state, conntrack: outcome.state.conntrack.keep(connection) };
    return verdict.address;
  });
}

function countsOf(chosen: readonly string[]): readonly number[] {
  return servers.map((server) => chosen.filter((one) => one === server).length);
}

const nine = Array.from({ length: 9 }, () => clients[0]);

describe('IPVS', () => {
  test.each(['rr', 'wrr'])('%s goes round in order, wherever it began', (scheduler) => {
    const chosen = sequence({ scheduler }, nine);
    const start = servers.indexOf(chosen[0] ?? '');
    expect(chosen).toEqual(nine.map((_, index) => servers[(start + index) % 3]));
  });

  test('where a round stands is not known at first: every server is possible', () => {
    const ways = enumerateChoices((chooser) => serverOf(evaluateIpvs(tables(), input({ chooser }))));
    expect(ways.map(({ value, odds }) => `${value} ${odds.numerator}/${odds.denominator}`)).toEqual(
      servers.map((server) => `${server} 1/3`),
    );
  });

  test.each(['lc', 'wlc', 'sed', 'nq'])('%s keeps open connections level', (scheduler) => {
    expect(countsOf(sequence({ scheduler }, nine))).toEqual([3, 3, 3]);
    expect(Math.max(...countsOf(sequence({ scheduler }, nine.slice(0, 7))))).toBe(3);
  });

  test('connections that have ended do not count', () => {
    const day = 24 * 3600 * 1000;
    const chosen = sequence({ scheduler: 'lc' }, nine.slice(0, 4), (index) => (index === 3 ? day : 0));
    expect(countsOf(chosen.slice(0, 3))).toEqual([1, 1, 1]);
    expect(servers).toContain(chosen[3]);
  });

  test('sh sends a client to one server, dh sends all', () => {
    const twice = [...clients, ...clients];
    const chosen = sequence({ scheduler: 'sh' }, twice);
    expect(chosen.slice(0, 4)).toEqual(chosen.slice(4));
    expect(new Set(chosen).size).toBeGreaterThan(1);
    expect(new Set(sequence({ scheduler: 'dh' }, twice)).size).toBe(1);
  });

  test('persistence keeps a client at its server until the time is over', () => {
    const times = [0, 50_000, 149_000, 250_000];
    const chosen = sequence(
      { persistentSeconds: 100 },
      clients.slice(0, 1).flatMap((client) => times.map(() => client)),
      (index) => times[index] ?? 0,
    );
    expect(new Set(chosen.slice(0, 3)).size).toBe(1);
    expect(chosen[3]).not.toBe(chosen[2]);
  });

  test('a server that went away is forgotten', () => {
    const first = evaluateIpvs(tables({ persistentSeconds: 100 }), input());
    const others = tables().virtualServers[0]?.realServers.filter(({ address }) => address !== serverOf(first)) ?? [];
    const second = evaluateIpvs(tables({ persistentSeconds: 100, realServers: others }), input({ state: first.state }));
    expect(second.askedMemory).toBe(true);
    expect(others.map(({ address }) => address)).toContain(serverOf(second));
  });

  test('weight 0 takes no new connection', () => {
    const realServers = servers.map((address, index) => ({ address: ipv4(address), port: 8080, weight: index, origins: [] }));
    expect(countsOf(sequence({ realServers }, nine))[0]).toBe(0);
  });

  test.each([
    ['no real server', tables({ realServers: [] }), packet(), 'reject'],
    ['another port', tables(), packet(clients[0], { destinationPort: 81 }), 'accept'],
    ['another protocol', tables(), packet(clients[0], { protocol: 'UDP' }), 'accept'],
    ['ping', tables(), { protocol: 'ICMP', source: ipv4('10.244.1.5'), destination: ipv4('10.96.0.10'), mark: 0 } as const, 'accept'],
  ])('%s', (_, rules, sent, expected) => {
    expect(serverOf(evaluateIpvs(rules, input({ packet: sent })))).toBe(expected);
  });
});

describe('isInIpSet', () => {
  const set = (type: IpSet['type'], text: string, range?: string): IpSet => {
    return { name: 'S', type, entries: [{ text, origins: [], ...(range === undefined ? {} : { range: cidr(range) }) }] };
  };
  const ping: Packet = { protocol: 'ICMP', source: ipv4('10.244.1.5'), destination: ipv4('10.96.0.10'), mark: 0 };

  test.each([
    ['an address', set('hash:ip', '10.96.0.10'), ['dst'], packet(), true],
    ['an address of the other end', set('hash:ip', '10.96.0.10'), ['src'], packet(), false],
    ['a ping by address', set('hash:ip', '10.96.0.10'), ['dst'], ping, true],
    ['a pair', set('hash:ip,port', '10.96.0.10,tcp:80'), ['dst', 'dst'], packet(), true],
    ['a pair of another protocol', set('hash:ip,port', '10.96.0.10,udp:80'), ['dst', 'dst'], packet(), false],
    ['a ping by pair', set('hash:ip,port', '10.96.0.10,tcp:80'), ['dst', 'dst'], ping, false],
    ['a triple', set('hash:ip,port,ip', '10.96.0.10,tcp:80,10.244.1.5'), ['dst', 'dst', 'src'], packet(), true],
    ['a range', set('hash:ip,port,net', '10.96.0.10,tcp:80,10.244.0.0/16', '10.244.0.0/16'), ['dst', 'dst', 'src'], packet(), true],
    ['outside the range', set('hash:ip,port,net', '10.96.0.10,tcp:80,10.0.0.0/24', '10.0.0.0/24'), ['dst', 'dst', 'src'], packet(), false],
    ['a port', set('bitmap:port', '80'), ['dst'], packet(), true],
    ['a ping by port', set('bitmap:port', '80'), ['dst'], ping, false],
  ] as const)('%s', (_, asked, directions, sent, expected) => {
    expect(isInIpSet(asked, directions, sent)).toBe(expected);
  });
});
