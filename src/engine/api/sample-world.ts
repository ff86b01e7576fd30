import { cidr } from './cidr.ts';
import type { ClusterSpec } from './cluster-spec.ts';
import { ipv4 } from './ipv4.ts';

/** A small world for tests: two nodes in two zones, and an upstream that knows one name. */
export function sampleWorld(changes: Partial<ClusterSpec> = {}): ClusterSpec {
  const node = (number: number, zone: string) => ({
    name: `node-${number}`,
    address: ipv4(`192.168.0.1${number}`),
    podCIDR: cidr(`10.244.${number}.0/24`),
    zone,
    labels: {},
    attracts: [],
  });
  return {
    name: 'sample',
    nodes: [node(1, 'zone-a'), node(2, 'zone-b')],
    podCIDR: cidr('10.244.0.0/16'),
    serviceCIDR: cidr('10.96.0.0/16'),
    nodePortRange: { first: 30000, last: 32767 },
    dns: {
      domain: 'cluster.local',
      address: ipv4('10.96.0.10'),
      server: ipv4('172.31.0.1'),
      ttl: 30,
      upstream: { 'db.example.com': ipv4('192.0.2.50') },
    },
    proxy: {
      mode: 'iptables',
      scheduler: 'rr',
      masqueradeAll: false,
      masqueradeBit: 14,
      nodePortAddresses: 'default',
      largeClusterEndpoints: 1000,
    },
    apiServer: { clusterIP: ipv4('10.96.0.1'), port: 443, endpoint: ipv4('172.31.0.1'), endpointPort: 6443 },
    cni: { kind: 'routes' },
    loadBalancer: { kind: 'none', pool: [] },
    outside: [],
    installedApis: [],
    images: {},
    objects: [],
    pods: [],
    podNetwork: 'routed',
    ...changes,
  };
}
