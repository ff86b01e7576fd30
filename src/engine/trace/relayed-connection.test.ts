import { describe, expect, test } from 'vitest';
import type { ClusterSpec, ListenSpec } from '../api/cluster-spec.ts';
import { ipv4 } from '../api/ipv4.ts';
import type { Pod } from '../api/pod.ts';
import type { Service } from '../api/service.ts';
import { endpoint, exampleCluster, service, slice } from '../proxy/example-objects.ts';
import { syncNodes } from '../proxy/sync-nodes.ts';
import { parseProbe } from '../simulation/probe-text.ts';
import { buildNetwork, type Network } from './network.ts';
import { emptyNetworkState } from './network-state.ts';
import { enumerateProbe, sendProbe, traceProbe } from './probe.ts';
import type { Probe } from './trace.ts';

const listening: Readonly<Record<string, readonly ListenSpec[]>> = {
  'web-1': [
    { port: 8080, protocol: 'TCP' },
    { port: 8080, protocol: 'UDP' },
  ],
  'web-2': [{ port: 8080, protocol: 'TCP' }],
};

function pod(name: string, address: string, nodeName: string): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default' },
    spec: { nodeName, containers: [] },
    status: { phase: 'Running', podIP: ipv4(address) },
  };
}

const pods = [
  pod('web-1', '10.244.1.11', 'one'),
  pod('web-2', '10.244.2.11', 'two'),
  pod('dead', '10.244.2.12', 'two'),
  pod('client', '10.244.1.9', 'one'),
];

interface World {
  readonly spec?: Partial<Service['spec']>;
  readonly endpoints?: readonly string[];
  readonly cluster?: Partial<ClusterSpec>;
}

function world({ spec = {}, endpoints = ['10.244.1.11@one', '10.244.2.11@two'], cluster: fields = {} }: World = {}): Network {
  const cluster = exampleCluster({ podNetwork: 'bridge', ...fields });
  const slices = (['TCP', 'UDP'] as const).map((protocol) => ({
    ...slice(
      endpoints.map((text) => endpoint(text)),
      { ports: [{ name: '', protocol, port: 8080 }] },
    ),
  }));
  const { rules } = syncNodes({ cluster, mode: 'userspace', services: [service(spec)], slices });
  const programs = new Map(pods.map(({ metadata: { name } }) => [`default/${name}`, { listen: listening[name] ?? [] }]));
  return buildNetwork({ cluster, pods, programs, rules, resolve: () => ({ steps: [], failure: 'NXDOMAIN' }) });
}

function probe(from: string, to: string): Probe {
  const parsed = parseProbe(from, to);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.probe;
}

const toService = probe('pod/client', 'tcp://10.96.0.10:80');

describe('a connection relayed by a process', () => {
  test('is two connections: the Pod sees the node, and the bytes cross four times', () => {
    const { end, steps, crossings } = traceProbe(world(), toService, 1);
    expect(end).toMatchObject({ kind: 'delivered', to: { kind: 'pod' } });
    expect(end.kind === 'delivered' && ['10.244.1.1', '192.168.0.1']).toContain(end.kind === 'delivered' ? end.sourceSeen : '');
    expect(crossings).toBe(4);
    const codes = steps.map(({ reason }) => reason.code);
    expect(codes).toEqual(expect.arrayContaining(['redirect-to-relay', 'relay-accept', 'relay-pick', 'relay-connect', 'deliver-to-pod']));
    expect(steps.at(-1)).toMatchObject({ kind: 'receive', reason: { args: { source: '10.96.0.10' } } });
    expect(steps.find(({ kind }) => kind === 'lb.pick')?.origins?.[0]).toMatchObject({ object: { name: 'web' } });
  });

  test('takes turns, and begins anywhere', () => {
    const { possible } = enumerateProbe(world(), toService);
    expect(possible.map(({ probability }) => probability)).toEqual([0.5, 0.5]);
    let state = emptyNetworkState;
    const reached = Array.from({ length: 6 }, (_, seed) => {
      const sent = sendProbe(world(), state, toService, seed);
      state = sent.state;
      return sent.trace.end.kind === 'delivered' ? sent.trace.end.to.name : sent.trace.end.kind;
    });
    expect(reached[0]).not.toBe(reached[1]);
    expect(reached.slice(2)).toEqual([reached[0], reached[1], reached[0], reached[1]]);
  });

  test('passes over a Pod that refuses, as no later mode does', () => {
    const network = world({ endpoints: ['10.244.2.12@two', '10.244.1.11@one'] });
    const { possible } = enumerateProbe(network, toService);
    expect(possible.map(({ trace: { end } }) => (end.kind === 'delivered' ? end.to.name : end.kind))).toEqual(['web-1', 'web-1']);
    const tries = possible.map(({ trace }) => trace.steps.filter(({ reason }) => reason.code === 'relay-next').length);
    expect(tries.sort()).toEqual([0, 1]);
  });

  test('is closed again when four tries failed, or there is nobody to try', () => {
    const dead = traceProbe(world({ endpoints: ['10.244.2.12@two'] }), toService, 1);
    expect(dead.end).toMatchObject({ kind: 'refused', by: { kind: 'node', name: 'one' } });
    expect(dead.steps.filter(({ reason }) => reason.code === 'relay-connect' || reason.code === 'relay-next')).toHaveLength(4);
    const nobody = traceProbe(world({ endpoints: [] }), toService, 1);
    expect(nobody.end).toMatchObject({ kind: 'refused', by: { name: 'one' } });
    expect(nobody.steps.some(({ reason }) => reason.code === 'relay-nobody')).toBe(true);
  });

  test('with affinity keeps a client where it was first', () => {
    const network = world({ spec: { sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } } } });
    expect(enumerateProbe(network, toService).sticky).toBe(true);
    let state = emptyNetworkState;
    const reached = Array.from({ length: 4 }, (_, seed) => {
      const sent = sendProbe(network, state, toService, seed);
      state = sent.state;
      return sent.trace.end.kind === 'delivered' ? sent.trace.end.to.name : sent.trace.end.kind;
    });
    expect(new Set(reached).size).toBe(1);
  });

  test('swallows a datagram that nobody takes', () => {
    const udp = { ports: [{ protocol: 'UDP', port: 80, targetPort: 8080 }] } as const;
    const asked = probe('pod/client', 'udp://10.96.0.10:80');
    expect(traceProbe(world({ spec: udp, endpoints: [] }), asked, 1).end).toMatchObject({ kind: 'dropped', cause: 'no-endpoints' });
    expect(traceProbe(world({ spec: udp, endpoints: ['10.244.1.11@one'] }), asked, 1).end).toMatchObject({ kind: 'delivered' });
    expect(traceProbe(world({ spec: udp, endpoints: ['10.244.2.12@two'] }), asked, 1).end).toMatchObject({ kind: 'refused' });
  });

  test('answers at a node port, on loopback too, and hides the client', () => {
    const nodePort = { type: 'NodePort', ports: [{ protocol: 'TCP', port: 80, targetPort: 8080, nodePort: 30080 }] } as const;
    const network = world({ spec: nodePort, endpoints: ['10.244.1.11@one'] });
    for (const [from, to] of [
      ['outside/world', 'tcp://192.168.0.2:30080'],
      ['node/three', 'tcp://127.0.0.1:30080'],
      ['node/one', 'tcp://10.96.0.10:80'],
    ] as const) {
      const { end } = traceProbe(network, probe(from, to), 1);
      expect(end, `${from} ${to}`).toMatchObject({ kind: 'delivered', to: { name: 'web-1' } });
      expect(end.kind === 'delivered' ? end.sourceSeen : '').not.toBe('192.168.0.100');
    }
  });

  test('cannot be redirected where Pods hang on devices without an address', () => {
    const { end, steps } = traceProbe(world({ cluster: { podNetwork: 'routed' } }), toService, 1);
    expect(end).toMatchObject({ kind: 'dropped', by: { name: 'one' } });
    expect(steps.at(-1)?.reason.code).toBe('drop-redirect-without-address');
  });
});
