import { describe, expect, test } from 'vitest';
import type { PodSpecShorthand } from '../api/cluster-spec.ts';
import type { EndpointSlice } from '../api/endpoint-slice.ts';
import { ipv4 } from '../api/ipv4.ts';
import { isNodeReady, type Node } from '../api/node.ts';
import { isPodReady, type Pod } from '../api/pod.ts';
import { sampleService } from '../api/sample-objects.ts';
import { sampleWorld } from '../api/sample-world.ts';
import type { Deployment } from '../api/workload.ts';
import type { Probe } from '../trace/trace.ts';
import { bootCluster } from './boot.ts';
import { advance, type Disturbance, disturb } from './clock.ts';
import { trace } from './queries.ts';
import { settle } from './settle.ts';
import type { Snapshot } from './snapshot.ts';

const seconds = 1000;
const images = { web: { listen: [{ port: 8080, protocol: 'TCP' as const, http: 200 }] } };
const httpGet = { path: '/healthz', port: 8080 };

interface Probes {
  readonly readinessProbe?: object;
  readonly livenessProbe?: object;
  readonly startupProbe?: object;
}

/** Three `web` Pods behind a Service, at rest. */
function cluster(probes: Probes = { readinessProbe: { httpGet, periodSeconds: 10, failureThreshold: 3 } }): Snapshot {
  const deployment: Deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'web:1', ...probes }] } },
    },
  };
  const booted = bootCluster(sampleWorld({ images }), 1);
  return settle({ ...booted, store: booted.store.put(deployment).put(sampleService('web')) });
}

const pods = ({ store }: Snapshot) => store.list<Pod>('Pod');
const first = (snapshot: Snapshot) => pods(snapshot)[0]?.metadata.name ?? '';
const podOf = ({ store }: Snapshot, name: string) => store.get<Pod>('Pod', 'default', name);
const isReady = (snapshot: Snapshot, name: string) => {
  const pod = podOf(snapshot, name);
  return pod !== undefined && isPodReady(pod);
};
const restarts = (snapshot: Snapshot, name: string) => podOf(snapshot, name)?.status.containerStatuses?.[0]?.restartCount;
const fault = (kind: 'readiness-fails' | 'liveness-fails', name: string): Disturbance => ({ kind, namespace: 'default', name });
const reasons = ({ events }: Snapshot) => events.map(({ time, reason }) => `${time / seconds} ${reason}`);

function endpointsOf(snapshot: Snapshot): readonly boolean[] {
  const slices = snapshot.store.list<EndpointSlice>('EndpointSlice', 'default').filter(({ metadata }) => metadata.name !== 'kubernetes');
  return slices.flatMap((slice) => (slice.endpoints ?? []).map(({ conditions }) => conditions?.ready === true));
}

describe('a readiness probe that begins to fail', () => {
  const before = cluster();
  const name = first(before);
  const failing = disturb(before, fault('readiness-fails', name));

  test('takes the Pod out of the slice after periodSeconds × failureThreshold, and not earlier', () => {
    expect(isReady(advance(failing, 29 * seconds), name)).toBe(true);
    const after = advance(failing, 30 * seconds);
    expect(isReady(after, name)).toBe(false);
    expect(endpointsOf(after).sort()).toEqual([false, true, true]);
    expect(restarts(after, name)).toBe(0);
  });

  test('is told: three failures, then the Pod and its endpoint', () => {
    expect(reasons(advance(failing, 30 * seconds))).toEqual([
      '10 Unhealthy',
      '20 Unhealthy',
      '30 Unhealthy',
      '30 NotReady',
      '30 EndpointsRemoved',
    ]);
  });

  test('in steps or at one go comes to the same', () => {
    const steps = Array.from({ length: 45 }).reduce<Snapshot>((snapshot) => advance(snapshot, seconds), failing);
    const once = advance(failing, 45 * seconds);
    expect(steps.events).toEqual(once.events);
    expect(pods(steps)).toEqual(pods(once));
  });

  test('lets the Pod back in with the first success', () => {
    const back = disturb(advance(failing, 35 * seconds), { kind: 'probes-recover', namespace: 'default', name });
    expect(isReady(advance(back, 4 * seconds), name)).toBe(false);
    expect(isReady(advance(back, 5 * seconds), name)).toBe(true);
  });

  test('one success in between starts the count again', () => {
    const once = disturb(advance(failing, 25 * seconds), { kind: 'probes-recover', namespace: 'default', name });
    const again = disturb(advance(once, 10 * seconds), fault('readiness-fails', name));
    expect(isReady(advance(again, 24 * seconds), name)).toBe(true);
    expect(isReady(advance(again, 25 * seconds), name)).toBe(false);
  });
});

describe('a liveness probe that fails', () => {
  const before = cluster({ livenessProbe: { httpGet, periodSeconds: 5, failureThreshold: 2 } });
  const name = first(before);
  const failing = disturb(before, fault('liveness-fails', name));

  test('restarts the container; Pod and address stay', () => {
    const after = advance(failing, 10 * seconds);
    expect(restarts(after, name)).toBe(1);
    expect(podOf(after, name)?.status.podIP).toBe(podOf(before, name)?.status.podIP);
    expect(pods(after)).toHaveLength(3);
  });

  test('again and again, with ever longer pauses', () => {
    const started = advance(failing, 120 * seconds)
      .events.filter(({ reason }) => reason === 'Started')
      .map(({ time }) => time / seconds);
    // Killed 10 s after each start; pauses of 0, 10, 20 and 40 s.
    expect(started).toEqual([10, 30, 60, 110]);
    expect(isReady(advance(failing, 25 * seconds), name)).toBe(false);
  });
});

test('a startup probe holds the others back', () => {
  const probes = {
    startupProbe: { httpGet, periodSeconds: 5, failureThreshold: 30 },
    readinessProbe: { httpGet, periodSeconds: 10, failureThreshold: 1 },
  };
  const before = cluster(probes);
  const name = first(before);
  const crashed = disturb(before, { kind: 'containers-crash', namespace: 'default', name });
  expect(isReady(crashed, name)).toBe(false);
  expect(podOf(advance(crashed, 5 * seconds), name)?.status.containerStatuses?.[0]?.started).toBe(true);
  expect(isReady(advance(crashed, 9 * seconds), name)).toBe(false);
  expect(isReady(advance(crashed, 10 * seconds), name)).toBe(true);
});

test('a container that starts reads the Services anew', () => {
  const before = cluster();
  const name = first(before);
  const late = settle({
    ...before,
    store: before.store.put(sampleService('late', { clusterIP: '10.96.0.99', clusterIPs: ['10.96.0.99'] })),
  });
  const variables = (snapshot: Snapshot) => snapshot.programs.get(`default/${name}`)?.environment ?? [];
  expect(variables(late)).not.toContain('LATE_SERVICE_HOST=10.96.0.99');
  const twice = ['crash', 'again'].reduce<Snapshot>(
    (snapshot) => advance(disturb(snapshot, { kind: 'containers-crash', namespace: 'default', name }), 60 * seconds),
    late,
  );
  expect(variables(twice)).toContain('LATE_SERVICE_HOST=10.96.0.99');
});

test('a deleted Pod is replaced by one with another name and address, which is ready after its first probe', () => {
  const before = cluster({ readinessProbe: { httpGet, initialDelaySeconds: 7, periodSeconds: 5 } });
  const name = first(before);
  const old = podOf(before, name)?.status.podIP;
  const deleted = disturb(advance(before, seconds), { kind: 'pod-deleted', namespace: 'default', name });
  expect(podOf(deleted, name)).toBeUndefined();
  const replacement = pods(deleted).find(({ metadata }) => !pods(before).some((pod) => pod.metadata.name === metadata.name));
  expect(replacement?.status.podIP).not.toBe(old);
  expect(endpointsOf(deleted).sort()).toEqual([false, true, true]);
  expect(endpointsOf(advance(deleted, 9 * seconds)).sort()).toEqual([false, true, true]);
  expect(endpointsOf(advance(deleted, 10 * seconds))).toEqual([true, true, true]);
});

describe('a node that fails', () => {
  const before = cluster({});
  const failed = disturb(before, { kind: 'node-fails', name: 'node-1' });
  const onNode = (snapshot: Snapshot) => pods(snapshot).filter(({ spec }) => spec.nodeName === 'node-1');
  const node = ({ store }: Snapshot) => store.get<Node>('Node', undefined, 'node-1');

  test('is given up on after 50 s: until then its Pods count as endpoints', () => {
    expect(endpointsOf(advance(failed, 49 * seconds))).toEqual([true, true, true]);
    const after = advance(failed, 50 * seconds);
    const silent = node(after);
    expect(silent !== undefined && isNodeReady(silent)).toBe(false);
    expect(endpointsOf(after).filter((ready) => !ready)).toHaveLength(onNode(before).length);
    expect(pods(after)).toHaveLength(3);
  });

  test('loses its Pods five minutes later; others take their place elsewhere, and the old ones stay terminating', () => {
    const after = advance(failed, 350 * seconds);
    expect(onNode(after).every(({ metadata }) => metadata.deletionTime !== undefined)).toBe(true);
    expect(pods(after).filter((pod) => pod.spec.nodeName === 'node-2' && isPodReady(pod))).toHaveLength(3);
  });

  test('that comes back reports its Pods ready again', () => {
    const back = disturb(advance(failed, 60 * seconds), { kind: 'node-recovers', name: 'node-1' });
    expect(endpointsOf(back)).toEqual([true, true, true]);
    const late = disturb(advance(failed, 400 * seconds), { kind: 'node-recovers', name: 'node-1' });
    expect(onNode(late)).toEqual([]);
  });
});

test('a machine that has stopped answers nobody, and neither do its Pods', () => {
  const booted = bootCluster(sampleWorld({ images, pods: [pod('client', 'node-2'), pod('web-1', 'node-1')] }), 1);
  const probe: Probe = {
    from: { kind: 'pod', namespace: 'default', name: 'client' },
    protocol: 'TCP',
    host: '10.244.1.9',
    port: 8080,
  };
  expect(trace(booted, probe, 1).end.kind).toBe('delivered');
  expect(trace(disturb(booted, { kind: 'node-fails', name: 'node-1' }), probe, 1).end.kind).toBe('unreachable');
});

test('nobody listens in a Pod whose container waits for its next start', () => {
  const booted = bootCluster(sampleWorld({ images, pods: [pod('client', 'node-2'), pod('web-1', 'node-1')] }), 1);
  const crash: Disturbance = { kind: 'containers-crash', namespace: 'default', name: 'web-1' };
  const probe: Probe = {
    from: { kind: 'pod', namespace: 'default', name: 'client' },
    protocol: 'TCP',
    host: '10.244.1.9',
    port: 8080,
  };
  const crashed = disturb(disturb(booted, crash), crash);
  expect(trace(crashed, probe, 1).end.kind).toBe('refused');
  expect(trace(advance(crashed, 10 * seconds), probe, 1).end.kind).toBe('delivered');
});

function pod(name: string, node: string): PodSpecShorthand {
  return {
    name,
    namespace: 'default',
    node,
    ip: ipv4(node === 'node-1' ? '10.244.1.9' : '10.244.2.9'),
    labels: {},
    ready: true,
    phase: 'Running',
    terminating: false,
    hostNetwork: false,
    ports: [],
    listen: images.web.listen,
    image: 'web:1',
  };
}

test('nothing happens by itself', () => {
  const before = cluster();
  const after = advance(before, 3600 * seconds);
  expect(after.events).toEqual([]);
  expect(after.time).toBe(3600 * seconds);
});

test('names that are not there change nothing', () => {
  const before = cluster();
  expect(disturb(before, { kind: 'pod-deleted', namespace: 'default', name: 'nope' })).toBe(before);
  expect(disturb(before, { kind: 'node-fails', name: 'nope' })).toBe(before);
  expect(disturb(before, { kind: 'node-recovers', name: 'node-1' })).toBe(before);
});
