import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cidr } from '../../api/cidr.ts';
import { emptyStore } from '../../api/object-store.ts';
import type { Service } from '../../api/service.ts';
import { create, refusals, service, stored, storeWith, update } from '../example-requests.ts';
import { clusterIPProblem, clusterIPStaticBand, nextClusterIP } from './cluster-ip.ts';
import { NodePortOperation, nodePortStaticBand } from './node-port.ts';

const ports = { first: 30000, last: 32767 };

describe('static bands', () => {
  it.each([
    ['10.96.0.0/12', 256],
    ['10.96.0.0/16', 256],
    ['10.96.0.0/24', 16],
    ['10.96.0.0/28', 0],
  ])('%s keeps %i addresses for people', (range, band) => {
    expect(clusterIPStaticBand(cidr(range))).toBe(band);
  });

  it('keeps 30000 to 30085 of the usual node ports for people', () => {
    expect(nodePortStaticBand(ports)).toBe(86);
    expect(nodePortStaticBand({ first: 1, last: 16 })).toBe(0);
  });
});

describe('cluster IPs', () => {
  const range = cidr('10.96.0.0/24');

  it('are never taken, never special, and leave the band alone while there is another', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 254 }), { maxLength: 250 }), fc.string(), fc.integer(), (hosts, name, seed) => {
        const taken = new Set(hosts.map((host) => `10.96.0.${host}`));
        const address = nextClusterIP(name, taken, range, seed);
        const free = 254 - taken.size;
        if (address === undefined) return free === 0;
        const host = Number(address.split('.')[3]);
        const upperFree = Array.from({ length: 238 }, (_, i) => `10.96.0.${i + 17}`).some((each) => !taken.has(each));
        return !taken.has(address) && host >= 1 && host <= 254 && (host > 16 || !upperFree);
      }),
    );
  });

  it('are refused in the words of the server', () => {
    const taken = new Set(['10.96.0.10']);
    expect(clusterIPProblem('10.96.0.10', taken, range)).toBe('provided IP is already allocated');
    expect(clusterIPProblem('10.96.0.11', taken, range)).toBeUndefined();
    for (const address of ['10.0.0.1', '10.96.0.0', '10.96.0.255']) {
      expect(clusterIPProblem(address, taken, range)).toBe('the provided network does not match the current range');
    }
  });

  it('come back when a Service goes', () => {
    const store = storeWith(service({ clusterIP: '10.96.0.50' }));
    const again = service({ clusterIP: '10.96.0.50' }, { name: 'other' });
    expect(refusals(create(again, store))).toEqual([
      'spec.clusterIPs: Invalid value: ["10.96.0.50"]: failed to allocate IP 10.96.0.50: provided IP is already allocated',
    ]);
    expect(refusals(create(again, store.delete('Service', 'default', 'web')))).toEqual([]);
  });

  it('can run out', () => {
    let store = emptyStore();
    for (let i = 0; i < 253; i += 1) store = storeWith(service({}, { name: `s${i}` }), store);
    expect(refusals(create(service(), store))).toEqual([
      'Internal error occurred: failed to allocate a serviceIP for Service "web": range is full',
    ]);
  });

  it('do not depend on the order of Services', () => {
    const [a, b] = [service({}, { name: 'a' }), service({}, { name: 'b' })];
    const one = storeWith(b, storeWith(a));
    const other = storeWith(a, storeWith(b));
    expect(one.list('Service')).toEqual(other.list('Service'));
  });
});

describe('node ports', () => {
  const nodePorts = (spec: Service['spec']) => (spec.ports ?? []).map((port) => port.nodePort);

  it('are never handed out twice, and above the band first', () => {
    const operation = new NodePortOperation(ports, new Set([30090]), 1, 'default/web');
    const handed = Array.from({ length: 200 }, (_, i) => operation.allocateNext(`${i}`) ?? 0);
    expect(new Set([...handed, 30090]).size).toBe(201);
    expect(handed.every((port) => port >= 30086 && port <= 32767)).toBe(true);
  });

  it('are one for TCP and UDP of the same number', () => {
    const dns = {
      type: 'NodePort',
      ports: [
        { name: 'udp', port: 53, protocol: 'UDP' },
        { name: 'tcp', port: 53, nodePort: 30053 },
      ],
    };
    expect(nodePorts((stored(create(service(dns))) as Service).spec)).toEqual([30053, 30053]);
  });

  it('of other Services are taken for every protocol', () => {
    const store = storeWith(service({ type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }] }));
    const other = service({ type: 'NodePort', ports: [{ port: 80, nodePort: 30080, protocol: 'UDP' }] }, { name: 'other' });
    expect(refusals(create(other, store))).toEqual(['spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated']);
  });

  it('are kept by port name when a manifest does not name them', () => {
    const before = service({ type: 'NodePort', ports: [{ name: 'http', port: 80, nodePort: 30080 }] });
    const after = service({
      type: 'NodePort',
      ports: [
        { name: 'http', port: 8080 },
        { name: 'https', port: 443 },
      ],
    });
    const [http, https] = nodePorts((stored(update(before, after)) as Service).spec);
    expect(http).toBe(30080);
    expect(https).not.toBe(30080);
  });

  it('may be done without by a load balancer, but not refused to one that asks', () => {
    const spec = {
      type: 'LoadBalancer',
      allocateLoadBalancerNodePorts: false,
      ports: [
        { name: 'a', port: 80 },
        { name: 'b', port: 81, nodePort: 30081 },
      ],
    };
    expect(nodePorts((stored(create(service(spec))) as Service).spec)).toEqual([undefined, 30081]);
  });

  it('share their range with health checks, whose failures name no field', () => {
    const local = { type: 'LoadBalancer', externalTrafficPolicy: 'Local' };
    const spec = (stored(create(service(local))) as Service).spec;
    expect(spec.healthCheckNodePort).toBeGreaterThanOrEqual(30086);
    expect(spec.healthCheckNodePort).not.toBe(spec.ports?.[0]?.nodePort);
    expect(refusals(create(service({ ...local, healthCheckNodePort: 8080 })))).toEqual([
      'Internal error occurred: failed to allocate requested HealthCheck NodePort 8080: provided port is not in the valid range. The range of valid ports is 30000-32767',
    ]);
  });
});

describe('families', () => {
  it.each([
    ['prefers two and gets one', { ipFamilyPolicy: 'PreferDualStack' }, []],
    [
      'requires two',
      { ipFamilyPolicy: 'RequireDualStack' },
      ['spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services'],
    ],
    ['asks for IPv6', { ipFamilies: ['IPv6'] }, ['spec.ipFamilies[0]: Invalid value: "IPv6": not configured on this cluster']],
    [
      'names an IPv6 address',
      { clusterIP: 'fd00::1' },
      ['spec.clusterIPs[0]: Invalid value: ["fd00::1"]: IPv6 is not configured on this cluster'],
    ],
    ['may name any family when nothing is allocated', { clusterIP: 'None', selector: {}, ipFamilies: ['IPv6'] }, []],
  ])('a Service that %s', (_name, spec, expected) => {
    expect(refusals(create(service(spec)))).toEqual(expected);
  });
});
