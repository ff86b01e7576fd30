import { describe, expect, test } from 'vitest';
import { samplePod, sampleService, storeOf } from '../api/sample-objects.ts';
import { sampleWorld } from '../api/sample-world.ts';
import { buildZone } from './cluster-zone.ts';
import { hostResolvConf, type ResolvConf, resolvConfOf } from './resolv-conf.ts';
import { lookUpName } from './stub-resolver.ts';

const world = sampleWorld();
const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } };
const zone = buildZone(storeOf(namespace, sampleService('web')), world);
const inPod = resolvConfOf(samplePod('client'), world);

function names(conf: ResolvConf, name: string): readonly string[] {
  return lookUpName(zone, conf, name).queries.map((query) => `${query.name} ${query.type} ${query.status}`);
}

test('a Pod has the search list of its namespace and ndots 5', () => {
  expect(inPod).toEqual({
    nameserver: 'cluster',
    search: ['default.svc.cluster.local', 'svc.cluster.local', 'cluster.local'],
    ndots: 5,
  });
});

test('a Pod in the host network has the host’s, unless it asks for the cluster’s', () => {
  expect(resolvConfOf(samplePod('p', { spec: { hostNetwork: true } }), world)).toEqual(hostResolvConf);
  const asking = samplePod('p', { spec: { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' } });
  expect(resolvConfOf(asking, world)).toEqual(inPod);
});

describe('what is asked', () => {
  test('a bare name hits with the first search domain', () => {
    expect(names(inPod, 'web')).toEqual(['web.default.svc.cluster.local. A NOERROR', 'web.default.svc.cluster.local. AAAA NOERROR']);
  });

  test('a name outside costs eight questions', () => {
    expect(names(inPod, 'db.example.com').filter((line) => line.includes(' A '))).toEqual([
      'db.example.com.default.svc.cluster.local. A NXDOMAIN',
      'db.example.com.svc.cluster.local. A NXDOMAIN',
      'db.example.com.cluster.local. A NXDOMAIN',
      'db.example.com. A NOERROR',
    ]);
    expect(names(inPod, 'db.example.com')).toHaveLength(8);
  });

  test('a dot at the end means: only this', () => {
    expect(names(inPod, 'db.example.com.')).toHaveLength(2);
  });

  test('a full name without the last dot still goes through the list, because it has four dots', () => {
    expect(names(inPod, 'web.default.svc.cluster.local').filter((line) => line.includes(' A '))).toHaveLength(4);
  });
});

describe('how it ends', () => {
  test.each([
    ['web', { kind: 'found', name: 'web.default.svc.cluster.local.', addresses: ['10.96.0.20'] }],
    ['nosuch', { kind: 'failed', status: 'NXDOMAIN' }],
    ['default.svc.cluster.local.', { kind: 'failed', status: 'NODATA' }],
    // `svc` under `default.svc.cluster.local.` is nothing, but under `cluster.local.` it exists and has no address.
    ['svc', { kind: 'failed', status: 'NODATA' }],
  ])('%s', (name, outcome) => {
    expect(lookUpName(zone, inPod, name).outcome).toEqual(outcome);
  });

  test('names of the cluster mean nothing to a host', () => {
    expect(lookUpName(zone, hostResolvConf, 'web.default.svc.cluster.local').outcome).toEqual({ kind: 'failed', status: 'NXDOMAIN' });
  });

  test('with nothing behind the DNS Service every name fails for now', () => {
    const { server: _, ...dns } = world.dns;
    const orphan = buildZone(storeOf(namespace, sampleService('web')), { ...world, dns });
    const { queries, outcome } = lookUpName(orphan, inPod, 'web');
    expect(queries[0]?.status).toBe('no-server');
    expect(outcome).toEqual({ kind: 'failed', status: 'SERVFAIL' });
  });
});
