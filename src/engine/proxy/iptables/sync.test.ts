import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCidr } from '../../api/cidr.ts';
import type { EndpointSlice } from '../../api/endpoint-slice.ts';
import { ipv4 } from '../../api/ipv4.ts';
import type { Protocol } from '../../api/protocol.ts';
import type { Service } from '../../api/service.ts';
import type { CtState, IptablesMatch, IptablesRule, IptablesTable, IptablesTarget } from '../../kernel/iptables/rule.ts';
import { printRules } from '../../kernel/node-rules.ts';
import { endpoint, exampleCluster, service, slice } from '../example-objects.ts';
import { type ProxySync, syncNodes } from '../sync-nodes.ts';

const cluster = exampleCluster();

function sync(services: readonly Service[], slices: readonly EndpointSlice[], previous?: ProxySync): ProxySync {
  return syncNodes({ cluster, mode: 'iptables', services, slices }, previous);
}

function tables(result: ProxySync): readonly IptablesTable[] {
  return [...result.iptables.values()].flatMap(({ sync: { rules } }) => [rules.tables.filter, rules.tables.nat]);
}

function text(result: ProxySync): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries([...result.rules].map(([node, rules]) => [node, printRules(rules)]));
}

/** A Service as `kind` says, on addresses and ports of its own, with up to three endpoints. */
const anyService = fc.record({
  index: fc.integer({ min: 1, max: 5 }),
  type: fc.constantFrom('ClusterIP' as const, 'NodePort' as const, 'LoadBalancer' as const),
  protocol: fc.constantFrom('TCP' as const, 'UDP' as const, 'SCTP' as const),
  external: fc.constantFrom('Cluster' as const, 'Local' as const),
  internal: fc.constantFrom('Cluster' as const, 'Local' as const),
  affinity: fc.boolean(),
  ranges: fc.constantFrom([], ['192.168.0.0/24'], ['10.0.0.0/8', '203.0.113.0/25']),
  externalIPs: fc.constantFrom([], ['198.51.100.7']),
  endpoints: fc.array(
    fc.record({
      host: fc.integer({ min: 1, max: 6 }),
      node: fc.constantFrom('one', 'two', 'three'),
      ready: fc.boolean(),
      draining: fc.boolean(),
    }),
    { maxLength: 4 },
  ),
});

type AnyService = typeof anyService extends fc.Arbitrary<infer T> ? T : never;

function objects(worlds: readonly AnyService[]): { readonly services: readonly Service[]; readonly slices: readonly EndpointSlice[] } {
  const services = worlds.map(({ index, type, protocol, external, internal, affinity, ranges, externalIPs }) => {
    const nodePort = type === 'ClusterIP' ? {} : { nodePort: 30000 + index };
    const spec = {
      type,
      clusterIP: `10.96.0.${index}`,
      ports: [{ protocol, port: 80, targetPort: 8080, ...nodePort }],
      internalTrafficPolicy: internal,
      externalIPs,
      ...(type === 'ClusterIP' && externalIPs.length === 0 ? {} : { externalTrafficPolicy: external }),
      ...(type === 'LoadBalancer'
        ? { loadBalancerSourceRanges: ranges, ...(external === 'Local' ? { healthCheckNodePort: 31000 + index } : {}) }
        : {}),
      ...(affinity ? { sessionAffinity: 'ClientIP' as const, sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } } } : {}),
    };
    return service(spec, `web-${index}`, type === 'LoadBalancer' ? [`203.0.113.${index}`] : []);
  });
  const slices = worlds.map(({ index, protocol, endpoints }) => {
    const entries = endpoints.map(({ host, node, ready, draining }) => {
      return endpoint(`10.244.${index}.${host}@${node}`, { conditions: { ready, serving: ready || draining, terminating: draining } });
    });
    return slice(entries, { name: `web-${index}`, ports: [{ name: '', protocol, port: 8080 }] });
  });
  return { services, slices };
}

const anyWorld = fc.uniqueArray(anyService, { selector: ({ index }) => index, maxLength: 4 });

/** Chains kube-proxy writes whether or not a rule leads to them. */
const alwaysThere = ['KUBE-PROXY-CANARY', 'KUBE-MARK-MASQ'];

describe('iptables rules as a program', () => {
  test('every jump lands, no chain is unused or defined twice', () => {
    fc.assert(
      fc.property(anyWorld, (world) => {
        const { services, slices } = objects(world);
        for (const { name, chains } of tables(sync(services, slices))) {
          const targets = chains.flatMap(({ rules }) => rules.flatMap(({ target }) => (target?.kind === 'jump' ? [target.chain] : [])));
          const names = chains.map((chain) => chain.name);
          expect(new Set(names).size).toBe(names.length);
          for (const target of targets) expect(names).toContain(target);
          const own = chains.filter(({ policy }) => policy === undefined).map((chain) => chain.name);
          expect(
            own.filter((chain) => !targets.includes(chain) && !alwaysThere.includes(chain)),
            name,
          ).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('printed text parses back to the same rules', () => {
    fc.assert(
      fc.property(anyWorld, (world) => {
        const { services, slices } = objects(world);
        for (const { chains } of tables(sync(services, slices))) {
          for (const chain of chains) for (const rule of chain.rules) expect(parse(rule.text)).toEqual(stated(chain.name, rule));
        }
      }),
      { numRuns: 40 },
    );
  });

  test('writing only what changed gives the rules that writing everything gives', () => {
    fc.assert(
      fc.property(anyWorld, anyWorld, (first, second) => {
        const before = objects(first);
        const unchanged = new Map(first.map((one, index) => [JSON.stringify(one), index]));
        const after = objects(second);
        // Services that say the same are the same objects, as they are in a store.
        const kept = <T>(now: readonly T[], then: readonly T[]) =>
          now.map((item, index) => then[unchanged.get(JSON.stringify(second[index])) ?? -1] ?? item);
        const services = kept(after.services, before.services);
        const slices = kept(after.slices, before.slices);
        expect(text(sync(services, slices, sync(before.services, before.slices)))).toEqual(text(sync(services, slices)));
      }),
      { numRuns: 60 },
    );
  });

  test('a change of one Service leaves the chains of the others alone', () => {
    const others = objects([
      {
        index: 1,
        type: 'NodePort',
        protocol: 'TCP',
        external: 'Cluster',
        internal: 'Cluster',
        affinity: false,
        ranges: [],
        externalIPs: [],
        endpoints: [],
      },
      {
        index: 2,
        type: 'ClusterIP',
        protocol: 'TCP',
        external: 'Cluster',
        internal: 'Cluster',
        affinity: false,
        ranges: [],
        externalIPs: [],
        endpoints: [{ host: 1, node: 'one', ready: true, draining: false }],
      },
    ]);
    const first = sync([...others.services, service()], [...others.slices, slice([endpoint('10.244.1.1@one')])]);
    const second = sync([...others.services, service()], [...others.slices, slice([endpoint('10.244.1.2@one')])], first);
    const chainsOf = (result: ProxySync) => result.iptables.get('one')?.sync.serviceChains ?? [];
    expect(chainsOf(second).filter((chain) => chainsOf(first).includes(chain)).length).toBe(2);
    expect(chainsOf(second).length).toBe(4);
  });

  test('names the fields of the Service behind its rules', () => {
    const rules = tables(sync([service()], [slice([endpoint('10.244.1.1@one')])])).flatMap(({ chains }) =>
      chains.flatMap((chain) => chain.rules),
    );
    const paths = (purpose: IptablesRule['purpose']) => rules.find((rule) => rule.purpose === purpose)?.origins.map(({ path }) => path);
    expect(paths('service-address')).toEqual(['spec.clusterIP', 'spec.ports[0].port', 'spec.ports[0].protocol']);
    expect(paths('endpoint')).toEqual(['spec.ports[0].targetPort', 'spec.selector']);
    expect(paths('masquerade')).toEqual([]);
  });

  test('a cluster with many endpoints gets no comments on endpoint rules', () => {
    const small = { ...cluster, proxy: { ...cluster.proxy, largeClusterEndpoints: 1 } };
    const slices = [slice([endpoint('10.244.1.1@one'), endpoint('10.244.1.2@one')])];
    const result = syncNodes({ cluster: small, mode: 'iptables', services: [service()], slices });
    const lines = text(result).one ?? [];
    expect(lines.filter((line) => line.startsWith('-A KUBE-SEP-') && line.includes('--comment'))).toEqual([]);
    expect(lines.filter((line) => line.startsWith('-A KUBE-SVC-') && line.includes('cluster IP')).length).toBe(1);
  });

  test('node ports on chosen addresses only', () => {
    const chosen = {
      ...cluster,
      proxy: { ...cluster.proxy, nodePortAddresses: ['192.168.0.0/24'].flatMap((range) => parseCidr(range) ?? []) },
    };
    const lines = text(syncNodes({ cluster: chosen, mode: 'iptables', services: [], slices: [] })).two ?? [];
    expect(lines.filter((line) => line.startsWith('-A KUBE-SERVICES'))).toEqual([
      '-A KUBE-SERVICES -d 192.168.0.2/32 -m comment --comment "kubernetes service nodeports; NOTE: this must be the last rule in this chain" -j KUBE-NODEPORTS',
    ]);
    expect(lines.filter((line) => line.startsWith('-A KUBE-FIREWALL'))).toEqual([]);
  });
});

interface Stated {
  readonly chain: string;
  readonly source?: string | undefined;
  readonly destination?: string | undefined;
  readonly protocol?: Protocol | undefined;
  readonly matches: readonly IptablesMatch[];
  readonly target?: IptablesTarget | undefined;
}

/** A rule without what only the engine knows. */
function stated(chain: string, { source, destination, protocol, matches, target }: IptablesRule): Stated {
  const range = (address: typeof source) => (address === undefined ? undefined : `${address.negated ? '!' : ''}${address.range.text}`);
  return { chain, source: range(source), destination: range(destination), protocol, matches, target };
}

/** Reads one line of `iptables-save`, independently of what writes it. */
function parse(line: string): Stated {
  const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '');
  const next = () => words.shift() ?? '';
  expect(next()).toBe('-A');
  const rule = { chain: next(), source: undefined, destination: undefined, protocol: undefined, matches: [], target: undefined };
  const parsed: { -readonly [K in keyof Stated]: Stated[K] } & { matches: IptablesMatch[] } = rule;
  let negated = false;
  while (words.length > 0) {
    const word = next();
    if (word === '!') negated = true;
    else {
      if (word === '-s' || word === '-d') parsed[word === '-s' ? 'source' : 'destination'] = `${negated ? '!' : ''}${next()}`;
      else if (word === '-p') parsed.protocol = next().toUpperCase() as Protocol;
      else if (word === '-m') parsed.matches.push(parseMatch(next(), words));
      else if (word === '-j') parsed.target = parseTarget(next(), words);
      else throw new Error(`unexpected ${word} in ${line}`);
      negated = false;
    }
  }
  return parsed;
}

function parseMatch(name: string, words: string[]): IptablesMatch {
  const next = () => words.shift() ?? '';
  const negated = words[0] === '!' && words[1]?.startsWith('--') === true;
  if (negated) next();
  const option = words[0]?.startsWith('--') === true ? next() : '';
  switch (name) {
    case 'comment':
      return { kind: 'comment', text: next() };
    case 'tcp':
    case 'udp':
    case 'sctp': {
      const protocol = name.toUpperCase() as Protocol;
      return option === '' ? { kind: 'port', protocol } : { kind: 'port', protocol, destinationPort: Number(next()) };
    }
    case 'conntrack':
      return { kind: 'conntrack', states: next().split(',') as CtState[], negated };
    case 'mark': {
      const [value, mask] = next().split('/').map(Number);
      return { kind: 'mark', value: value ?? 0, mask: mask ?? 0, negated };
    }
    case 'addrtype':
      next();
      return { kind: 'addrtype', end: option === '--src-type' ? 'source' : 'destination', type: 'LOCAL' };
    case 'statistic':
      next();
      next();
      return { kind: 'statistic', odds: { numerator: 1, denominator: Math.round(1 / Number(next())) } };
    case 'nfacct':
      return { kind: 'nfacct', name: next() };
    case 'recent': {
      const options = words.splice(0, words.indexOf('--rsource') + 1);
      const valueAfter = (key: string) => options[options.indexOf(key) + 1] ?? '';
      const list = valueAfter('--name');
      return option === '--set' ? { kind: 'recent-set', list } : { kind: 'recent-check', list, seconds: Number(valueAfter('--seconds')) };
    }
    default:
      throw new Error(`unexpected match ${name}`);
  }
}

function parseTarget(name: string, words: string[]): IptablesTarget {
  const rest = words.splice(0);
  const [, value = ''] = rest;
  switch (name) {
    case 'ACCEPT':
      return { kind: 'accept' };
    case 'DROP':
      return { kind: 'drop' };
    case 'RETURN':
      return { kind: 'return' };
    case 'REJECT':
      return { kind: 'reject', with: value as 'icmp-port-unreachable' };
    case 'MARK': {
      const [bits, mask] = value.split('/').map(Number);
      return { kind: 'mark', value: bits ?? 0, mask: mask ?? 0 };
    }
    case 'DNAT': {
      const [address = '', port] = value.split(':');
      return { kind: 'dnat', address: ipv4(address), port: Number(port) };
    }
    case 'MASQUERADE':
      return { kind: 'masquerade', randomFully: rest.includes('--random-fully') };
    default:
      return { kind: 'jump', chain: name };
  }
}
