import { describe, expect, test } from 'vitest';
import type { CniKind, PodSpecShorthand, ProxyMode } from '../api/cluster-spec.ts';
import { ipv4 } from '../api/ipv4.ts';
import { exampleCluster } from '../proxy/example-objects.ts';
import { parseProbe } from '../simulation/probe-text.ts';
import { enumerate } from '../simulation/queries.ts';
import { simulate } from '../simulation/simulate.ts';
import type { Trace } from './trace.ts';

const pods: Readonly<Record<string, string>> = {
  web: '10.244.1.1@one',
  batch: '10.244.1.2@one',
  db: '10.244.2.1@two',
  cache: '10.244.1.3@one',
};

function pod([name, where]: readonly [string, string]): PodSpecShorthand {
  const [address = '', node = ''] = where.split('@');
  return {
    name,
    node,
    namespace: 'default',
    ip: ipv4(address),
    labels: { app: name },
    ready: true,
    phase: 'Running',
    terminating: false,
    hostNetwork: false,
    ports: [],
    listen: [{ port: 3306, protocol: 'TCP' }],
    image: 'app:1',
  };
}

const service = (name: string, clusterIP: string, nodePort: number) => `
apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {type: NodePort, clusterIP: ${clusterIP}, selector: {app: ${name}}, ports: [{port: 80, targetPort: 3306, nodePort: ${nodePort}}]}
`;

const services = [service('db', '10.96.0.10', 30080), service('cache', '10.96.0.11', 30081), service('nobody', '10.96.0.12', 30082)];

const policy = (name: string, spec: string) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}}
spec: ${spec}
`;

const onlyWeb = policy(
  'db-only-web',
  '{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 3306}]}]}',
);
const servicePort = policy('db-port-80', '{podSelector: {matchLabels: {app: db}}, ingress: [{ports: [{port: 80}]}]}');
const silentWeb = policy('web-silent', '{podSelector: {matchLabels: {app: web}}, policyTypes: [Egress]}');
const silentDb = policy('db-silent', '{podSelector: {matchLabels: {app: db}}, policyTypes: [Egress]}');
const webToDb = policy('web-to-db', '{podSelector: {matchLabels: {app: web}}, egress: [{to: [{podSelector: {matchLabels: {app: db}}}]}]}');
const webToService = policy(
  'web-to-service',
  '{podSelector: {matchLabels: {app: web}}, egress: [{to: [{ipBlock: {cidr: 10.96.0.0/16}}]}], policyTypes: [Egress]}',
);
const worldToCache = policy(
  'world-to-cache',
  '{podSelector: {matchLabels: {app: cache}}, ingress: [{from: [{ipBlock: {cidr: 192.168.0.100/32}}]}]}',
);
const worldToDb = policy(
  'world-to-db',
  '{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{ipBlock: {cidr: 192.168.0.100/32}}]}]}',
);

interface Row {
  readonly name: string;
  readonly cni?: CniKind;
  readonly policies: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly ends: string;
  /** Where a mode differs, and why. */
  readonly nftables?: { readonly ends: string; readonly because: string };
  readonly ipvs?: { readonly ends: string; readonly because: string };
}

const rows: readonly Row[] = [
  { name: 'no policy', policies: [], from: 'pod/batch', to: 'tcp://10.244.2.1:3306', ends: 'db' },
  {
    name: 'a Pod that the policy names',
    policies: [onlyWeb],
    from: 'pod/web',
    to: 'tcp://10.244.2.1:3306',
    ends: 'policy-allows-ingress db',
  },
  { name: 'a Pod that it does not name', policies: [onlyWeb], from: 'pod/batch', to: 'tcp://10.244.2.1:3306', ends: 'drop-policy-ingress' },
  {
    name: 'the same where nobody enforces',
    cni: 'flannel',
    policies: [onlyWeb],
    from: 'pod/batch',
    to: 'tcp://10.244.2.1:3306',
    ends: 'db',
  },
  {
    name: 'Cilium enforces too',
    cni: 'cilium',
    policies: [onlyWeb],
    from: 'pod/batch',
    to: 'tcp://10.244.2.1:3306',
    ends: 'drop-policy-ingress',
  },
  {
    name: 'Weave Net enforces too',
    cni: 'weave',
    policies: [onlyWeb],
    from: 'pod/batch',
    to: 'tcp://10.244.2.1:3306',
    ends: 'drop-policy-ingress',
  },
  { name: 'through the Service', policies: [onlyWeb], from: 'pod/web', to: 'tcp://10.96.0.10:80', ends: 'policy-allows-ingress db' },
  {
    name: 'through the Service, not named',
    policies: [onlyWeb],
    from: 'pod/batch',
    to: 'tcp://10.96.0.10:80',
    ends: 'drop-policy-ingress',
  },
  {
    name: "a policy sees the Pod's port, not the Service's",
    policies: [servicePort],
    from: 'pod/web',
    to: 'tcp://10.96.0.10:80',
    ends: 'drop-policy-ingress',
  },
  { name: 'the sender is isolated', policies: [silentWeb], from: 'pod/web', to: 'tcp://10.96.0.10:80', ends: 'drop-policy-egress' },
  {
    name: 'an answer needs no rule',
    policies: [onlyWeb, silentDb],
    from: 'pod/web',
    to: 'tcp://10.96.0.10:80',
    ends: 'policy-allows-ingress db',
  },
  {
    name: 'both directions are needed',
    policies: [onlyWeb, webToDb],
    from: 'pod/web',
    to: 'tcp://10.96.0.10:80',
    ends: 'policy-allows-egress policy-allows-ingress db',
  },
  {
    name: "a Service's address in a policy never matches",
    policies: [webToService],
    from: 'pod/web',
    to: 'tcp://10.96.0.10:80',
    ends: 'drop-policy-egress',
  },
  { name: 'a Pod on the same node', policies: [silentWeb], from: 'pod/web', to: 'tcp://10.96.0.11:80', ends: 'drop-policy-egress' },
  {
    name: 'to itself through its Service',
    policies: [policy('deny', '{podSelector: {}, policyTypes: [Ingress, Egress]}')],
    from: 'pod/cache',
    to: 'tcp://10.96.0.11:80',
    ends: 'cache',
  },
  { name: 'to its own node', policies: [silentWeb], from: 'pod/web', to: 'tcp://192.168.0.1:22', ends: 'refused' },
  { name: 'to another node', policies: [silentWeb], from: 'pod/web', to: 'tcp://192.168.0.2:22', ends: 'drop-policy-egress' },
  { name: "the Pod's own node calls", policies: [onlyWeb], from: 'node/two', to: 'tcp://10.244.2.1:3306', ends: 'db' },
  { name: 'another node calls', policies: [onlyWeb], from: 'node/one', to: 'tcp://10.244.2.1:3306', ends: 'drop-policy-ingress' },
  {
    name: 'from outside, to the node of the Pod',
    policies: [worldToCache],
    from: 'outside/world',
    to: 'tcp://192.168.0.1:30081',
    ends: 'policy-allows-ingress cache',
  },
  {
    name: 'from outside by another node, whose address the Pod sees',
    policies: [worldToDb],
    from: 'outside/world',
    to: 'tcp://192.168.0.1:30080',
    ends: 'drop-policy-ingress',
  },
  { name: 'ping', policies: [onlyWeb], from: 'pod/batch', to: 'ping://10.244.2.1', ends: 'drop-policy-ingress' },
  {
    name: 'a Service without endpoints',
    policies: [silentWeb],
    from: 'pod/web',
    to: 'tcp://10.96.0.12:80',
    ends: 'drop-policy-egress',
    nftables: { ends: 'reject-no-endpoints', because: "kube-proxy's nftables chains come before the plug-in's" },
    ipvs: { ends: 'reject-no-endpoints', because: 'IPVS refuses before the packet is forwarded' },
  },
];

function ends({ cni = 'calico', policies, from, to }: Row, mode: ProxyMode): { readonly words: string; readonly trace: Trace } {
  const example = exampleCluster();
  const cluster = { ...example, cni: { kind: cni }, proxy: { ...example.proxy, mode }, pods: Object.entries(pods).map(pod) };
  const { snapshot, output } = simulate({ cluster, seed: 1, files: [{ name: 'all.yaml', text: [...services, ...policies].join('---') }] });
  const parsed = parseProbe(from, to);
  if (!parsed.ok || output.exitCode !== 0) throw new Error(`${output.stderr}${parsed.ok ? '' : parsed.reason}`);
  const [first, ...others] = enumerate(snapshot, parsed.probe).possible;
  if (first === undefined || others.length > 0) throw new Error('the packet has more than one way to go');
  const { trace } = first;
  const { end } = trace;
  const said = trace.steps.filter(({ reason }) => /policy-|^reject/.test(reason.code)).map(({ reason }) => reason.code);
  const last = end.kind === 'delivered' ? [end.to.name] : end.kind === 'refused' ? ['refused'] : [];
  return { words: [...said, ...last].join(' '), trace };
}

describe.each(['iptables', 'nftables', 'ipvs'] as const)('policies in %s mode', (mode) => {
  test.each(rows)('$name', (row) => {
    const { words, trace } = ends(row, mode);
    const differing = mode === 'iptables' ? undefined : row[mode];
    expect(words).toBe(differing?.ends ?? row.ends);
    if (words.includes('drop-policy')) expect(trace.end).toMatchObject({ kind: 'dropped', cause: 'policy', by: { kind: 'pod' } });
  });
});

test('a refusal names the policies, and a permission its rule', () => {
  const step = (row: Row, code: string) => ends(row, 'iptables').trace.steps.find(({ reason }) => reason.code === code);
  const through = { name: '', policies: [onlyWeb], to: 'tcp://10.96.0.10:80' };
  const refused = step({ ...through, from: 'pod/batch', ends: '' }, 'drop-policy-ingress');
  expect(refused?.reason.args).toEqual({ pod: 'db', policies: 'db-only-web' });
  expect(refused?.origins?.map(({ path }) => path)).toEqual(['spec.podSelector']);
  const allowed = step({ ...through, from: 'pod/web', ends: '' }, 'policy-allows-ingress');
  expect(allowed?.origins?.map(({ path }) => path)).toEqual(['spec.ingress[0]', 'spec.ingress[0].from[0]', 'spec.ingress[0].ports[0]']);
});
