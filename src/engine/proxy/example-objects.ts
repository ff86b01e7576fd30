import { cidr } from '../api/cidr.ts';
import type { ClusterSpec, NodeSpec } from '../api/cluster-spec.ts';
import type { EndpointSlice, SliceEndpoint } from '../api/endpoint-slice.ts';
import { type IPv4, ipv4 } from '../api/ipv4.ts';
import type { Service } from '../api/service.ts';

/**
 * The smallest valid objects and a small world, for tests of what proxies write and what packets meet. Three nodes: `one` and `two` in zone
 * `left`, `three` in zone `right`.
 */

/** A ClusterIP Service `web` on 10.96.0.10:80, with what the test is about laid over it. */
export function service(spec: Partial<Service['spec']> = {}, name = 'web', addresses: readonly string[] = []): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'default' },
    spec: {
      type: 'ClusterIP',
      clusterIP: '10.96.0.10',
      ports: [{ protocol: 'TCP', port: 80, targetPort: 8080 }],
      selector: { app: name },
      sessionAffinity: 'None',
      internalTrafficPolicy: 'Cluster',
      ...spec,
    },
    status: { loadBalancer: addresses.length === 0 ? {} : { ingress: addresses.map((ip) => ({ ip, ipMode: 'VIP' as const })) } },
  };
}

/** An endpoint given as `address@node`, or `address` alone. */
export function endpoint(text: string, fields: Omit<SliceEndpoint, 'addresses'> = {}): SliceEndpoint {
  const [address = '', nodeName] = text.split('@');
  return { addresses: [address], ...(nodeName === undefined ? {} : { nodeName }), ...fields };
}

/** The slice of the Service `name`: unnamed port 8080 TCP unless said otherwise. */
export function slice(
  endpoints: readonly SliceEndpoint[],
  { name = 'web', ports = [{ name: '', protocol: 'TCP', port: 8080 }] }: { name?: string; ports?: EndpointSlice['ports'] } = {},
): EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: `${name}-slice`, namespace: 'default', labels: { 'kubernetes.io/service-name': name } },
    addressType: 'IPv4',
    endpoints,
    ports,
  };
}

/** Addresses of the example world's nodes. */
export const nodeAddress = { one: ipv4('192.168.0.1'), two: ipv4('192.168.0.2'), three: ipv4('192.168.0.3') } as const;

function node(name: string, address: IPv4, podCIDR: string, zone: string): NodeSpec {
  return { name, address, podCIDR: cidr(podCIDR), zone, labels: {}, attracts: [] };
}

export function exampleCluster(fields: Partial<ClusterSpec> = {}): ClusterSpec {
  return {
    name: 'example',
    nodes: [
      { ...node('one', nodeAddress.one, '10.244.1.0/24', 'left'), attracts: [cidr('203.0.113.0/24')] },
      node('two', nodeAddress.two, '10.244.2.0/24', 'left'),
      node('three', nodeAddress.three, '10.244.3.0/24', 'right'),
    ],
    podCIDR: cidr('10.244.0.0/16'),
    serviceCIDR: cidr('10.96.0.0/16'),
    nodePortRange: { first: 30000, last: 32767 },
    dns: { domain: 'cluster.local', address: ipv4('10.96.0.53'), ttl: 30, upstream: 'none' },
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
    outside: [
      {
        name: 'world',
        address: ipv4('192.168.0.100'),
        names: [],
        listen: [],
        routes: [{ to: cidr('192.168.0.0/24'), via: 'direct' }],
      },
    ],
    installedApis: [],
    images: {},
    objects: [],
    pods: [],
    podNetwork: 'routed',
    ...fields,
  };
}
