import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../api/json.ts';
import { emptyStore } from '../api/object-store.ts';
import type { Service } from '../api/service.ts';
import { admit } from './admit.ts';
import { cluster, create, pod, refusals, seed, service, stored, storeWith, update } from './example-requests.ts';

const badNodePort = { type: 'NodePort', ports: [{ port: 0, nodePort: 80, protocol: 'HTTP' }], sessionAffinity: 'x' };

describe('admit', () => {
  it('stores a Service with its defaults, and an address of the cluster', () => {
    const { spec, status, metadata } = stored(create(service())) as Service;
    expect(metadata).toEqual({ name: 'web', namespace: 'default' });
    expect(spec).toEqual({
      type: 'ClusterIP',
      selector: { app: 'web' },
      ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }],
      clusterIP: spec.clusterIP,
      clusterIPs: [spec.clusterIP],
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      sessionAffinity: 'None',
      internalTrafficPolicy: 'Cluster',
    });
    expect(spec.clusterIP).toMatch(/^10\.96\.0\.\d+$/);
    expect(status).toEqual({ loadBalancer: {} });
  });

  it('allocates before it validates, so that a bad node port hides every other mistake', () => {
    expect(refusals(create(service(badNodePort)))).toEqual([
      'spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767',
    ]);
  });

  it('refuses unknown fields before anything else', () => {
    expect(refusals(create(service({ ...badNodePort, selectr: {} })))).toEqual([
      'Service in version "v1" cannot be handled as a Service: strict decoding error: unknown field "spec.selectr"',
    ]);
  });

  it('joins several errors in the message and tells equal ones once', () => {
    const result = create(service({ type: 'ExternalName', loadBalancerClass: 'x' }));
    expect(result).toMatchObject({
      ok: false,
      failure: {
        code: 422,
        reason: 'Invalid',
        message:
          'Service "web" is invalid: [spec.externalName: Required value, spec.loadBalancerClass: Forbidden: may only be used when `type` is \'LoadBalancer\']',
      },
    });
  });

  it('names the group of kinds outside the core', () => {
    const result = create({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'a' }, spec: { rules: [] } });
    expect(result).toMatchObject({
      failure: {
        message: 'Ingress.networking.k8s.io "a" is invalid: spec: Invalid value: []: either `defaultBackend` or `rules` must be specified',
      },
    });
  });

  it('knows no namespace that nobody made', () => {
    const request = { verb: 'create', object: pod(), namespace: 'shop' } as const;
    expect(refusals(admit(emptyStore(), request, cluster, seed))).toEqual(['namespaces "shop" not found']);
    const store = storeWith({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
    expect(stored(admit(store, request, cluster, seed)).metadata.namespace).toBe('shop');
  });

  it('refuses an object whose namespace is not that of the request', () => {
    expect(refusals(create(service({}, { namespace: 'shop' })))).toEqual([
      'the namespace of the provided object does not match the namespace sent on the request',
    ]);
  });

  it('refuses a second object of the same name', () => {
    const deployment = (image: string): JsonObject => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: {
        selector: { matchLabels: { app: 'web' } },
        template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image }] } },
      },
    });
    const store = storeWith(deployment('nginx:1'));
    expect(refusals(create(deployment('nginx:2'), store))).toEqual(['deployments.apps "web" already exists']);
  });

  it('makes a name from generateName', () => {
    const { metadata } = stored(create({ ...pod(), metadata: { generateName: 'web-' } }));
    expect(metadata.name).toMatch(/^web-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
  });

  it('keeps the very store when an update changes nothing', () => {
    const store = storeWith(service({ clusterIP: '10.96.0.50' }));
    const result = admit(store, { verb: 'update', object: service({ clusterIP: '10.96.0.50' }), namespace: 'default' }, cluster, seed);
    expect(result).toMatchObject({ ok: true, code: 200 });
    if (result.ok) expect(result.store).toBe(store);
  });

  it('counts changes of a spec in the generation', () => {
    const policy = (types: readonly string[]): JsonObject => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'a' },
      spec: { podSelector: {}, policyTypes: types },
    });
    expect(stored(create(policy(['Ingress']))).metadata.generation).toBe(1);
    expect(stored(update(policy(['Ingress']), policy(['Ingress']))).metadata.generation).toBe(1);
    expect(stored(update(policy(['Ingress']), policy(['Egress']))).metadata.generation).toBe(2);
  });

  it('says that it does not know a kind', () => {
    expect(create({ apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'a' } })).toMatchObject({
      ok: false,
      notModelled: ['example.com/v1 Widget'],
    });
  });

  it('warns of an API version with every answer', () => {
    const warning = 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice';
    expect(create({ apiVersion: 'v1', kind: 'Endpoints', metadata: { name: 'a' } }).warnings).toEqual([warning]);
    expect(create({ apiVersion: 'v1', kind: 'Endpoints', metadata: { name: 'A' } }).warnings).toEqual([warning]);
  });

  it('gives the same answer in the same world, and never touches what it was given', () => {
    const object = service({ type: 'NodePort' });
    const copy = structuredClone(object);
    expect(create(object)).toEqual(create(object));
    expect(object).toEqual(copy);
  });

  it('never throws, whatever the object holds', () => {
    const kinds = [
      'v1 Service',
      'v1 Pod',
      'apps/v1 Deployment',
      'networking.k8s.io/v1 Ingress',
      'networking.k8s.io/v1 NetworkPolicy',
      'v1 Secret',
    ];
    const keys = fc.constantFrom(
      'name',
      'ports',
      'port',
      'type',
      'selector',
      'rules',
      'http',
      'containers',
      'data',
      '__proto__',
      'template',
      'ingress',
      'from',
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, fc.string(), fc.integer(), fc.double(), fc.boolean(), fc.constant(null), tie('list'), tie('object')),
      list: fc.array(tie('value'), { maxLength: 3 }),
      object: fc.dictionary(keys, tie('value'), { maxKeys: 4 }),
    }));
    fc.assert(
      fc.property(fc.constantFrom(...kinds), value, value, (kind, metadata, spec) => {
        const [apiVersion, name] = kind.split(' ');
        const result = create({ apiVersion, kind: name, metadata, spec, data: spec } as JsonObject);
        expect(typeof result.ok).toBe('boolean');
      }),
      { numRuns: 300 },
    );
  });
});
