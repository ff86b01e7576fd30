import { describe, expect, it } from 'vitest';
import { cidr } from '../../api/cidr.ts';
import type { ClusterSpec, CniKind, PodSpecShorthand } from '../../api/cluster-spec.ts';
import { ipv4 } from '../../api/ipv4.ts';
import type { DiagnosticCode } from '../../diagnostics/codes.ts';
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

/** What is found about a Service whose spec is these lines, in a file that goes on with these documents. */
function found(spec: string, cluster: ClusterSpec = world, ...more: readonly string[]): readonly Diagnostic[] {
  const lines = spec.split('\n').map((line) => `  ${line}`);
  const text = ['apiVersion: v1', 'kind: Service', 'metadata:', '  name: web', 'spec:', ...lines, ''].join('\n');
  return simulate({ cluster, files: [{ name: 'web.yaml', text: [text, ...more].join('---\n') }], seed: 1 }).diagnostics;
}

/** Two Pods like the first, and changes to the second. */
function withSecondPod(changes: Partial<PodSpecShorthand>): ClusterSpec {
  return { ...world, pods: [api, { ...api, name: 'api-2', ip: ipv4('10.244.1.6'), ...changes }] };
}

function slice(...lines: readonly string[]): string {
  const head = ['apiVersion: discovery.k8s.io/v1', 'kind: EndpointSlice'];
  const metadata = ['metadata:', '  name: web-1', '  labels: {kubernetes.io/service-name: web}', 'addressType: IPv4'];
  return [...head, ...metadata, ...lines, ''].join('\n');
}

const cloud: ClusterSpec = { ...world, loadBalancer: { kind: 'cloud', pool: [cidr('203.0.113.0/24')] } };
const unready: ClusterSpec = { ...world, pods: [{ ...api, ready: false }] };
const upstream: ClusterSpec = { ...world, dns: { ...world.dns, server: ipv4('172.31.0.1'), upstream: {} } };
const outsider = { name: 'guest', address: ipv4('198.51.100.7'), names: [], listen: [] };
const visited: ClusterSpec = { ...cloud, outside: [{ ...outsider, routes: [{ to: cidr('192.168.0.0/24'), via: 'direct' }] }] };

const port = 'ports: [{port: 80, targetPort: 8080}]';

describe('findings', () => {
  it.each([
    ['service-selector-matches-no-pods', `selector: {app: apii}\n${port}`, 'spec.selector.app', 6],
    ['service-target-port-not-listened', 'selector: {app: api}\nports: [{port: 80}]', 'spec.ports[0].targetPort', 7],
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

  it.each<[DiagnosticCode, ClusterSpec, string, string, number]>([
    [
      'service-pods-in-other-namespace',
      { ...world, pods: [{ ...api, namespace: 'shop' }] },
      `selector: {app: api}\n${port}`,
      'metadata.namespace',
      4,
    ],
    ['service-selector-matches-no-pods', world, `selector: {app: api, tier: x}\n${port}`, 'spec.selector.tier', 6],
    [
      'service-target-port-name-missing-in-some',
      withSecondPod({ ports: [] }),
      'selector: {app: api}\nports: [{port: 80, targetPort: http}]',
      'spec.ports[0].targetPort',
      7,
    ],
    [
      'service-target-port-not-listened-in-some',
      withSecondPod({ listen: [] }),
      `selector: {app: api}\n${port}`,
      'spec.ports[0].targetPort',
      7,
    ],
    ['service-endpoints-not-ready', unready, `selector: {app: api}\n${port}`, 'spec.selector', 6],
    ['service-headless-endpoints-not-ready', unready, 'clusterIP: None\nselector: {app: api}', 'spec.selector', 7],
    [
      'service-publishes-not-ready-pods',
      unready,
      `publishNotReadyAddresses: true\nselector: {app: api}\n${port}`,
      'spec.publishNotReadyAddresses',
      6,
    ],
    ['service-without-endpoints', world, port, 'spec.selector', 4],
    ['service-external-name-not-found', upstream, 'type: ExternalName\nexternalName: db.example.com', 'spec.externalName', 7],
    [
      'service-external-name-port-not-translated',
      world,
      'type: ExternalName\nexternalName: db.example.com\nports: [{port: 80, targetPort: 3306}]',
      'spec.ports[0].targetPort',
      8,
    ],
    [
      'service-external-name-selector-ignored',
      world,
      'type: ExternalName\nexternalName: db.example.com\nselector: {app: api}',
      'spec.selector',
      8,
    ],
    [
      'service-traffic-distribution-without-hints',
      world,
      `trafficDistribution: PreferSameZone\nselector: {app: api}\n${port}`,
      'spec.trafficDistribution',
      6,
    ],
    [
      'service-source-ranges-leave-node-ports-open',
      visited,
      `type: LoadBalancer\nloadBalancerSourceRanges:\n  - 203.0.113.0/24\nselector: {app: api}\n${port}`,
      'spec.loadBalancerSourceRanges',
      8,
    ],
    [
      'service-load-balancer-class-unclaimed',
      cloud,
      `type: LoadBalancer\nloadBalancerClass: example.com/x\nselector: {app: api}\n${port}`,
      'spec.loadBalancerClass',
      7,
    ],
    [
      'service-load-balancer-ip-unavailable',
      cloud,
      `type: LoadBalancer\nloadBalancerIP: 198.51.100.1\nselector: {app: api}\n${port}`,
      'spec.loadBalancerIP',
      7,
    ],
  ])('%s, by what the world is like', (code, cluster, spec, path, line) => {
    expect(found(spec, cluster).map((one) => [one.code, one.path, one.span?.start.line])).toEqual([[code, path, line]]);
  });

  it('tell of a targetPort that has no say beside a slice of somebody', () => {
    const behind = slice('ports: [{port: 8080}]', 'endpoints: [{addresses: [10.244.1.5]}]');
    expect(found('ports: [{port: 80, targetPort: 3306}]', world, behind)).toMatchObject([
      { code: 'service-target-port-unused', path: 'spec.ports[0].targetPort', args: { used: 8080 }, fix: { args: { value: '8080' } } },
    ]);
    expect(found('ports: [{port: 80}]', world, behind)).toEqual([]);
  });

  const db = { ...outsider, name: 'db', address: ipv4('192.0.2.50'), listen: [{ port: 3306, protocol: 'TCP' as const }], routes: [] };
  it.each<[DiagnosticCode, string, string, number, readonly string[]]>([
    ['endpointslice-port-name-mismatch', 'ports: [{port: 80}]', 'ports[0].name', 14, ['ports: [{port: 3306, name: sql}]', 'endpoints: []']],
    [
      'endpointslice-port-protocol-mismatch',
      'ports: [{port: 80}]',
      'ports[0].protocol',
      14,
      ['ports: [{port: 3306, protocol: UDP}]', 'endpoints: []'],
    ],
    [
      'endpointslice-address-of-service',
      'ports: [{port: 80}]',
      'endpoints[0].addresses[0]',
      15,
      ['ports: [{port: 3306}]', 'endpoints: [{addresses: [10.96.0.200]}]'],
    ],
    [
      'endpointslice-address-unknown',
      'ports: [{port: 80}]',
      'endpoints[0].addresses[0]',
      16,
      ['ports: [{port: 3306}]', 'endpoints:', '  - addresses: [192.0.2.51]'],
    ],
    [
      'endpointslice-port-not-listened',
      'ports: [{port: 80}]',
      'ports[0].port',
      15,
      ['ports:', '  - port: 5432', 'endpoints: [{addresses: [192.0.2.50]}]'],
    ],
  ])('%s', (code, spec, path, line, lines) => {
    const diagnostics = found(spec, { ...world, outside: [db] }, slice(...lines));
    expect(diagnostics.map((one) => [one.code, one.path, one.object?.name, one.span?.start.line])).toEqual([[code, path, 'web-1', line]]);
  });

  it('are none of a slice that leads to somebody who listens, nor of one that is not ready', () => {
    const cluster: ClusterSpec = { ...world, outside: [db] };
    const ready = 'endpoints: [{addresses: [192.0.2.50]}]';
    expect(found('ports: [{port: 80}]', cluster, slice('ports: [{port: 3306}]', ready))).toEqual([]);
    const both = 'endpoints: [{addresses: [192.0.2.50]}, {addresses: [192.0.2.99], conditions: {ready: false}}]';
    expect(found('ports: [{port: 80}]', cluster, slice('ports: [{port: 3306}]', both))).toEqual([]);
  });

  it("tell of slices and Endpoints that are nobody's", () => {
    const applied = (text: string) => simulate({ cluster: world, files: [{ name: 'x.yaml', text }], seed: 1 }).diagnostics;
    const findings = (text: string) =>
      applied(text).flatMap((one) => (one.severity === 'finding' ? [[one.code, one.span?.start.line]] : []));
    const lonely = slice('ports: []', 'endpoints: []');
    expect(findings(lonely)).toEqual([['endpointslice-service-not-found', 5]]);
    expect(findings(lonely.replace('{kubernetes.io/service-name: web}', '{}'))).toEqual([['endpointslice-service-label-missing', 4]]);
    expect(findings(lonely.replace('IPv4', 'IPv6'))).toContainEqual(['endpointslice-address-type-unused', 6]);
    const endpoints = [
      'apiVersion: v1',
      'kind: Endpoints',
      'metadata:',
      '  name: web',
      'subsets: [{addresses: [{ip: 192.0.2.5}], ports: [{port: 80}]}]',
      '',
    ];
    expect(findings(endpoints.join('\n'))).toEqual([['endpoints-service-not-found', 4]]);
    const codes = found(`selector: {app: api}\n${port}`, world, endpoints.join('\n')).map(({ code }) => code);
    expect(codes).toEqual(['endpoints-deprecated', 'endpoints-overwritten']);
  });

  it('tell labels of a workload from those of its Pods', () => {
    const lines = ['metadata: {name: shop, labels: {app: shop}}', 'spec:', '  selector: {matchLabels: {tier: api}}', '  template:'];
    const template = ['    metadata: {labels: {tier: api}}', '    spec: {containers: [{name: c, image: x}]}', ''];
    const deployment = ['apiVersion: apps/v1', 'kind: Deployment', ...lines, ...template].join('\n');
    expect(found(`selector: {app: shop}\n${port}`, world, deployment)).toMatchObject([
      { code: 'service-selector-matches-workload-only', path: 'spec.selector', args: { workload: 'shop', labels: 'tier: api' } },
    ]);
  });

  it('tell how an annotation stands to the field, and that hints may not come about', () => {
    const lines = ['metadata:', '  name: web', '  annotations: {service.kubernetes.io/topology-mode: Auto}', 'spec:'];
    const spec = ['  trafficDistribution: PreferSameZone', '  selector: {app: api}', `  ${port}`, ''];
    const text = ['apiVersion: v1', 'kind: Service', ...lines, ...spec].join('\n');
    const { diagnostics } = simulate({ cluster: world, files: [{ name: 'web.yaml', text }], seed: 1 });
    expect(diagnostics.map((one) => [one.code, one.span?.start.line])).toEqual([
      ['service-traffic-distribution-overridden', 7],
      ['service-topology-mode-without-hints', 5],
    ]);
  });

  it('are none of source ranges where the node ports are closed, or nobody is left out', () => {
    const ranges = (range: string) => `type: LoadBalancer\nloadBalancerSourceRanges: [${range}]\nselector: {app: api}\n${port}`;
    expect(found(ranges('198.51.100.0/24'), visited)).toEqual([]);
    expect(found(ranges('203.0.113.0/24'), cloud)).toEqual([]);
    expect(found(ranges('203.0.113.0/24'), { ...visited, firewall: { allow: [] } })).toEqual([]);
    expect(found(`allocateLoadBalancerNodePorts: false\n${ranges('203.0.113.0/24')}`, visited)).toEqual([]);
  });

  it('offer a repair where only one thing can be meant', () => {
    const fixOf = (spec: string) => found(spec)[0]?.fix?.edits[0]?.newText;
    expect(fixOf(`selector: {app: apii}\n${port}`)).toBe('api');
    expect(fixOf(`selector: {app: "apii"}\n${port}`)).toBe('"api"');
    expect(fixOf(`selector: {app: web}\n${port}`)).toBeUndefined();
    expect(fixOf('selector: {app: api}\nports: [{port: 80, targetPort: htpp}]')).toBe('http');
    expect(fixOf('selector: {app: api}\nports: [{port: 80, targetPort: 8080, protocol: UDP}]')).toBe('TCP');
  });

  it('are none of a Service that works', () => {
    expect(found(`selector: {app: api}\n${port}`)).toEqual([]);
    expect(found('selector: {app: api}\nports: [{port: 80, targetPort: http}]')).toEqual([]);
  });

  it('tell of a node port that the firewall keeps shut, and of none that it lets anybody through to', () => {
    const spec = 'type: NodePort\nselector: {app: api}\nports:\n  - port: 80\n    targetPort: 8080\n    nodePort: 30080';
    const behind = (...ports: readonly number[]): ClusterSpec => ({
      ...world,
      firewall: { allow: ports.map((first) => ({ from: cidr('0.0.0.0/0'), protocol: 'TCP', first, last: first })) },
    });
    const [finding, ...others] = found(spec, behind(30081));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ code: 'node-port-closed-by-firewall', args: { nodePort: 30080 }, path: 'spec.ports[0].nodePort' });
    expect(finding?.span?.start.line).toBe(11);
    expect(found(spec, behind(30080))).toEqual([]);
    expect(found(spec)).toEqual([]);
    expect(found(`selector: {app: api}\n${port}`, behind())).toEqual([]);
  });

  it('are none of a Local policy where a load balancer leaves the other nodes out', () => {
    const local = `type: LoadBalancer\nexternalTrafficPolicy: Local\nselector: {app: api}\n${port}`;
    expect(found(local, cloud)).toEqual([]);
    expect(found(local).map(({ code }) => code)).toContain('service-local-policy-without-local-pods');
  });

  it('are none of a load balancer where somebody makes them', () => {
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
