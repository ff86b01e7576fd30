import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../api/json.ts';
import { create, refusals, stored, update } from '../example-requests.ts';

const policy = (spec: JsonObject): JsonObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'rules' },
  spec: { podSelector: {}, ...spec },
});

describe('a NetworkPolicy', () => {
  it.each([
    ['has a peer in each item', { ingress: [{ from: [{}] }] }, ['spec.ingress[0].from[0]: Required value: must specify a peer']],
    [
      'tells a missing range last',
      { ingress: [{ from: [{ ipBlock: {} }] }], policyTypes: ['Outgress'] },
      [
        'spec.policyTypes[0]: Unsupported value: "Outgress": supported values: "Ingress", "Egress"',
        'spec.ingress[0].from[0].ipBlock.cidr: Required value',
      ],
    ],
    [
      'has holes inside its ranges only',
      { egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/16', except: ['10.0.5.0/24', '10.1.0.0/24', '10.0.0.0/16', '2001:db8::/64'] } }] }] },
      ['10.1.0.0/24', '10.0.0.0/16', '2001:db8::/64'].map(
        (hole, i) => `spec.egress[0].to[0].ipBlock.except[${i + 1}]: Invalid value: "${hole}": must be a strict subset of \`cidr\``,
      ),
    ],
    [
      'prints the end of a range that ends before it begins',
      {
        ingress: [
          {
            ports: [
              { port: 9000, endPort: 8000 },
              { port: 'http', endPort: 90 },
            ],
          },
        ],
      },
      [
        'spec.ingress[0].ports[0].endPort: Invalid value: 8000: must be greater than or equal to `port`',
        'spec.ingress[0].ports[1].endPort: Invalid value: 90: may not be specified when `port` is non-numeric',
      ],
    ],
  ])('%s', (_name, spec, expected) => {
    expect(refusals(create(policy(spec)))).toEqual(expected);
  });

  it.each([
    [{}, ['Ingress']],
    [{ egress: [] }, ['Ingress']],
    [{ egress: [{}] }, ['Ingress', 'Egress']],
  ])('%j concerns %j', (spec, types) => {
    expect(stored(create(policy(spec))).spec).toMatchObject({ policyTypes: types });
  });
});

const ingress = (spec: JsonObject): JsonObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'shop' },
  spec,
});
const path = (fields: JsonObject): JsonObject => ingress({ rules: [{ http: { paths: [{ path: '/', pathType: 'Prefix', ...fields }] } }] });
const backend = { service: { name: 'web', port: { number: 80 } } };

describe('an Ingress', () => {
  it.each([
    ['leads somewhere', ingress({}), ['spec: Invalid value: null: either `defaultBackend` or `rules` must be specified']],
    [
      'looks no further at a path without a type',
      path({ pathType: null, path: 'x' }),
      ['spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified'],
    ],
    [
      'has absolute paths',
      path({ path: 'a/../b', backend }),
      [
        'spec.rules[0].http.paths[0].path: Invalid value: "a/../b": must be an absolute path',
        'spec.rules[0].http.paths[0].path: Invalid value: "a/../b": must not contain \'/../\'',
      ],
    ],
    ['has a backend', path({}), ['spec.rules[0].http.paths[0].backend: Invalid value: "": resource or service backend is required']],
    [
      'names a port',
      path({ backend: { service: { name: 'web' } } }),
      ['spec.rules[0].http.paths[0].backend: Required value: port name or number is required'],
    ],
    [
      'answers to names',
      ingress({ rules: [{ host: '192.0.2.1' }] }),
      ['spec.rules[0].host: Invalid value: "192.0.2.1": must be a DNS name, not an IP address'],
    ],
  ])('%s', (_name, object, expected) => {
    expect(refusals(create(object))).toEqual(expected);
  });

  it('is warned of the old annotation on creation, when it has no class besides', () => {
    const annotated = { ...path({ backend }), metadata: { name: 'shop', annotations: { 'kubernetes.io/ingress.class': 'nginx' } } };
    const warning = `annotation "kubernetes.io/ingress.class" is deprecated, please use 'spec.ingressClassName' instead`;
    expect(create(annotated).warnings).toEqual([warning]);
    expect(update(annotated, annotated).warnings).toEqual([]);
  });
});

const slice = (fields: JsonObject): JsonObject => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: 'web-1' },
  addressType: 'IPv4',
  ...fields,
});

describe('an EndpointSlice', () => {
  it.each([
    [
      'tells a missing type and missing addresses last',
      slice({ addressType: '', endpoints: [{ hostname: '-a' }], ports: [{ name: 'HTTP' }] }),
      ['ports[0].name', 'endpoints[0].hostname', 'addressType: Required value', 'endpoints[0].addresses: Required value'],
    ],
    [
      'tells a wrong family at the list',
      slice({ addressType: 'IPv6', endpoints: [{ addresses: ['10.0.0.1'] }] }),
      ['endpoints[0].addresses: Invalid value: "10.0.0.1": must be an IPv6 address'],
    ],
    [
      'is strict about the spelling of IPv6',
      slice({ addressType: 'IPv6', endpoints: [{ addresses: ['2001:db8:0::1'] }] }),
      ['endpoints[0].addresses[0]: Invalid value: "2001:db8:0::1": must be in canonical form ("2001:db8::1")'],
    ],
    [
      'has at most 100 addresses an endpoint',
      slice({ endpoints: [{ addresses: Array.from({ length: 101 }, (_, i) => `10.0.1.${i}`) }] }),
      ['endpoints[0].addresses: Too many: 101: must have at most 100 items'],
    ],
    [
      'of domains wants whole domains; a last dot is no matter',
      slice({ addressType: 'FQDN', endpoints: [{ addresses: ['', 'web', 'web.example.com.'] }] }),
      [
        'endpoints[0].addresses[0]: Required value',
        'endpoints[0].addresses[1]: Invalid value: "web": should be a domain with at least two segments separated by dots',
      ],
    ],
    ['does not look at port numbers', slice({ ports: [{ port: 65536 }] }), []],
  ])('%s', (_name, object, expected) => {
    const lines = refusals(create(object));
    expect(lines.length).toBe(expected.length);
    for (const [i, start] of expected.entries()) expect(lines[i]?.startsWith(start), lines[i]).toBe(true);
  });

  it('keeps its type for good', () => {
    expect(refusals(update(slice({}), slice({ addressType: 'IPv6' })))).toEqual(['addressType: Invalid value: "IPv6": field is immutable']);
  });

  it('prints lists that are empty as null', () => {
    expect(stored(create(slice({ endpoints: [] })))).toMatchObject({ endpoints: null, ports: null });
  });
});
