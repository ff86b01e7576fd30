import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseClusterFile } from '../simulation/cluster-file.ts';
import { kubectl } from '../simulation/kubectl.ts';
import { parseProbe } from '../simulation/probe-text.ts';
import { enumerate, trace } from '../simulation/queries.ts';
import { simulate } from '../simulation/simulate.ts';
import type { Snapshot } from '../simulation/snapshot.ts';
import { connectionSeed, tally } from '../simulation/tally.ts';
import type { Probe, Trace } from './trace.ts';

const read = (name: string) => readFileSync(new URL(`../../../clusters/${name}.yaml`, import.meta.url), 'utf8');
const names = ['ref3', 'workloads/my-app', 'workloads/ingress-nginx'];
const library = Object.fromEntries(names.map((name) => [name, read(name)]));

/** `my-app` on three Pods, `beta` on one, and whatever the test applies besides; `world` is laid over the course's cluster. */
function cluster(manifests: string, world = ''): Snapshot {
  const text = `extends: [${names.join(', ')}]
${world}
pods:
  - { name: beta-1, node: node-2, ip: 10.244.2.30, labels: { app: beta }, listen: [8080/http] }
  - { name: shut-1, node: node-2, ip: 10.244.2.31, labels: { app: shut }, listen: [] }
`;
  const { value, diagnostics } = parseClusterFile(text, 'test.yaml', library);
  if (value === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  const { snapshot, output } = simulate({ cluster: value, files: [{ name: 'test.yaml', text: services + manifests }], seed: 1 });
  if (output.exitCode !== 0) throw new Error(output.stderr);
  return snapshot;
}

const services = ['my-app', 'beta', 'shut', 'nobody']
  .map(
    (name) => `apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec:
  selector: { app: ${name} }
  sessionAffinity: ClientIP
  ports: [{ port: 80, targetPort: 8080 }]
---
`,
  )
  .join('');

interface IngressText {
  readonly name?: string;
  readonly service?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly spec?: string;
}

function ingress({ name = 'shop', service = 'my-app', annotations = {}, spec = '' }: IngressText = {}): string {
  const lines = Object.entries(annotations).map(([key, value]) => `    nginx.ingress.kubernetes.io/${key}: "${value}"`);
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
  annotations:
    test: "true"
${lines.join('\n')}
spec:
  ingressClassName: nginx
${spec}
  rules:
    - host: shop.example.com
      http:
        paths:
          - { path: /, pathType: Prefix, backend: { service: { name: ${service}, port: { number: 80 } } } }
---
`;
}

function probe(to = 'http://shop.example.com/', headers: readonly string[] = [], from = 'outside/client'): Probe {
  const parsed = parseProbe(from, to, headers);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.probe;
}

/** Who answered and how: `my-app-1 200`. */
function answerOf({ end }: Trace): string {
  return end.kind === 'delivered' ? `${end.to.name} ${end.httpStatus ?? '-'}` : end.kind;
}

/** Every answer with its probability. */
function answers(snapshot: Snapshot, sent: Probe = probe()): string {
  const totals = new Map<string, number>();
  for (const { probability, trace: one } of enumerate(snapshot, sent).possible) {
    totals.set(answerOf(one), (totals.get(answerOf(one)) ?? 0) + probability);
  }
  return [...totals].map(([answer, share]) => `${answer} ${Math.round(share * 100)}%`).join(', ');
}

const controller = 'ingress-nginx-controller';
const canary = (weight: number, service = 'beta') =>
  ingress({ name: 'canary', service, annotations: { canary: 'true', 'canary-weight': `${weight}` } });
const secret = `apiVersion: v1
kind: Secret
metadata: { name: shop-tls }
type: kubernetes.io/tls
stringData: { tls.crt: certificate, tls.key: key }
---
`;
const tls = ingress({ spec: '  tls: [{ hosts: [shop.example.com], secretName: shop-tls }]' });

interface Row {
  readonly name: string;
  readonly manifests: string;
  readonly to?: string;
  readonly headers?: readonly string[];
  readonly world?: string;
  readonly answers: string;
}

const rows: readonly Row[] = [
  { name: 'a host of an Ingress', manifests: ingress(), answers: 'my-app-1 200 33%, my-app-2 200 33%, my-app-3 200 33%' },
  { name: 'an unknown host', manifests: ingress(), headers: ['Host: other.example.com'], answers: `${controller} 404 100%` },
  {
    name: 'the host in a header, the address dialled by hand',
    manifests: ingress({ service: 'beta' }),
    to: 'http://203.0.113.20/',
    headers: ['Host: shop.example.com'],
    answers: 'beta-1 200 100%',
  },
  {
    name: 'no class, and none by default',
    manifests: ingress({ service: 'beta' }).replace('  ingressClassName: nginx\n', ''),
    answers: `${controller} 404 100%`,
  },
  {
    name: 'no class, and the default one',
    manifests: `apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: usual, annotations: { ingressclass.kubernetes.io/is-default-class: "true" } }
spec: { controller: k8s.io/ingress-nginx }
---
${ingress({ service: 'beta' }).replace('  ingressClassName: nginx\n', '')}`,
    answers: 'beta-1 200 100%',
  },
  { name: 'no ready endpoint', manifests: ingress({ service: 'nobody' }), answers: `${controller} 503 100%` },
  { name: 'a Pod that does not listen', manifests: ingress({ service: 'shut' }), answers: `${controller} 502 100%` },
  {
    name: 'a canary',
    manifests: ingress() + canary(10),
    answers: 'beta-1 200 10%, my-app-1 200 30%, my-app-2 200 30%, my-app-3 200 30%',
  },
  {
    name: 'a canary without Pods',
    manifests: ingress() + canary(10, 'nobody'),
    answers: 'my-app-1 200 33%, my-app-2 200 33%, my-app-3 200 33%',
  },
  {
    name: 'TLS',
    manifests: secret + tls,
    to: 'https://shop.example.com/',
    answers: 'my-app-1 200 33%, my-app-2 200 33%, my-app-3 200 33%',
  },
  { name: 'TLS asked for in the clear', manifests: secret + tls, answers: `${controller} 308 100%` },
  {
    name: 'a plain request to the encrypted port',
    manifests: ingress(),
    to: 'http://shop.example.com:443/',
    answers: `${controller} 400 100%`,
  },
  {
    name: 'a policy that lets nobody in',
    world: 'cni: { kind: calico }',
    manifests: `${ingress({ service: 'beta' })}apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: closed }
spec: { podSelector: { matchLabels: { app: beta } } }
`,
    answers: `${controller} 504 100%`,
  },
  {
    name: 'the Service itself as back end',
    manifests: ingress({ annotations: { 'service-upstream': 'true' } }),
    answers: 'my-app-1 200 33%, my-app-2 200 33%, my-app-3 200 33%',
  },
];

describe('a request by way of an Ingress controller', () => {
  test.each(rows)('$name: $answers', ({ manifests, to, headers, world, answers: expected }) => {
    expect(answers(cluster(manifests, world), probe(to, headers))).toBe(expected);
  });

  const shop = cluster(ingress());
  const steps = ({ steps: all }: Trace) => all.map(({ kind, place }) => `${kind} ${place.name}`);

  test('meets the rules on its way to the controller, and none of the back end Service on its way on', () => {
    const one = trace(shop, probe(), 1);
    const taken = one.steps.findIndex(({ kind }) => kind === 'pod.accept');
    const before = one.steps.slice(0, taken).map(({ kind }) => kind);
    const after = one.steps.slice(taken + 1).filter(({ leg }) => leg === 'out');
    expect(before).toEqual(expect.arrayContaining(['rule.match', 'nat.dnat']));
    expect(after.map(({ kind }) => kind)).toEqual(['l7.route', 'lb.pick', 'send', 'route', 'net.forward', 'pod.accept']);
    expect(after.flatMap(({ rule }) => rule?.origins ?? [])).toEqual([]);
  });

  test('meets them where the Service itself is the back end', () => {
    const one = trace(cluster(ingress({ annotations: { 'service-upstream': 'true' } })), probe(), 1);
    expect(one.steps.filter(({ kind }) => kind === 'nat.dnat')).toHaveLength(2);
  });

  test('is another connection behind it: the Pod sees the controller, and the client in a header alone', () => {
    const { end } = trace(cluster(ingress({ service: 'beta' })), probe(), 1);
    expect(end).toMatchObject({ sourceSeen: '10.244.3.20', proxy: { sourceSeen: '198.51.100.7', place: { name: controller } } });
  });

  test('goes back the way it came', () => {
    const back = trace(cluster(ingress({ service: 'beta' })), probe(), 1).steps.filter(({ leg }) => leg === 'back');
    expect(back.map(({ kind, place }) => `${kind} ${place.name}`)).toEqual([
      'reply beta-1',
      `receive ${controller}`,
      `reply ${controller}`,
      'nat.reverse node-3',
      'receive client',
    ]);
  });

  test('is tried three times when nobody answers', () => {
    const one = trace(cluster(ingress({ service: 'shut' })), probe(), 1);
    expect(steps(one).filter((step) => step === 'reject shut-1')).toHaveLength(3);
  });

  test('points at the lines of the Ingress', () => {
    const step = trace(shop, probe(), 1).steps.find(({ kind }) => kind === 'l7.route');
    const [origin] = step?.origins ?? [];
    expect(origin && shop.sources.locate(origin)?.value.start.line).toBeGreaterThan(1);
    expect(origin).toMatchObject({ object: { kind: 'Ingress', name: 'shop' }, path: 'spec.rules[0].http.paths[0].path' });
  });

  test('gives the Ingress the address of the controller', () => {
    const listed = kubectl(shop, ['get', 'ingress']).stdout.split('\n')[1]?.split(/ +/);
    expect(listed?.slice(0, 5)).toEqual(['shop', 'nginx', 'shop.example.com', '203.0.113.20', '80']);
    const nobody = simulate({ cluster: { ...shop.cluster, pods: [] }, files: [{ name: 'a.yaml', text: ingress() }], seed: 1 });
    expect(kubectl(nobody.snapshot, ['get', 'ingress']).stdout).not.toContain('203.0.113.20');
  });

  test('shows the certificate of the Secret, or one that nobody trusts', () => {
    const encrypted = probe('https://shop.example.com/');
    expect(trace(cluster(secret + tls), encrypted, 1).end).toMatchObject({ proxy: { certificate: { secret: 'default/shop-tls' } } });
    expect(trace(cluster(tls), encrypted, 1).end).toMatchObject({ proxy: { certificate: {} } });
  });

  test('brings a cookie that leads back to the same Pod', () => {
    const sticky = cluster(ingress({ annotations: { affinity: 'cookie' } }) + canary(50));
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (seed, later) => {
        const { end } = trace(sticky, probe(), seed);
        if (end.kind !== 'delivered' || end.proxy?.setCookie === undefined) throw new Error('no cookie');
        const [cookie = ''] = end.proxy.setCookie.split(';');
        const again = trace(sticky, probe(undefined, [`Cookie: ${cookie}`]), later);
        expect(again.end).toMatchObject({ to: end.to });
      }),
      { numRuns: 30 },
    );
  });
});

test('sampling agrees with enumerating', () => {
  const snapshot = cluster(ingress() + canary(25));
  const times = 2000;
  const { receivers } = tally(enumerate(snapshot, probe()), (seed) => trace(snapshot, probe(), seed), times, 7);
  expect(receivers.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 10);
  for (const { count, probability } of receivers) {
    const deviation = Math.sqrt(times * probability * (1 - probability));
    expect(Math.abs(count - times * probability)).toBeLessThan(4 * deviation);
  }
  expect(trace(snapshot, probe(), connectionSeed(7, 3))).toEqual(trace(snapshot, probe(), connectionSeed(7, 3)));
});

describe('a request by way of a Gateway', () => {
  const gatewayNames = ['ref3', 'workloads/my-app', 'workloads/gateway'];
  const gatewayLibrary = Object.fromEntries(gatewayNames.map((name) => [name, read(name)]));
  const routed = (backends: string) => {
    const text = `extends: [${gatewayNames.join(', ')}]\npods:\n  - { name: beta-1, node: node-2, ip: 10.244.2.30, labels: { app: beta }, listen: [8080/http] }\n  - { name: shut-1, node: node-2, ip: 10.244.2.31, labels: { app: shut }, listen: [] }\n`;
    const { value } = parseClusterFile(text, 'test.yaml', gatewayLibrary);
    if (value === undefined) throw new Error('no world');
    const route = `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: shop }
spec:
  parentRefs: [{ name: edge }]
  rules: [{ backendRefs: [${backends}] }]
`;
    return simulate({ cluster: value, files: [{ name: 'test.yaml', text: services + route }], seed: 1 }).snapshot;
  };
  const sent = probe('http://gateway.example.com/');

  test.each([
    [
      '{ name: my-app, port: 80, weight: 90 }, { name: beta, port: 80, weight: 10 }',
      'my-app-1 200 30%, my-app-2 200 30%, my-app-3 200 30%, beta-1 200 10%',
    ],
    ['{ name: beta, port: 80, weight: 90 }, { name: nobody, port: 80, weight: 10 }', 'beta-1 200 90%, gateway-proxy 503 10%'],
    ['{ name: shut, port: 80 }', 'not-modelled 100%'],
  ])('%s: %s', (backends, expected) => {
    expect(answers(routed(backends), sent)).toBe(expected);
  });
});
