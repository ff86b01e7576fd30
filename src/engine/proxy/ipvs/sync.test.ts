import { describe, expect, test } from 'vitest';
import { cidr } from '../../api/cidr.ts';
import type { ClusterSpec } from '../../api/cluster-spec.ts';
import type { EndpointSlice } from '../../api/endpoint-slice.ts';
import type { Service } from '../../api/service.ts';
import { printRealServer, printVirtualServer } from '../../kernel/ipvs/print.ts';
import { type IpvsRules, printRules } from '../../kernel/node-rules.ts';
import { endpoint, exampleCluster, service, slice } from '../example-objects.ts';
import { type ProxySync, syncNodes } from '../sync-nodes.ts';

const cluster = exampleCluster();

function sync(
  services: readonly Service[],
  slices: readonly EndpointSlice[],
  previous?: ProxySync,
  world: ClusterSpec = cluster,
): ProxySync {
  return syncNodes({ cluster: world, mode: 'ipvs', services, slices }, previous);
}

function rulesOf(result: ProxySync, node = 'one'): IpvsRules {
  const rules = result.rules.get(node);
  if (rules?.backend !== 'ipvs') throw new Error(`${node} has no IPVS rules`);
  return rules;
}

function withProxy(fields: Partial<ClusterSpec['proxy']>, rest: Partial<ClusterSpec> = {}): ClusterSpec {
  return { ...cluster, ...rest, proxy: { ...cluster.proxy, ...fields } };
}

function entries(rules: IpvsRules, set: string): readonly string[] {
  return rules.ipSets.find(({ name }) => name === set)?.entries.map(({ text }) => text) ?? [];
}

function chain(rules: IpvsRules, table: 'filter' | 'nat', name: string): readonly string[] {
  return rules.tables[table].chains.find((candidate) => candidate.name === name)?.rules.map(({ text }) => text) ?? [];
}

/** Virtual servers at an address, each with its real servers, as `ipvsadm-save` prints them. */
function serversAt(rules: IpvsRules, address: string): readonly string[] {
  return rules.virtualServers
    .filter((server) => server.address === address)
    .flatMap((server) => [printVirtualServer(server), ...server.realServers.map((real) => printRealServer(server, real))]);
}

const nodePort = { type: 'NodePort', ports: [{ protocol: 'TCP', port: 80, targetPort: 8080, nodePort: 30080 }] } as const;
const sctp = { type: 'NodePort', ports: [{ protocol: 'SCTP', port: 80, targetPort: 8080, nodePort: 30090 }] } as const;
const affinity = { sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 100 } } } as const;
const lb = { ...nodePort, type: 'LoadBalancer', externalTrafficPolicy: 'Local', healthCheckNodePort: 31000 } as const;

/** One of everything. */
const services = [
  service({}, 'plain'),
  service({ ...nodePort, ...affinity, clusterIP: '10.96.0.11' }, 'sticky'),
  service({ ...lb, clusterIP: '10.96.0.12', loadBalancerSourceRanges: ['192.168.0.2/32', '10.0.0.0/8'] }, 'guarded', ['203.0.113.5']),
  service({ clusterIP: '10.96.0.13', externalIPs: ['198.51.100.1', '192.168.0.2'] }, 'external'),
  service({ ...sctp, clusterIP: '10.96.0.14', externalTrafficPolicy: 'Local' }, 'signal'),
  service({ clusterIP: '10.96.0.15' }, 'empty'),
];
const both = [endpoint('10.244.1.1@one'), endpoint('10.244.2.1@two')];
const slices = [
  ...['plain', 'sticky', 'guarded', 'external'].map((name) => slice(both, { name })),
  slice(both, { name: 'signal', ports: [{ name: '', protocol: 'SCTP', port: 8080 }] }),
];

describe('IPVS mode', () => {
  test.each(['one', 'two', 'three'])('on %s every chain and set that a rule names is there', (node) => {
    const rules = rulesOf(sync(services, slices), node);
    for (const { chains } of Object.values(rules.tables)) {
      const names = chains.map(({ name }) => name);
      const all = chains.flatMap((each) => each.rules);
      const jumps = all.flatMap(({ target }) => (target?.kind === 'jump' ? [target.chain] : []));
      const asked = all.flatMap(({ matches }) => matches.flatMap((match) => (match.kind === 'set' ? [match.set] : [])));
      expect(jumps.filter((name) => !names.includes(name))).toEqual([]);
      expect(asked.filter((name) => !rules.ipSets.some((set) => set.name === name))).toEqual([]);
      const unused = chains.filter(({ name, policy }) => policy === undefined && !jumps.includes(name)).map(({ name }) => name);
      expect(unused).toEqual([]);
    }
  });

  test('looking only at what changed gives what looking at everything gives', () => {
    const first = sync(services, slices);
    const fewer = [...slices.slice(0, 1), slice([endpoint('10.244.1.7@one')], { name: 'sticky' }), ...slices.slice(2)];
    const text = (result: ProxySync) => [...result.rules].map(([node, rules]) => [node, printRules(rules)]);
    expect(text(sync(services, fewer, first))).toEqual(text(sync(services, fewer)));
  });

  test('a virtual server per address and port, its endpoints with weight 1', () => {
    const rules = rulesOf(sync(services, slices));
    expect(serversAt(rules, '10.96.0.10')).toEqual([
      '-A -t 10.96.0.10:80 -s rr',
      '-a -t 10.96.0.10:80 -r 10.244.1.1:8080 -m -w 1',
      '-a -t 10.96.0.10:80 -r 10.244.2.1:8080 -m -w 1',
    ]);
    expect(serversAt(rules, '10.96.0.11')[0]).toBe('-A -t 10.96.0.11:80 -s rr -p 100');
    expect(serversAt(rules, '10.96.0.15')).toEqual(['-A -t 10.96.0.15:80 -s rr']);
  });

  test('a Local policy keeps endpoints of other nodes where it has none', () => {
    const targets = (node: string) => serversAt(rulesOf(sync(services, slices), node), '203.0.113.5').length - 1;
    expect(['one', 'two', 'three'].map(targets)).toEqual([1, 1, 2]);
  });

  test('Service addresses are on kube-ipvs0, but for those that the node has already', () => {
    const onAll = ['10.96.0.10', '10.96.0.11', '10.96.0.12', '10.96.0.13', '10.96.0.14', '10.96.0.15'];
    const rules = rulesOf(sync(services, slices), 'two');
    expect(rules.dummyAddresses).toEqual([...onAll, '198.51.100.1', '203.0.113.5']);
    expect(entries(rules, 'KUBE-IPVS-IPS')).toEqual(rules.dummyAddresses);
    expect(rulesOf(sync(services, slices), 'one').dummyAddresses).toContain('192.168.0.2');
  });

  test('source ranges, and the node itself', () => {
    const [one, two] = ['one', 'two'].map((node) => rulesOf(sync(services, slices), node));
    if (one === undefined || two === undefined) throw new Error('there are no rules');
    expect(entries(one, 'KUBE-LOAD-BALANCER-SOURCE-CIDR')).toEqual(['203.0.113.5,tcp:80,10.0.0.0/8', '203.0.113.5,tcp:80,192.168.0.2']);
    expect(entries(one, 'KUBE-LOAD-BALANCER-SOURCE-IP')).toEqual([]);
    expect(chain(one, 'filter', 'KUBE-IPVS-OUT-FILTER')).toEqual([
      '-A KUBE-IPVS-OUT-FILTER -s 203.0.113.5/32 -m ipvs --vproto 6 --vaddr 203.0.113.5 --vport 80 -j DROP',
    ]);
    expect(entries(two, 'KUBE-LOAD-BALANCER-SOURCE-IP')).toEqual(['203.0.113.5,tcp:80,203.0.113.5']);
    expect(chain(two, 'filter', 'KUBE-IPVS-OUT-FILTER')).toEqual([]);
  });

  test('node ports are bits, SCTP ones pairs', () => {
    const rules = rulesOf(sync(services, slices));
    expect(entries(rules, 'KUBE-NODE-PORT-TCP')).toEqual(['30080']);
    expect(entries(rules, 'KUBE-NODE-PORT-SCTP-HASH')).toEqual(['192.168.0.1,sctp:30090']);
    expect(chain(rules, 'nat', 'KUBE-NODE-PORT').filter((text) => text.includes('sctp'))).toEqual([
      `-A KUBE-NODE-PORT -p sctp -m comment --comment "Kubernetes nodeport SCTP port with externalTrafficPolicy=local with type 'hash ip:port'" -m set --match-set KUBE-NODE-PORT-LOCAL-SCTP-HASH dst,dst -j RETURN`,
      `-A KUBE-NODE-PORT -p sctp -m comment --comment "Kubernetes nodeport SCTP port for masquerade purpose with type 'hash ip:port'" -m set --match-set KUBE-NODE-PORT-SCTP-HASH dst,dst -j KUBE-MARK-MASQ`,
    ]);
  });

  test('a bridge has an address too, unless node ports are limited', () => {
    const world = (proxy: Partial<ClusterSpec['proxy']>) => withProxy(proxy, { podNetwork: 'bridge' });
    const at = (spec: ClusterSpec) =>
      rulesOf(sync(services, slices, undefined, spec))
        .virtualServers.filter(({ isNodePort, protocol }) => isNodePort && protocol === 'SCTP')
        .map(({ address }) => address);
    expect(at(world({}))).toEqual(['192.168.0.1', '10.244.1.1']);
    expect(at(world({ nodePortAddresses: [cidr('192.168.0.0/16')] }))).toEqual(['192.168.0.1']);
    expect(at(world({ nodePortAddresses: [cidr('172.16.0.0/12')] }))).toEqual([]);
  });

  test('--masquerade-all asks nobody where he comes from', () => {
    const marked = (spec: ClusterSpec) =>
      chain(rulesOf(sync(services, slices, undefined, spec)), 'nat', 'KUBE-SERVICES').find((text) => text.includes('KUBE-CLUSTER-IP'));
    expect(marked(cluster)).toContain(' ! -s 10.244.0.0/16 ');
    expect(marked(withProxy({ masqueradeAll: true }))).not.toContain(' -s ');
  });

  test('the scheduler is handed on; mh hashes ports too', () => {
    const first = (scheduler: string) => serversAt(rulesOf(sync(services, slices, undefined, withProxy({ scheduler }))), '10.96.0.10')[0];
    expect(first('wlc')).toBe('-A -t 10.96.0.10:80 -s wlc');
    expect(first('mh')).toBe('-A -t 10.96.0.10:80 -s mh -b mh-port');
  });
});
