import { describe, expect, test } from 'vitest';
import type { EndpointSlice } from '../api/endpoint-slice.ts';
import type { KubeObject } from '../api/kube-object.ts';
import { sampleService, storeOf } from '../api/sample-objects.ts';
import { sampleWorld } from '../api/sample-world.ts';
import { answer } from './answer.ts';
import { buildZone, type ClusterZone } from './cluster-zone.ts';
import { printRecord } from './dns-record.ts';

const none = { clusterIP: 'None', clusterIPs: ['None'] };
const headlessPorts = [{ name: 'pg', port: 5432, protocol: 'TCP' as const, targetPort: 5432 }];

function slice(
  service: string,
  endpoints: EndpointSlice['endpoints'],
  ports: EndpointSlice['ports'] = [{ name: 'pg', protocol: 'TCP', port: 5432 }],
) {
  const metadata = { name: `${service}-1`, namespace: 'default', labels: { 'kubernetes.io/service-name': service } };
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata,
    addressType: 'IPv4',
    endpoints,
    ports,
  } satisfies EndpointSlice;
}

const alias = (name: string, externalName: string) =>
  sampleService(name, { type: 'ExternalName', externalName, clusterIP: undefined, clusterIPs: undefined, ports: [] });

const objects: readonly KubeObject[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } },
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'empty' } },
  sampleService('web', {
    ports: [
      { name: 'http', port: 80, protocol: 'TCP', targetPort: 8080 },
      { name: 'metrics', port: 9100, protocol: 'TCP', targetPort: 9090 },
      { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 },
    ],
  }),
  slice('web', [{ addresses: ['10.244.1.20'] }]),
  sampleService('db', { ...none, ports: headlessPorts }),
  slice('db', [
    { addresses: ['10.244.1.11'], hostname: 'db-0' },
    { addresses: ['10.244.2.11'], conditions: { ready: true } },
    { addresses: ['10.244.2.12'], conditions: { ready: false } },
  ]),
  sampleService('gone', { ...none, ports: headlessPorts }),
  slice('gone', [{ addresses: ['10.244.2.30'], conditions: { ready: false } }]),
  alias('ext', 'db.example.com'),
  alias('lost', 'nowhere.default.svc.cluster.local'),
  alias('inside', 'web.default.svc.cluster.local'),
  alias('loop-a', 'loop-b.default.svc.cluster.local'),
  alias('loop-b', 'loop-a.default.svc.cluster.local'),
  alias('number', '192.0.2.1'),
];
const zone = buildZone(storeOf(...objects), sampleWorld());

function ask(name: string, type = 'A', from: ClusterZone = zone): string {
  const { status, answer: records, additional } = answer(from, { name, type });
  return [status, ...records.map(printRecord), ...additional.map((record) => `+ ${printRecord(record)}`)].join('\n');
}

describe('names of the cluster', () => {
  test.each([
    ['web.default.svc.cluster.local.', 'NOERROR\nweb.default.svc.cluster.local. 30 IN A 10.96.0.20'],
    ['WEB.Default.svc.cluster.LOCAL', 'NOERROR\nWEB.Default.svc.cluster.LOCAL. 30 IN A 10.96.0.20'],
    ['web.empty.svc.cluster.local.', 'NXDOMAIN'],
    ['web.nosuch.svc.cluster.local.', 'NXDOMAIN'],
    ['empty.svc.cluster.local.', 'NOERROR'],
    ['nosuch.svc.cluster.local.', 'NXDOMAIN'],
    ['svc.cluster.local.', 'NOERROR'],
    ['cluster.local.', 'NOERROR'],
    ['web.svc.cluster.local.', 'NXDOMAIN'],
    ['10-244-1-20.web.default.svc.cluster.local.', 'NOERROR\n10-244-1-20.web.default.svc.cluster.local. 30 IN A 10.244.1.20'],
    ['db-0.db.default.svc.cluster.local.', 'NOERROR\ndb-0.db.default.svc.cluster.local. 30 IN A 10.244.1.11'],
    ['a.b.c.web.default.svc.cluster.local.', 'NXDOMAIN'],
    ['10-9-8-7.default.pod.cluster.local.', 'NOERROR\n10-9-8-7.default.pod.cluster.local. 30 IN A 10.9.8.7'],
    ['web-1.default.pod.cluster.local.', 'NXDOMAIN'],
    ['ns.dns.cluster.local.', 'NOERROR\nns.dns.cluster.local. 30 IN A 172.31.0.1'],
  ])('%s', (name, expected) => {
    expect(ask(name)).toBe(expected);
  });

  test('a headless Service is its ready endpoints; without any it does not exist', () => {
    expect(ask('db.default.svc.cluster.local.').split('\n').slice(1)).toEqual([
      'db.default.svc.cluster.local. 30 IN A 10.244.1.11',
      'db.default.svc.cluster.local. 30 IN A 10.244.2.11',
    ]);
    expect(ask('gone.default.svc.cluster.local.')).toBe('NXDOMAIN');
  });

  test('no data and no such name come with the zone’s SOA', () => {
    expect(answer(zone, { name: 'web.default.svc.cluster.local.', type: 'AAAA' })).toMatchObject({ status: 'NOERROR', answer: [] });
    expect(answer(zone, { name: 'nosuch.svc.cluster.local.', type: 'A' }).authority.map(printRecord)).toEqual([
      'cluster.local. 30 IN SOA ns.dns.cluster.local. hostmaster.cluster.local. SERIAL 7200 1800 86400 30',
    ]);
  });
});

describe('SRV', () => {
  test('of a name: all ports, whose weights share 100', () => {
    expect(ask('web.default.svc.cluster.local.', 'SRV')).toBe(
      [
        'NOERROR',
        'web.default.svc.cluster.local. 30 IN SRV 0 33 80 web.default.svc.cluster.local.',
        'web.default.svc.cluster.local. 30 IN SRV 0 33 9100 web.default.svc.cluster.local.',
        'web.default.svc.cluster.local. 30 IN SRV 0 33 53 web.default.svc.cluster.local.',
        '+ web.default.svc.cluster.local. 30 IN A 10.96.0.20',
      ].join('\n'),
    );
  });

  test.each([
    ['_http._tcp.web', 'NOERROR'],
    ['http.tcp.web', 'NOERROR'],
    ['_http._udp.web', 'NXDOMAIN'],
    ['_https._tcp.web', 'NXDOMAIN'],
    ['_x._tcp.ext', 'NXDOMAIN'],
    ['ext', 'NOERROR'],
  ])('%s: %s', (name, status) => {
    expect(answer(zone, { name: `${name}.default.svc.cluster.local.`, type: 'SRV' }).status).toBe(status);
  });

  test('of a headless Service: the endpoints’ own ports and names', () => {
    expect(ask('_pg._tcp.db.default.svc.cluster.local.', 'SRV').split('\n')).toEqual([
      'NOERROR',
      '_pg._tcp.db.default.svc.cluster.local. 30 IN SRV 0 50 5432 db-0.db.default.svc.cluster.local.',
      '_pg._tcp.db.default.svc.cluster.local. 30 IN SRV 0 50 5432 10-244-2-11.db.default.svc.cluster.local.',
      '+ db-0.db.default.svc.cluster.local. 30 IN A 10.244.1.11',
      '+ 10-244-2-11.db.default.svc.cluster.local. 30 IN A 10.244.2.11',
    ]);
  });
});

describe('aliases', () => {
  test.each([
    ['ext', 'A', ['ext.default.svc.cluster.local. 30 IN CNAME db.example.com.', 'db.example.com. 30 IN A 192.0.2.50']],
    ['ext', 'CNAME', ['ext.default.svc.cluster.local. 30 IN CNAME db.example.com.']],
    [
      'inside',
      'A',
      ['inside.default.svc.cluster.local. 30 IN CNAME web.default.svc.cluster.local.', 'web.default.svc.cluster.local. 30 IN A 10.96.0.20'],
    ],
    ['lost', 'A', []],
    ['loop-a', 'A', []],
  ])('%s %s', (name, type, records) => {
    expect(ask(`${name}.default.svc.cluster.local.`, type)).toBe(['NOERROR', ...records].join('\n'));
  });

  test('an address is no name to be an alias of', () => {
    expect(ask('number.default.svc.cluster.local.')).toBe('NXDOMAIN');
  });
});

describe('reverse names', () => {
  test.each([
    ['20.0.96.10', 'web.default.svc.cluster.local.'],
    ['11.1.244.10', 'db-0.db.default.svc.cluster.local.'],
    ['11.2.244.10', '10-244-2-11.db.default.svc.cluster.local.'],
  ])('%s.in-addr.arpa. is %s', (reverse, name) => {
    expect(ask(`${reverse}.in-addr.arpa.`, 'PTR')).toBe(`NOERROR\n${reverse}.in-addr.arpa. 30 IN PTR ${name}`);
  });

  test('an address nobody has, or whose endpoint is not ready, is asked of the upstream', () => {
    expect(ask('12.2.244.10.in-addr.arpa.', 'PTR')).toBe('NXDOMAIN');
    const alone = buildZone(storeOf(...objects), sampleWorld({ dns: { ...sampleWorld().dns, upstream: 'none' } }));
    expect(ask('12.2.244.10.in-addr.arpa.', 'PTR', alone)).toBe('SERVFAIL');
    expect(ask('db.example.com.', 'A', alone)).toBe('SERVFAIL');
  });
});

test('only the zone itself has an SOA; nothing else is said not to exist', () => {
  expect(ask('cluster.local.', 'SOA')).toMatch(/^NOERROR\ncluster\.local\. 30 IN SOA /);
  expect(ask('nosuch.svc.cluster.local.', 'SOA')).toBe('NOERROR');
  expect(ask('in-addr.arpa.', 'SOA')).toMatch(/^NOERROR\nin-addr\.arpa\. 30 IN SOA ns\.dns\.in-addr\.arpa\. /);
});

test('the zone tells its version', () => {
  expect(ask('dns-version.cluster.local.', 'TXT')).toBe('NOERROR\ndns-version.cluster.local. 28800 IN TXT "1.1.0"');
});
