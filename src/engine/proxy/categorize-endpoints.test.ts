import { describe, expect, test } from 'vitest';
import type { SliceEndpoint } from '../api/endpoint-slice.ts';
import type { Service } from '../api/service.ts';
import { categorizeEndpoints } from './categorize-endpoints.ts';
import { endpointsOf } from './endpoint.ts';
import { endpoint, service, slice } from './example-objects.ts';
import { servicePorts } from './service-port.ts';

const draining = { conditions: { ready: false, serving: true, terminating: true } };
const notReady = { conditions: { ready: false } };
const hint = (zone: string) => ({ hints: { forZones: [{ name: zone }] } });
const nodeHint = (node: string, zone: string) => ({ hints: { forNodes: [{ name: node }], forZones: [{ name: zone }] } });
const nodePort = { type: 'NodePort', ports: [{ protocol: 'TCP', port: 80, targetPort: 8080, nodePort: 30080 }] } as const;

interface Row {
  readonly name: string;
  readonly spec?: Partial<Service['spec']>;
  readonly endpoints: readonly SliceEndpoint[];
  readonly cluster: readonly string[] | undefined;
  readonly local: readonly string[] | undefined;
  readonly hasAny?: boolean;
}

/** On node `one` in zone `left`. */
const rows: readonly Row[] = [
  { name: 'no endpoints', endpoints: [], cluster: [], local: undefined, hasAny: false },
  { name: 'ready ones only', endpoints: [endpoint('10.0.0.1'), endpoint('10.0.0.2', notReady)], cluster: ['10.0.0.1'], local: undefined },
  {
    name: 'terminating ones that serve, when nothing is ready',
    endpoints: [endpoint('10.0.0.1', draining), endpoint('10.0.0.2', notReady)],
    cluster: ['10.0.0.1'],
    local: undefined,
  },
  {
    name: 'internal policy Local uses no cluster list at all',
    spec: { internalTrafficPolicy: 'Local' },
    endpoints: [endpoint('10.0.0.1@one'), endpoint('10.0.0.2@two')],
    cluster: undefined,
    local: ['10.0.0.1'],
  },
  {
    name: 'Local with endpoints elsewhere only: empty, yet the Service has some',
    spec: { internalTrafficPolicy: 'Local' },
    endpoints: [endpoint('10.0.0.2@two')],
    cluster: undefined,
    local: [],
    hasAny: true,
  },
  {
    name: 'external policy Local needs both lists',
    spec: { ...nodePort, externalTrafficPolicy: 'Local' },
    endpoints: [endpoint('10.0.0.1@one'), endpoint('10.0.0.2@two')],
    cluster: ['10.0.0.1', '10.0.0.2'],
    local: ['10.0.0.1'],
  },
  {
    name: 'external policy Local on a Service nobody outside can reach',
    spec: { externalTrafficPolicy: 'Local' },
    endpoints: [endpoint('10.0.0.1@one')],
    cluster: ['10.0.0.1'],
    local: undefined,
  },
  {
    name: 'local falls back to terminating by itself',
    spec: { ...nodePort, externalTrafficPolicy: 'Local' },
    endpoints: [endpoint('10.0.0.1@one', draining), endpoint('10.0.0.2@two')],
    cluster: ['10.0.0.2'],
    local: ['10.0.0.1'],
  },
  {
    name: 'zone hints',
    endpoints: [endpoint('10.0.0.1', hint('left')), endpoint('10.0.0.2', hint('right'))],
    cluster: ['10.0.0.1'],
    local: undefined,
  },
  {
    name: 'one endpoint without a hint turns hints off',
    endpoints: [endpoint('10.0.0.1', hint('left')), endpoint('10.0.0.2')],
    cluster: ['10.0.0.1', '10.0.0.2'],
    local: undefined,
  },
  {
    name: 'no hint for this zone turns hints off',
    endpoints: [endpoint('10.0.0.1', hint('right')), endpoint('10.0.0.2', hint('right'))],
    cluster: ['10.0.0.1', '10.0.0.2'],
    local: undefined,
  },
  {
    name: 'an endpoint that is not ready does not count among the hinted',
    endpoints: [endpoint('10.0.0.1', hint('left')), endpoint('10.0.0.2', notReady)],
    cluster: ['10.0.0.1'],
    local: undefined,
  },
  {
    name: 'node hints before zone hints',
    endpoints: [endpoint('10.0.0.1', nodeHint('one', 'left')), endpoint('10.0.0.2', nodeHint('two', 'left'))],
    cluster: ['10.0.0.1'],
    local: undefined,
  },
  {
    name: 'no node hint for this node: its zone',
    endpoints: [
      endpoint('10.0.0.1', nodeHint('two', 'left')),
      endpoint('10.0.0.2', nodeHint('two', 'left')),
      endpoint('10.0.0.3', nodeHint('three', 'right')),
    ],
    cluster: ['10.0.0.1', '10.0.0.2'],
    local: undefined,
  },
];

describe('categorizeEndpoints', () => {
  test.each(rows)('$name', ({ spec, endpoints, cluster, local, hasAny = true }) => {
    const [port] = servicePorts(service(spec));
    if (port === undefined) throw new Error('the Service has no port');
    const categorized = categorizeEndpoints(endpointsOf(port, [slice(endpoints)]), port, { name: 'one', zone: 'left' });
    expect(categorized.cluster?.map(({ address }) => address)).toEqual(cluster);
    expect(categorized.local?.map(({ address }) => address)).toEqual(local);
    expect(categorized.hasAny).toBe(hasAny);
    const both = new Set([...(categorized.cluster ?? []), ...(categorized.local ?? [])]);
    expect(new Set(categorized.reachable)).toEqual(both);
  });
});

describe('endpointsOf', () => {
  const [port] = servicePorts(service({ ports: [{ name: 'http', protocol: 'TCP', port: 80, targetPort: 8080 }] }));
  if (port === undefined) throw new Error('the Service has no port');

  test('takes the slice port of the same name and protocol', () => {
    const http = { name: 'http', protocol: 'TCP', port: 8080 } as const;
    const ports = [http, { ...http, name: 'admin', port: 9090 }, { ...http, protocol: 'UDP', port: 8081 } as const];
    expect(endpointsOf(port, [slice([endpoint('10.0.0.1')], { ports })]).map(({ text }) => text)).toEqual(['10.0.0.1:8080']);
  });

  test('orders by text and counts an address once', () => {
    const ports = [{ name: 'http', protocol: 'TCP' as const, port: 80 }];
    const slices = [slice([endpoint('10.0.0.2'), endpoint('10.0.0.10')], { ports }), slice([endpoint('10.0.0.2@one')], { ports })];
    expect(endpointsOf(port, slices).map(({ text, node }) => [text, node])).toEqual([
      ['10.0.0.10:80', undefined],
      ['10.0.0.2:80', 'one'],
    ]);
  });
});
