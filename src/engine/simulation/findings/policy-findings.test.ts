import { describe, expect, it } from 'vitest';
import type { ClusterSpec, PodSpecShorthand } from '../../api/cluster-spec.ts';
import { ipv4 } from '../../api/ipv4.ts';
import { sampleWorld } from '../../api/sample-world.ts';
import type { DiagnosticCode } from '../../diagnostics/codes.ts';
import { simulate } from '../simulate.ts';

function pod(name: string, namespace: string, address: string, labels: Readonly<Record<string, string>>): PodSpecShorthand {
  return {
    name,
    namespace,
    node: 'node-1',
    ip: ipv4(address),
    labels,
    ready: true,
    phase: 'Running',
    terminating: false,
    hostNetwork: false,
    ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
    listen: [{ port: 8080, protocol: 'TCP' }],
    image: 'x',
  };
}

const dns: PodSpecShorthand = {
  ...pod('coredns', 'kube-system', '10.244.2.9', { 'k8s-app': 'kube-dns' }),
  node: 'node-2',
  listen: [{ port: 53, protocol: 'UDP' }],
};
const agent: PodSpecShorthand = { ...pod('agent', 'default', '192.168.0.11', { app: 'agent' }), hostNetwork: true };

/** The Service `api` takes port 80 to its Pods' 8080; the DNS server runs in a Pod. */
const base = sampleWorld();
const { server: _, ...inPods } = base.dns;
const world: ClusterSpec = {
  ...base,
  dns: inPods,
  cni: { kind: 'calico' },
  pods: [pod('api', 'default', '10.244.1.5', { app: 'api' }), pod('web', 'shop', '10.244.1.6', { app: 'web' }), dns, agent],
  objects: [
    service('api', 'default', { selector: { app: 'api' }, ports: [{ port: 80, targetPort: 8080 }] }),
    service('kube-dns', 'kube-system', {
      clusterIP: '10.96.0.10',
      selector: { 'k8s-app': 'kube-dns' },
      ports: [{ port: 53, protocol: 'UDP', targetPort: 53 }],
    }),
  ],
};

function service(name: string, namespace: string, spec: object) {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec };
}

function findingsOf(text: string, cluster: ClusterSpec = world): readonly (readonly [string, string | undefined, number | undefined])[] {
  const { diagnostics } = simulate({ cluster, files: [{ name: 'x.yaml', text }], seed: 1 });
  return diagnostics.map(({ code, path, span }) => [code, path, span?.start.line]);
}

/** A policy named `p`, its spec from line 5 on. */
function policy(spec: string): string {
  const lines = spec.split('\n').map((line) => `  ${line}`);
  return ['apiVersion: networking.k8s.io/v1', 'kind: NetworkPolicy', 'metadata: {name: p}', 'spec:', ...lines, ''].join('\n');
}

describe('findings about NetworkPolicies', () => {
  const api = 'podSelector: {matchLabels: {app: api}}';
  it.each<[DiagnosticCode, string, string, number]>([
    ['network-policy-selects-no-pods', 'podSelector: {matchLabels: {app: apii}}', 'spec.podSelector', 5],
    ['network-policy-selects-host-network', 'podSelector: {matchLabels: {app: agent}}', 'spec.podSelector', 5],
    [
      'network-policy-block-of-services',
      `${api}\negress:\n- to: [{ipBlock: {cidr: 10.96.0.0/24}}]`,
      'spec.egress[0].to[0].ipBlock.cidr',
      7,
    ],
    [
      'network-policy-peer-in-other-namespace',
      `${api}\ningress:\n- from: [{podSelector: {matchLabels: {app: web}}}]`,
      'spec.ingress[0].from[0].podSelector',
      7,
    ],
    [
      'network-policy-peer-needs-both',
      `${api}\ningress:\n- from:\n  - podSelector: {matchLabels: {app: api}}\n    namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}`,
      'spec.ingress[0].from[0]',
      8,
    ],
    [
      'network-policy-peer-matches-no-pods',
      `${api}\ningress:\n- from: [{podSelector: {matchLabels: {app: nobody}}}]`,
      'spec.ingress[0].from[0]',
      7,
    ],
    ['network-policy-port-is-service-port', `${api}\ningress:\n- ports:\n  - port: 80`, 'spec.ingress[0].ports[0].port', 8],
    [
      'network-policy-port-is-service-port',
      `podSelector: {}\npolicyTypes: [Ingress]\negress: []\ningress:\n- from: [{podSelector: {}}]\n  ports: [{port: 80}]`,
      'spec.ingress[0].ports[0].port',
      10,
    ],
    ['network-policy-port-name-unknown', `${api}\ningress:\n- ports: [{port: web}]`, 'spec.ingress[0].ports[0].port', 7],
    ['network-policy-rules-ignored', `${api}\npolicyTypes: [Ingress]\negress: [{}]`, 'spec.egress', 7],
    ['network-policy-blocks-dns', `${api}\npolicyTypes: [Egress]\negress: [{to: [{podSelector: {}}]}]`, 'spec.egress', 7],
  ])('%s (row %#)', (code, spec, path, line) => {
    expect(findingsOf(policy(spec))).toEqual([[code, path, line]]);
  });

  it.each([
    ['everybody closed', 'podSelector: {}\npolicyTypes: [Ingress, Egress]'],
    ['the port Pods listen on', `${api}\ningress:\n- ports: [{port: 8080}, {port: http}]`],
    ['a port nobody speaks of', `${api}\ningress:\n- ports: [{port: 9100}]`],
    ['a range that holds more than Services', `${api}\negress:\n- to: [{ipBlock: {cidr: 10.0.0.0/8}}]`],
    ['addresses only', `${api}\npolicyTypes: [Egress]\negress: [{to: [{ipBlock: {cidr: 192.0.2.50/32}}]}]`],
    [
      'another namespace by its name',
      `${api}\ningress:\n- from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}}]`,
    ],
    ['names may be asked for', `${api}\npolicyTypes: [Egress]\negress: [{to: [{podSelector: {}}]}, {ports: [{port: 53, protocol: UDP}]}]`],
  ])('are none: %s', (_name, spec) => {
    expect(findingsOf(policy(spec))).toEqual([]);
  });

  it('know that policies add up', () => {
    const open = policy('podSelector: {}\negress: [{ports: [{port: 53, protocol: UDP}]}]').replace('{name: p}', '{name: dns}');
    const text = `${policy(`${api}\npolicyTypes: [Egress]\negress: [{to: [{podSelector: {}}]}]`)}---\n${open}`;
    expect(findingsOf(text)).toEqual([]);
  });

  it('are of one kind where nobody enforces policies', () => {
    expect(findingsOf(policy('podSelector: {matchLabels: {app: apii}}'), { ...world, cni: { kind: 'flannel' } })).toEqual([
      ['network-policy-not-enforced', 'kind', 2],
    ]);
  });
});

describe('findings about Ingresses', () => {
  const nginx = [
    'apiVersion: networking.k8s.io/v1',
    'kind: IngressClass',
    'metadata: {name: nginx}',
    'spec: {controller: example.com/nginx}',
    '---',
    '',
  ];
  const ingress = (backend: string, className = 'nginx') =>
    [
      ...nginx.slice(0, -1),
      'apiVersion: networking.k8s.io/v1',
      'kind: Ingress',
      'metadata: {name: shop}',
      'spec:',
      ...(className === '' ? [] : [`  ingressClassName: ${className}`]),
      '  rules:',
      `  - http: {paths: [{path: /, pathType: Prefix, backend: {service: {${backend}}}}]}`,
      '',
    ].join('\n');
  const backendPath = 'spec.rules[0].http.paths[0].backend.service';
  it.each<[DiagnosticCode, string, string, number]>([
    ['ingress-backend-service-not-found', ingress('name: apii, port: {number: 80}'), `${backendPath}.name`, 12],
    ['ingress-backend-port-not-found', ingress('name: api, port: {number: 8080}'), `${backendPath}.port.number`, 12],
    ['ingress-backend-port-not-found', ingress('name: api, port: {name: http}'), `${backendPath}.port.name`, 12],
    ['ingress-class-not-found', ingress('name: api, port: {number: 80}', 'ngnix'), 'spec.ingressClassName', 10],
    ['ingress-without-class', ingress('name: api, port: {number: 80}', ''), 'spec.ingressClassName', 8],
  ])('%s (row %#)', (code, text, path, line) => {
    expect(findingsOf(text)).toEqual([[code, path, line]]);
  });

  it('are none of one that leads to a Service, nor where a class is the default one', () => {
    expect(findingsOf(ingress('name: api, port: {number: 80}'))).toEqual([]);
    const byDefault = ingress('name: api, port: {number: 80}', '').replace(
      '{name: nginx}',
      '{name: nginx, annotations: {ingressclass.kubernetes.io/is-default-class: "true"}}',
    );
    expect(findingsOf(byDefault)).toEqual([]);
  });
});
