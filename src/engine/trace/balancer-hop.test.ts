import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { advance, disturb } from '../simulation/clock.ts';
import { parseClusterFile } from '../simulation/cluster-file.ts';
import { kubectl } from '../simulation/kubectl.ts';
import { parseProbe } from '../simulation/probe-text.ts';
import { enumerate, trace } from '../simulation/queries.ts';
import { simulate } from '../simulation/simulate.ts';
import type { Snapshot } from '../simulation/snapshot.ts';
import { tally } from '../simulation/tally.ts';
import type { Probe, Step, Trace } from './trace.ts';

const read = (name: string) => readFileSync(new URL(`../../../clusters/${name}.yaml`, import.meta.url), 'utf8');
const library = { ref3: read('ref3'), 'workloads/my-app': read('workloads/my-app') };

/** The Pods of `my-app` are on node-1 (two) and node-2 (one); node-3 has none. */
function cluster(spec: string, world = '', nodePort = ', nodePort: 30080'): Snapshot {
  const { value, diagnostics } = parseClusterFile(`extends: [ref3, workloads/my-app]\n${world}\n`, 'test.yaml', library);
  if (value === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  const text = `apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: LoadBalancer
  ${spec.includes('selector') ? '' : 'selector: { app: my-app }'}
  ports: [{ port: 80, targetPort: 8080${nodePort} }]
  ${spec}
`;
  const { snapshot, output } = simulate({ cluster: value, files: [{ name: 'web.yaml', text }], seed: 1 });
  if (output.exitCode !== 0) throw new Error(output.stderr);
  return snapshot;
}

function probe(to: string, from: string): Probe {
  const parsed = parseProbe(from, to);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.probe;
}

const outside = (to = 'tcp://203.0.113.10:80') => probe(to, 'outside/client');

/** How it ends; for a Pod, with the address it saw and the node it runs on. */
function endOf({ end }: Trace): string {
  if (end.kind === 'delivered') return `${end.to.name} src=${end.sourceSeen}`;
  if (end.kind === 'dropped' || end.kind === 'unreachable') return `${end.kind}: ${end.cause}`;
  return end.kind === 'not-modelled' ? `not modelled: ${end.what.join()}` : end.kind;
}

/** Every end with its probability in percent, sorted. */
function ends(snapshot: Snapshot, sent: Probe): readonly string[] {
  const totals = new Map<string, number>();
  for (const { probability, trace: one } of enumerate(snapshot, sent).possible) {
    totals.set(endOf(one), (totals.get(endOf(one)) ?? 0) + probability);
  }
  return [...totals].map(([end, share]) => `${end} ${Math.round(share * 100)}%`).sort();
}

/** Nodes that the balancer chose, over every way to go. */
function chosenNodes(snapshot: Snapshot, sent: Probe = outside()): readonly string[] {
  const steps = enumerate(snapshot, sent).possible.map(({ trace: one }) => balancerStep(one)?.reason.args.node ?? '-');
  return [...new Set(steps)].map(String).sort();
}

function balancerStep({ steps }: Trace): Step | undefined {
  return steps.find(({ place }) => place.kind === 'network');
}

const proxy = 'loadBalancer: { ipMode: Proxy }';
const ownAddress = 'loadBalancer: { ipMode: Proxy, address: 192.168.10.5 }';
const metallb = 'loadBalancer: { kind: metallb }';
const closed = 'firewall: { allow: [] }';

interface Row {
  readonly name: string;
  readonly spec?: string;
  readonly world?: string;
  readonly from?: string;
  readonly to?: string;
  readonly ends: readonly string[];
}

const rows: readonly Row[] = [
  {
    name: 'policy Local: the Pod sees the client, and nodes get even shares, not Pods',
    spec: 'externalTrafficPolicy: Local',
    ends: ['my-app-1 src=198.51.100.7 25%', 'my-app-2 src=198.51.100.7 25%', 'my-app-3 src=198.51.100.7 50%'],
  },
  {
    name: 'a proxying balancer that keeps the client, policy Local',
    spec: 'externalTrafficPolicy: Local',
    world: proxy,
    ends: ['my-app-1 src=198.51.100.7 25%', 'my-app-2 src=198.51.100.7 25%', 'my-app-3 src=198.51.100.7 50%'],
  },
  {
    name: 'a proxying balancer with an address of its own, policy Local',
    spec: 'externalTrafficPolicy: Local',
    world: ownAddress,
    ends: ['my-app-1 src=192.168.10.5 25%', 'my-app-2 src=192.168.10.5 25%', 'my-app-3 src=192.168.10.5 50%'],
  },
  { name: 'a port the Service does not have', to: 'tcp://203.0.113.10:81', ends: ['dropped: load-balancer 100%'] },
  { name: 'ping', to: 'ping://203.0.113.10', ends: ['dropped: load-balancer 100%'] },
  { name: 'an address of the pool that no Service has', to: 'tcp://203.0.113.11:80', ends: ['unreachable: no-such-host 100%'] },
  {
    name: 'no endpoints, policy Local: every node fails, all are tried, and refuse',
    spec: 'externalTrafficPolicy: Local\n  selector: { app: none }',
    ends: ['rejected 100%'],
  },
  {
    name: 'no node ports, address kept',
    spec: 'allocateLoadBalancerNodePorts: false\n  externalTrafficPolicy: Local',
    ends: ['my-app-1 src=198.51.100.7 25%', 'my-app-2 src=198.51.100.7 25%', 'my-app-3 src=198.51.100.7 50%'],
  },
  {
    name: 'the firewall lets the cloud in',
    spec: 'externalTrafficPolicy: Local',
    world: closed,
    ends: ['my-app-1 src=198.51.100.7 25%', 'my-app-2 src=198.51.100.7 25%', 'my-app-3 src=198.51.100.7 50%'],
  },
  { name: 'and keeps the node port shut', world: closed, to: 'tcp://192.168.10.11:30080', ends: ['dropped: firewall 100%'] },
  { name: 'the firewall before MetalLB', world: `${metallb}\n${closed}`, ends: ['dropped: firewall 100%'] },
  {
    name: 'MetalLB without an endpoint',
    spec: 'selector: { app: none }',
    world: metallb,
    ends: ['unreachable: host-unreachable 100%'],
  },
  {
    name: 'MetalLB and a port the Service does not have',
    world: metallb,
    to: 'tcp://203.0.113.10:81',
    ends: ['unreachable: no-such-host 100%'],
  },
  {
    name: 'source ranges',
    spec: 'loadBalancerSourceRanges: [10.0.0.0/8]',
    ends: ['dropped: source-ranges 100%'],
  },
  {
    name: 'a Pod calls the address of a VIP balancer: its own node takes it',
    from: 'pod/client',
    ends: ['my-app-1 src=10.244.1.1 33%', 'my-app-2 src=10.244.1.1 33%', 'my-app-3 src=192.168.10.11 33%'],
  },
];

describe('load balancers in front of the nodes', () => {
  test.each(rows)('$name', ({ spec = '', world, from, to, ends: expected }) => {
    const sent = from === undefined ? outside(to) : probe(to ?? 'tcp://203.0.113.10:80', from);
    expect(ends(cluster(spec, world), sent)).toEqual(expected);
  });

  test('policy Cluster: every node gets connections, and the Pods see the nodes', () => {
    expect(chosenNodes(cluster(''))).toEqual(['node-1', 'node-2', 'node-3']);
    expect(ends(cluster(''), outside()).filter((end) => end.includes('198.51.100.7'))).toEqual([]);
  });

  test('policy Local: the health check node port takes nodes without an endpoint out', () => {
    const snapshot = cluster('externalTrafficPolicy: Local');
    expect(chosenNodes(snapshot)).toEqual(['node-1', 'node-2']);
    expect(balancerStep(trace(snapshot, outside(), 1))?.reason).toMatchObject({ code: 'lb-pick-healthy-node', args: { left: 'node-3' } });
  });

  test('a node that is to be left out by its label is not registered', () => {
    const world = `nodes:
  - { name: node-3, address: 192.168.10.13, podCIDR: 10.244.3.0/24, labels: { node.kubernetes.io/exclude-from-external-load-balancers: "true" } }`;
    expect(chosenNodes(cluster('', world))).toEqual(['node-1', 'node-2']);
  });

  test('VIP: the destination stays the outside address up to the node, and the node answers the client directly', () => {
    const { steps } = trace(cluster('externalTrafficPolicy: Local'), outside(), 1);
    const before = steps.slice(
      0,
      steps.findIndex(({ kind }) => kind === 'rule.match'),
    );
    expect(new Set(before.flatMap(({ after }) => after?.destination ?? []))).toEqual(new Set(['203.0.113.10']));
    expect(steps.filter(({ leg, place }) => leg === 'back' && place.kind === 'network')).toEqual([]);
  });

  test('Proxy: the node port becomes the destination, and the answer comes back through the balancer', () => {
    const { steps, end } = trace(cluster('externalTrafficPolicy: Local', ownAddress), outside(), 1);
    const rewritten = steps.find(({ kind, place }) => kind === 'nat.dnat' && place.kind === 'network');
    expect(rewritten?.after).toMatchObject({ source: '192.168.10.5', destinationPort: 30080 });
    expect(steps.find(({ leg, place }) => leg === 'back' && place.kind === 'network')?.after).toMatchObject({
      source: '203.0.113.10',
      sourcePort: 80,
      destination: '198.51.100.7',
    });
    expect(steps.at(-1)).toMatchObject({ kind: 'receive', place: { name: 'client' } });
    expect(end.kind).toBe('delivered');
  });

  test('Proxy: the status says so, so that Pods go out to the balancer and back in', () => {
    const snapshot = cluster('', proxy);
    expect(kubectl(snapshot, ['describe', 'svc', 'web']).stdout).toContain('203.0.113.10 (Proxy)');
    const { steps, end } = trace(snapshot, probe('tcp://203.0.113.10:80', 'pod/client'), 1);
    expect(steps.map(({ place }) => place.kind)).toContain('network');
    expect(end.kind).toBe('delivered');
    expect(steps.at(-1)).toMatchObject({ kind: 'receive', place: { name: 'client' } });
  });

  test('Proxy without node ports is not modelled', () => {
    const snapshot = cluster('allocateLoadBalancerNodePorts: false', proxy, '');
    expect(ends(snapshot, outside())).toEqual(['not modelled: a proxying load balancer for default/web, which has no node port 100%']);
  });

  test('MetalLB: one node takes every connection, with policy Local one that has an endpoint', () => {
    expect(chosenNodes(cluster('', metallb))).toHaveLength(1);
    const [node = ''] = chosenNodes(cluster('externalTrafficPolicy: Local', metallb));
    expect(['node-1', 'node-2']).toContain(node);
    expect(balancerStep(trace(cluster('', metallb), outside(), 1))).toMatchObject({ kind: 'route', place: { name: 'metallb' } });
  });
});

describe('a node that dies', () => {
  const died = disturb(cluster(''), { kind: 'node-fails', name: 'node-2' });

  test('is sent connections until the health check notices', () => {
    expect(chosenNodes(died)).toEqual(['node-1', 'node-2', 'node-3']);
    const lost = enumerate(died, outside()).possible.filter(({ trace: { steps } }) => steps.at(-1)?.reason.code === 'lb-node-silent');
    expect(lost.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1 / 3, 10);
    expect(lost[0] && endOf(lost[0].trace)).toBe('unreachable: no-such-host');
    expect(chosenNodes(advance(died, 29_000))).toContain('node-2');
  });

  test('and then no more, while its node port stays dead for whoever dials it', () => {
    const noticed = advance(died, 30_000);
    expect(chosenNodes(noticed)).toEqual(['node-1', 'node-3']);
    expect(ends(noticed, outside('tcp://192.168.10.12:30080'))).toEqual(['unreachable: host-unreachable 100%']);
  });

  test('gives MetalLB address to another', () => {
    const before = cluster('', metallb);
    const [announcer = ''] = chosenNodes(before);
    const gone = disturb(before, { kind: 'node-fails', name: announcer });
    expect(chosenNodes(gone)).toEqual([announcer]);
    expect(ends(gone, outside())).toEqual(['unreachable: no-such-host 100%']);
    expect(chosenNodes(advance(gone, 5_000))).not.toContain(announcer);
  });
});

test('sampling agrees with enumerating', () => {
  const snapshot = cluster('externalTrafficPolicy: Local');
  const times = 2000;
  const { receivers } = tally(enumerate(snapshot, outside()), (seed) => trace(snapshot, outside(), seed), times, 3);
  expect(receivers.map(({ name }) => name)).toEqual(['my-app-1', 'my-app-2', 'my-app-3']);
  for (const { count, probability } of receivers) {
    expect(Math.abs(count - times * probability)).toBeLessThan(4 * Math.sqrt(times * probability * (1 - probability)));
  }
});
