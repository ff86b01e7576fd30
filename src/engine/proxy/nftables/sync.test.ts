import { describe, expect, test } from 'vitest';
import { parseCidr } from '../../api/cidr.ts';
import type { ClusterSpec } from '../../api/cluster-spec.ts';
import type { EndpointSlice } from '../../api/endpoint-slice.ts';
import type { Service } from '../../api/service.ts';
import type { NftTable } from '../../kernel/nftables/rule.ts';
import { printRules } from '../../kernel/node-rules.ts';
import { endpoint, exampleCluster, service, slice } from '../example-objects.ts';
import { type ProxySync, syncNodes } from '../sync-nodes.ts';

const cluster = exampleCluster();

function sync(
  services: readonly Service[],
  slices: readonly EndpointSlice[],
  previous?: ProxySync,
  world: ClusterSpec = cluster,
): ProxySync {
  return syncNodes({ cluster: world, mode: 'nftables', services, slices }, previous);
}

function tableOf(result: ProxySync, node = 'one'): NftTable {
  const rules = result.rules.get(node);
  if (rules?.backend !== 'nftables') throw new Error(`${node} has no nftables rules`);
  return rules.table;
}

function elements(table: NftTable, set: string): readonly string[] {
  return table.sets.find(({ name }) => name === set)?.elements.map(({ text }) => text) ?? [];
}

const nodePort = { type: 'NodePort', ports: [{ protocol: 'TCP', port: 80, targetPort: 8080, nodePort: 30080 }] } as const;
const affinity = { sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 100 } } } as const;
const lb = { ...nodePort, type: 'LoadBalancer', externalTrafficPolicy: 'Local', healthCheckNodePort: 31000 } as const;

/** One of everything. */
const services = [
  service({}, 'plain'),
  service({ ...nodePort, ...affinity, clusterIP: '10.96.0.11' }, 'sticky'),
  service({ ...lb, clusterIP: '10.96.0.12', loadBalancerSourceRanges: ['192.168.0.0/24'] }, 'guarded', ['203.0.113.5']),
  service({ clusterIP: '10.96.0.13', internalTrafficPolicy: 'Local' }, 'local'),
  service({ clusterIP: '10.96.0.14' }, 'empty'),
];
const slices = services
  .slice(0, 4)
  .map(({ metadata: { name } }) => slice([endpoint('10.244.1.1@one'), endpoint('10.244.2.1@two')], { name }));

describe('nftables rules as a program', () => {
  test.each(['one', 'two', 'three'])('on %s every chain, set and map referred to is there, and all chains are used', (node) => {
    const table = tableOf(sync(services, slices), node);
    const parts = table.chains.flatMap(({ rules }) => rules.flatMap((rule) => rule.parts));
    const verdicts = table.sets.flatMap((set) => set.elements.flatMap(({ verdict }) => verdict ?? []));
    const chains = [...parts, ...verdicts].flatMap((part) => {
      if (part.kind === 'jump' || part.kind === 'goto') return [part.chain];
      return part.kind === 'random-vmap' ? part.chains : [];
    });
    const sets = parts.flatMap((part) => {
      if (part.kind === 'vmap') return [part.map];
      return part.kind === 'in-set' || part.kind === 'update' ? [part.set] : [];
    });
    const names = table.chains.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(chains.filter((chain) => !names.includes(chain))).toEqual([]);
    expect(sets.filter((set) => !table.sets.some(({ name }) => name === set))).toEqual([]);
    const unused = table.chains.filter(({ name, hook }) => hook === undefined && !chains.includes(name)).map(({ name }) => name);
    expect(unused.filter((name) => name !== 'reject-chain')).toEqual([]);
  });

  test('writing only what changed gives the rules that writing everything gives', () => {
    const first = sync(services, slices);
    const fewer = [...slices.slice(0, 1), slice([endpoint('10.244.1.7@one')], { name: 'sticky' }), ...slices.slice(2)];
    const text = (result: ProxySync) => [...result.rules].map(([node, rules]) => [node, printRules(rules)]);
    expect(text(sync(services, fewer, first))).toEqual(text(sync(services, fewer)));
    const chainsOf = (result: ProxySync) => tableOf(result).chains;
    const kept = chainsOf(sync(services, fewer, first)).filter((chain) => chainsOf(first).includes(chain)).length;
    // All but the four of the Service that changed: service-, external- and one endpoint- instead of two.
    expect(kept).toBe(chainsOf(first).length - 4);
  });

  test('a Service without endpoints is rejected, one without local endpoints dropped', () => {
    const table = tableOf(sync(services, slices), 'three');
    expect(elements(table, 'no-endpoint-services')).toEqual([
      '203.0.113.5 . tcp . 80 comment "default/guarded" : drop',
      '10.96.0.13 . tcp . 80 comment "default/local" : drop',
      '10.96.0.14 . tcp . 80 comment "default/empty" : goto reject-chain',
    ]);
    expect(elements(table, 'no-endpoint-nodeports')).toEqual(['tcp . 30080 comment "default/guarded" : drop']);
  });

  test('hairpins are those of this node, each once', () => {
    expect(elements(tableOf(sync(services, slices)), 'hairpin-connections')).toEqual(['10.244.1.1 . 10.244.1.1 . tcp . 8080']);
    expect(elements(tableOf(sync(services, slices), 'three'), 'hairpin-connections')).toEqual([]);
  });

  test('an affinity set lives as long as the Service says', () => {
    const lines = printRules(sync(services, slices).rules.get('one') ?? fail()).filter((line) => line.startsWith('\t\ttimeout'));
    expect(lines).toEqual(['\t\ttimeout 1m40s', '\t\ttimeout 1m40s']);
  });

  test('node ports on all addresses need no set', () => {
    const all = { ...cluster, proxy: { ...cluster.proxy, nodePortAddresses: ['0.0.0.0/0'].flatMap((range) => parseCidr(range) ?? []) } };
    const table = tableOf(sync([], [], undefined, all));
    expect(table.sets.map(({ name }) => name)).not.toContain('nodeport-ips');
    expect(table.chains.find(({ name }) => name === 'services')?.rules.at(-1)?.text).toBe(
      'fib daddr type local ip daddr != 127.0.0.0/8 meta l4proto . th dport vmap @service-nodeports',
    );
  });
});

function fail(): never {
  throw new Error('there are no rules');
}
