import { describe, expect, test } from 'vitest';
import type { ProxyMode } from '../api/cluster-spec.ts';
import { ipv4 } from '../api/ipv4.ts';
import { exampleCluster } from '../proxy/example-objects.ts';
import { parseProbe } from './probe-text.ts';
import { connector, enumerate } from './queries.ts';
import { simulate } from './simulate.ts';
import { tally } from './tally.ts';

const pods = ['web-1', 'web-2', 'web-3', 'client'].map((name, index) => ({
  name,
  node: 'one',
  namespace: 'default',
  ip: ipv4(`10.244.1.${index + 1}`),
  labels: { app: name === 'client' ? 'client' : 'web' },
  ready: true,
  phase: 'Running' as const,
  terminating: false,
  hostNetwork: false,
  ports: [],
  listen: [{ port: 80, protocol: 'TCP' as const }],
  image: 'web:1',
}));

function counts(mode: ProxyMode, { scheduler = 'rr', affinity = 'None' } = {}): readonly number[] {
  const example = exampleCluster({ pods });
  const cluster = { ...example, proxy: { ...example.proxy, mode, scheduler } };
  const spec = `{selector: {app: web}, clusterIP: 10.96.0.10, sessionAffinity: ${affinity}, ports: [{port: 80}]}`;
  const files = [{ name: 'web.yaml', text: `apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: ${spec}\n` }];
  const { snapshot } = simulate({ cluster, files, seed: 1 });
  const parsed = parseProbe('pod/client', 'tcp://10.96.0.10:80');
  if (!parsed.ok) throw new Error(parsed.reason);
  const { receivers } = tally(enumerate(snapshot, parsed.probe), connector(snapshot, parsed.probe), 30, 1);
  return receivers.map(({ count }) => count);
}

describe('connections one after the other', () => {
  test.each(['rr', 'wrr', 'lc', 'wlc', 'sed', 'nq'])('IPVS with %s shares them out evenly', (scheduler) => {
    expect(counts('ipvs', { scheduler })).toEqual([10, 10, 10]);
  });

  test('IPVS keeps a client with affinity where it was', () => {
    expect([...counts('ipvs', { affinity: 'ClientIP' })].sort()).toEqual([0, 0, 30]);
  });

  test.each(['iptables', 'nftables'] as const)('in %s mode chance has no memory', (mode) => {
    const drawn = counts(mode);
    expect(drawn.reduce((sum, count) => sum + count)).toBe(30);
    expect(drawn).not.toEqual([10, 10, 10]);
  });

  test('a scheduler that is not modelled is said to be so', () => {
    expect(() => counts('ipvs', { scheduler: 'mh' })).not.toThrow();
    expect(counts('ipvs', { scheduler: 'mh' })).toEqual([]);
  });
});
