import { describe, expect, it } from 'vitest';
import { cidr } from '../../api/cidr.ts';
import type { ClusterSpec, CniKind, PodSpecShorthand } from '../../api/cluster-spec.ts';
import { ipv4 } from '../../api/ipv4.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { simulate } from '../simulate.ts';

/** Two nodes, and on the first one a Pod that listens on 8080/tcp although its port `http` is declared. */
const api: PodSpecShorthand = {
  name: 'api-1',
  namespace: 'default',
  node: 'one',
  ip: ipv4('10.244.1.5'),
  labels: { app: 'api' },
  ready: true,
  phase: 'Running',
  terminating: false,
  hostNetwork: false,
  ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
  listen: [{ port: 8080, protocol: 'TCP' }],
  image: 'shop/api',
};

const node = (name: string, host: number) => ({
  name,
  address: ipv4(`192.168.0.${host}`),
  podCIDR: cidr(`10.244.${host}.0/24`),
  labels: {},
  attracts: [],
});

const world: ClusterSpec = {
  name: 'test',
  nodes: [node('one', 1), node('two', 2)],
  podCIDR: cidr('10.244.0.0/16'),
  serviceCIDR: cidr('10.96.0.0/24'),
  nodePortRange: { first: 30000, last: 32767 },
  dns: { domain: 'cluster.local', address: ipv4('10.96.0.10'), ttl: 30, upstream: 'none' },
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
  pods: [api],
  podNetwork: 'routed',
};

/** What is found about a Service whose spec is these lines. */
function found(spec: string, cluster: ClusterSpec = world): readonly Diagnostic[] {
  const lines = spec.split('\n').map((line) => `  ${line}`);
  const text = ['apiVersion: v1', 'kind: Service', 'metadata:', '  name: web', 'spec:', ...lines, ''].join('\n');
  return simulate({ cluster, files: [{ name: 'web.yaml', text }], seed: 1 }).diagnostics;
}

const port = 'ports: [{port: 80, targetPort: 8080}]';

describe('findings', () => {
  it.each([
    ['service-selector-matches-no-pods', `selector: {app: apii}\n${port}`, 'spec.selector.app', 6],
    ['service-target-port-not-listened', 'selector: {app: api}\nports: [{port: 80}]', 'spec.ports[0].targetPort', 4],
    ['service-target-port-name-unknown', 'selector: {app: api}\nports:\n  - port: 80\n    targetPort: web', 'spec.ports[0].targetPort', 9],
    [
      'service-port-protocol-mismatch',
      'selector: {app: api}\nports:\n  - port: 80\n    targetPort: 8080\n    protocol: UDP',
      'spec.ports[0].protocol',
      10,
    ],
    ['service-headless-port-not-translated', `clusterIP: None\nselector: {app: api}\n${port}`, 'spec.ports[0].port', 8],
    ['service-external-name-is-an-address', 'type: ExternalName\nexternalName: 10.0.0.5', 'spec.externalName', 7],
    ['service-load-balancer-pending', `type: LoadBalancer\nselector: {app: api}\n${port}`, 'spec.type', 6],
    [
      'service-local-policy-without-local-pods',
      `type: NodePort\nexternalTrafficPolicy: Local\nselector: {app: api}\n${port}`,
      'spec.externalTrafficPolicy',
      7,
    ],
  ])('%s', (code, spec, path, line) => {
    const [finding, ...others] = found(spec);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ code, severity: 'finding', path, object: { kind: 'Service', name: 'web' } });
    expect(finding?.span?.start.line).toBe(line);
  });

  it('are none of a Service that works', () => {
    expect(found(`selector: {app: api}\n${port}`)).toEqual([]);
    expect(found('selector: {app: api}\nports: [{port: 80, targetPort: http}]')).toEqual([]);
  });

  it('are none of a Service that has no selector to find Pods with', () => {
    expect(found(port)).toEqual([]);
  });

  it('are none of a load balancer where somebody makes them', () => {
    const cloud: ClusterSpec = { ...world, loadBalancer: { kind: 'cloud', pool: [cidr('203.0.113.0/24')] } };
    expect(found(`type: LoadBalancer\nselector: {app: api}\n${port}`, cloud)).toEqual([]);
  });

  it('tell of a NetworkPolicy that nobody enforces', () => {
    const lines = ['apiVersion: networking.k8s.io/v1', 'kind: NetworkPolicy', 'metadata: {name: deny}', 'spec: {podSelector: {}}', ''];
    const files = [{ name: 'deny.yaml', text: lines.join('\n') }];
    const codes = (kind: CniKind) => simulate({ cluster: { ...world, cni: { kind } }, files, seed: 1 }).diagnostics;
    expect(codes('flannel')).toMatchObject([
      { code: 'network-policy-not-enforced', path: 'kind', args: { name: 'deny', plugin: 'Flannel' }, span: { start: { line: 2 } } },
    ]);
    expect(codes('calico')).toEqual([]);
  });

  it('name the labels that Pods have, so that a slip shows', () => {
    expect(found(`selector: {app: apii}\n${port}`)[0]?.args).toMatchObject({ label: 'app: apii', values: 'api' });
  });
});
