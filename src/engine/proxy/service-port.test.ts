import { describe, expect, test } from 'vitest';
import { service } from './example-objects.ts';
import { servicePorts } from './service-port.ts';

describe('servicePorts', () => {
  test.each([
    ['a headless Service', service({ clusterIP: 'None' })],
    [
      'an ExternalName Service',
      service({ type: 'ExternalName', externalName: 'db.example.com', ports: [{ protocol: 'TCP', port: 1, targetPort: 1 }] }),
    ],
    [
      'a Service of another proxy',
      { ...service(), metadata: { name: 'web', labels: { 'service.kubernetes.io/service-proxy-name': 'mine' } } },
    ],
  ])('has nothing to do for %s', (_, ignored) => {
    expect(servicePorts(ignored)).toEqual([]);
  });

  test('names a port with and without its own name', () => {
    const ports = [
      { protocol: 'TCP', port: 80, targetPort: 80 },
      { name: 'admin', protocol: 'TCP', port: 81, targetPort: 81 },
    ] as const;
    expect(servicePorts(service({ ports })).map((port) => port.name)).toEqual(['default/web', 'default/web:admin']);
  });

  test.each([
    [
      [' 10.0.0.0/8 ', '192.168.0.5/32'],
      ['10.0.0.0/8', '192.168.0.5/32'],
    ],
    [['10.0.0.0/8', '0.0.0.0/0'], []],
    [['2001:db8::/32'], []],
  ])('reads source ranges %j as %j', (loadBalancerSourceRanges, expected) => {
    const [port] = servicePorts(service({ type: 'LoadBalancer', loadBalancerSourceRanges }));
    expect(port?.loadBalancerSourceRanges.map(({ range }) => range.text)).toEqual(expected);
  });

  test('answers for an address of mode VIP, not of mode Proxy', () => {
    const ingress = [{ ip: '203.0.113.1', ipMode: 'Proxy' as const }, { hostname: 'lb.example.com' }, { ip: '203.0.113.2' }];
    const [port] = servicePorts({ ...service({ type: 'LoadBalancer' }), status: { loadBalancer: { ingress } } });
    expect(port?.loadBalancerVIPs).toEqual([{ address: '203.0.113.2', path: 'status.loadBalancer.ingress[2].ip' }]);
  });

  test('has a health check port with external policy Local only', () => {
    const spec = { type: 'LoadBalancer', healthCheckNodePort: 31000 } as const;
    const portOf = (externalTrafficPolicy: 'Cluster' | 'Local') => servicePorts(service({ ...spec, externalTrafficPolicy }))[0];
    expect(portOf('Local')?.healthCheckNodePort).toBe(31000);
    expect(portOf('Cluster')?.healthCheckNodePort).toBe(0);
  });
});
