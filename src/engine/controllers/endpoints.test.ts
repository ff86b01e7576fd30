import { expect, test } from 'vitest';
import type { EndpointSlice } from '../api/endpoint-slice.ts';
import type { Endpoints } from '../api/endpoints.ts';
import { samplePod, sampleService, storeOf } from '../api/sample-objects.ts';
import { sampleWorld } from '../api/sample-world.ts';
import { reconcileEndpoints } from './endpoints.ts';
import { reconcileEndpointSliceMirroring } from './endpointslice-mirroring.ts';

const context = { cluster: sampleWorld(), time: 0, seed: 1 };

test('the old object lists ready and not ready addresses, and leaves out what is being deleted', () => {
  const store = storeOf(
    sampleService('web'),
    samplePod('a', { address: '10.244.1.2' }),
    samplePod('b', { address: '10.244.1.3', ready: false }),
    samplePod('c', { address: '10.244.1.4', terminating: true }),
  );
  const [endpoints] = reconcileEndpoints(store, context).list<Endpoints>('Endpoints');
  expect(endpoints?.subsets).toMatchObject([
    { addresses: [{ ip: '10.244.1.2' }], notReadyAddresses: [{ ip: '10.244.1.3' }], ports: [{ port: 8080, protocol: 'TCP' }] },
  ]);
});

test('it goes when its Service goes', () => {
  const store = reconcileEndpoints(storeOf(sampleService('web')), context).delete('Service', 'default', 'web');
  expect(reconcileEndpoints(store, context).list('Endpoints')).toEqual([]);
});

const handWritten: Endpoints = {
  apiVersion: 'v1',
  kind: 'Endpoints',
  metadata: { name: 'db', namespace: 'default', labels: { team: 'data' } },
  subsets: [{ addresses: [{ ip: '192.0.2.50' }], notReadyAddresses: [{ ip: '192.0.2.51' }], ports: [{ port: 3306, protocol: 'TCP' }] }],
};

test('hand-written Endpoints of a Service without selector are mirrored, with the condition ready only', () => {
  const store = reconcileEndpointSliceMirroring(storeOf(sampleService('db', { selector: {} }), handWritten), context);
  const [slice] = store.list<EndpointSlice>('EndpointSlice');
  expect(slice?.metadata.labels).toEqual({
    team: 'data',
    'kubernetes.io/service-name': 'db',
    'endpointslice.kubernetes.io/managed-by': 'endpointslicemirroring-controller.k8s.io',
  });
  expect(slice?.endpoints).toEqual([
    { addresses: ['192.0.2.50'], conditions: { ready: true } },
    { addresses: ['192.0.2.51'], conditions: { ready: false } },
  ]);
  expect(reconcileEndpointSliceMirroring(store, context)).toBe(store);
});

test.each([
  ['of a Service with a selector', [sampleService('db'), handWritten]],
  ['without a Service', [handWritten]],
  [
    'that ask not to be',
    [
      sampleService('db', { selector: {} }),
      { ...handWritten, metadata: { ...handWritten.metadata, labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } } },
    ],
  ],
])('Endpoints %s are not mirrored', (_name, objects) => {
  expect(reconcileEndpointSliceMirroring(storeOf(...objects), context).list('EndpointSlice')).toEqual([]);
});
