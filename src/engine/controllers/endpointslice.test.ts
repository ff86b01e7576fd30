import { describe, expect, test } from 'vitest';
import type { EndpointSlice } from '../api/endpoint-slice.ts';
import type { ObjectStore } from '../api/object-store.ts';
import type { Pod } from '../api/pod.ts';
import { sampleNode, samplePod, sampleService, storeOf } from '../api/sample-objects.ts';
import { sampleWorld } from '../api/sample-world.ts';
import { reconcileEndpointSlices } from './endpointslice.ts';

const context = { cluster: sampleWorld(), time: 0, seed: 1 };
const nodes = [sampleNode('node-1'), sampleNode('node-2', 'zone-b')];

function slicesOf(store: ObjectStore): readonly EndpointSlice[] {
  return reconcileEndpointSlices(store, context).list<EndpointSlice>('EndpointSlice');
}

function manyPods(count: number): readonly Pod[] {
  return Array.from({ length: count }, (_, i) => samplePod(`web-${i}`, { address: `10.244.${1 + Math.floor(i / 200)}.${2 + (i % 200)}` }));
}

describe('conditions of an endpoint', () => {
  test.each([
    ['a ready Pod', { ready: true }, {}, { ready: true, serving: true, terminating: false }],
    ['a Pod that is not ready', { ready: false }, {}, { ready: false, serving: false, terminating: false }],
    ['a terminating Pod that still serves', { terminating: true }, {}, { ready: false, serving: true, terminating: true }],
    ['publishNotReadyAddresses', { ready: false }, { publishNotReadyAddresses: true }, { ready: true, serving: false, terminating: false }],
  ])('%s', (_name, pod, spec, conditions) => {
    const [slice] = slicesOf(storeOf(...nodes, sampleService('web', spec), samplePod('web-1', { address: '10.244.1.2', ...pod })));
    expect(slice?.endpoints).toEqual([
      {
        addresses: ['10.244.1.2'],
        conditions,
        nodeName: 'node-1',
        zone: 'zone-a',
        targetRef: { kind: 'Pod', namespace: 'default', name: 'web-1' },
      },
    ]);
  });
});

describe('who is an endpoint', () => {
  test.each([
    ['a finished Pod is not', { address: '10.244.1.2', phase: 'Succeeded' as const }],
    ['a Pod without an address is not', {}],
    ['a Pod on a node that is not there is not', { address: '10.244.1.2', node: 'node-9' }],
    ['a Pod with another label is not', { address: '10.244.1.2', app: 'api' }],
  ])('%s: only a placeholder is left', (_name, pod) => {
    const slices = slicesOf(storeOf(...nodes, sampleService('web'), samplePod('p', pod)));
    expect(slices).toHaveLength(1);
    expect(slices[0]).toMatchObject({ endpoints: [], ports: null });
  });

  test('a Service without a selector, and an ExternalName, have no slices', () => {
    const store = storeOf(...nodes, sampleService('a', { selector: {} }), sampleService('b', { type: 'ExternalName' }));
    expect(slicesOf(store)).toEqual([]);
  });

  test('a hostname is told under the Service that is the Pod’s subdomain, and under no other', () => {
    const pod = samplePod('web-1', { address: '10.244.1.2', spec: { hostname: 'db-0', subdomain: 'web' } });
    const slices = slicesOf(storeOf(...nodes, sampleService('web'), { ...sampleService('other'), spec: sampleService('web').spec }, pod));
    expect(slices.map((slice) => [slice.metadata.generateName, slice.endpoints?.[0]?.hostname])).toEqual([
      ['other-', undefined],
      ['web-', 'db-0'],
    ]);
  });
});

test('Pods that name a port differently are in different slices', () => {
  const service = sampleService('web', { ports: [{ port: 80, protocol: 'TCP', targetPort: 'http' }] });
  const named = (name: string, address: string, containerPort: number) =>
    samplePod(name, {
      address,
      spec: { containers: [{ name: 'c', image: 'web:1', ports: [{ name: 'http', containerPort, protocol: 'TCP' }] }] },
    });
  const pods = [named('a', '10.244.1.2', 8080), named('b', '10.244.1.3', 9090), samplePod('c', { address: '10.244.1.4' })];
  const slices = slicesOf(storeOf(...nodes, service, ...pods));
  expect(slices.map((slice) => `${slice.ports?.[0]?.port ?? 'no port'} ${slice.endpoints?.[0]?.addresses[0]}`).sort()).toEqual([
    '8080 10.244.1.2',
    '9090 10.244.1.3',
    'no port 10.244.1.4',
  ]);
});

describe('packing', () => {
  test('250 Pods are three slices of 100 at most', () => {
    const slices = slicesOf(storeOf(...nodes, sampleService('web'), ...manyPods(250)));
    expect(slices.map((slice) => slice.endpoints?.length).sort()).toEqual([100, 100, 50]);
  });

  test('one Pod that fails changes one slice', () => {
    const before = reconcileEndpointSlices(storeOf(...nodes, sampleService('web'), ...manyPods(250)), context);
    const failed = before.put(samplePod('web-7', { address: '10.244.1.9', ready: false }));
    const after = reconcileEndpointSlices(failed, context);
    const changed = after.list('EndpointSlice').filter((slice) => !before.list('EndpointSlice').includes(slice));
    expect(changed).toHaveLength(1);
  });

  test('slices are never evened out: a new endpoint joins the slice it fits most tightly', () => {
    const before = reconcileEndpointSlices(storeOf(...nodes, sampleService('web'), ...manyPods(150)), context);
    const less = manyPods(60).reduce((store, pod) => store.delete('Pod', 'default', pod.metadata.name), before);
    const two = reconcileEndpointSlices(less, context);
    expect(two.list<EndpointSlice>('EndpointSlice').map((slice) => slice.endpoints?.length)).toHaveLength(2);
    const more = reconcileEndpointSlices(two.put(samplePod('new', { address: '10.244.2.250' })), context);
    const sizes = more.list<EndpointSlice>('EndpointSlice').map((slice) => slice.endpoints?.length ?? 0);
    expect(Math.max(...sizes)).toBe(Math.max(...two.list<EndpointSlice>('EndpointSlice').map((slice) => slice.endpoints?.length ?? 0)) + 1);
  });

  test('when the last Pod goes its slice becomes the placeholder, under the same name', () => {
    const before = reconcileEndpointSlices(storeOf(...nodes, sampleService('web'), samplePod('a', { address: '10.244.1.2' })), context);
    const after = reconcileEndpointSlices(before.delete('Pod', 'default', 'a'), context);
    expect(after.list('EndpointSlice').map(({ metadata }) => metadata.name)).toEqual(
      before.list('EndpointSlice').map(({ metadata }) => metadata.name),
    );
  });

  test('nothing to do gives the very same store', () => {
    const settled = reconcileEndpointSlices(storeOf(...nodes, sampleService('web'), ...manyPods(3)), context);
    expect(reconcileEndpointSlices(settled, context)).toBe(settled);
  });
});

describe('hints', () => {
  const pods = [
    samplePod('a', { address: '10.244.1.2' }),
    samplePod('b', { address: '10.244.2.2', node: 'node-2' }),
    samplePod('c', { address: '10.244.2.3', node: 'node-2', ready: false }),
  ];
  const hintsOf = (service: ReturnType<typeof sampleService>, all = pods) =>
    slicesOf(storeOf(...nodes, service, ...all)).flatMap((slice) => (slice.endpoints ?? []).map(({ hints }) => hints));

  test('PreferSameZone names the zone of ready endpoints', () => {
    expect(hintsOf(sampleService('web', { trafficDistribution: 'PreferSameZone' }))).toEqual([
      { forZones: [{ name: 'zone-a' }] },
      { forZones: [{ name: 'zone-b' }] },
      undefined,
    ]);
  });

  test('PreferSameNode names the node as well', () => {
    const [first] = hintsOf(sampleService('web', { trafficDistribution: 'PreferSameNode' }));
    expect(first).toEqual({ forZones: [{ name: 'zone-a' }], forNodes: [{ name: 'node-1' }] });
  });

  test('the annotation gives each zone its share, and lends where it must', () => {
    const service = sampleService('web');
    const auto = {
      ...service,
      metadata: { ...service.metadata, annotations: { 'service.kubernetes.io/topology-mode': 'Auto' } },
    } satisfies typeof service;
    const lopsided = Array.from({ length: 4 }, (_, i) => samplePod(`p-${i}`, { address: `10.244.1.${10 + i}` }));
    const zones = hintsOf(auto, lopsided).map((hints) => hints?.forZones?.[0]?.name);
    expect(zones.sort()).toEqual(['zone-a', 'zone-a', 'zone-b', 'zone-b']);
    expect(hintsOf(auto, lopsided.slice(0, 1))).toEqual([undefined]);
  });
});
