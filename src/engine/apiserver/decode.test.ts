import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../api/json.ts';
import { decode } from './decode.ts';
import { schemaKinds } from './schema/schema.ts';

function decodeService(object: JsonObject) {
  return decode({ apiVersion: 'v1', kind: 'Service', ...object }, { group: '', version: 'v1', kind: 'Service' });
}

function decodePod(spec: JsonObject) {
  return decode({ apiVersion: 'v1', kind: 'Pod', spec }, { group: '', version: 'v1', kind: 'Pod' });
}

describe('a Service', () => {
  test('loses nulls and the zeros that Go cannot tell from nothing', () => {
    const { value, strictErrors, fatal } = decodeService({
      metadata: { name: 'web', labels: null, annotations: {} },
      spec: {
        type: '',
        clusterIP: null,
        publishNotReadyAddresses: false,
        allocateLoadBalancerNodePorts: false,
        selector: { app: 'web', tier: null },
        ports: [{ port: 80, nodePort: 0, targetPort: null }, null],
      },
    });
    expect({ strictErrors, fatal }).toEqual({ strictErrors: [], fatal: undefined });
    expect(value).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', annotations: {} },
      spec: { allocateLoadBalancerNodePorts: false, selector: { app: 'web', tier: '' }, ports: [{ port: 80 }, {}] },
    });
  });

  test('is a private copy', () => {
    const object = { apiVersion: 'v1', kind: 'Service', spec: { ports: [{ port: 80 }] } };
    const { value } = decode(object, { group: '', version: 'v1', kind: 'Service' });
    expect(value).toEqual(object);
    expect(value.spec).not.toBe(object.spec);
  });

  test('names unknown fields in the order of the text', () => {
    const { strictErrors } = decodeService({
      spce: {},
      metadata: { label: {} },
      spec: { Selector: {}, ports: [{ port: 80, hostPort: 80 }, { 'a"b': 1 }] },
    });
    expect(strictErrors).toEqual([
      { reason: 'unknown-field', path: 'spce', message: 'unknown field "spce"' },
      { reason: 'unknown-field', path: 'metadata.label', message: 'unknown field "metadata.label"' },
      { reason: 'unknown-field', path: 'spec.Selector', message: 'unknown field "spec.Selector"' },
      { reason: 'unknown-field', path: 'spec.ports[0].hostPort', message: 'unknown field "spec.ports[0].hostPort"' },
      { reason: 'unknown-field', path: 'spec.ports[1].a"b', message: 'unknown field "spec.ports[1].a\\"b"' },
    ]);
  });

  test.each<[spec: JsonValue, message: string, path: string]>([
    [{ ports: [{ port: '80' }] }, 'string into Go struct field ServicePort.spec.ports.port of type int32', 'spec.ports[0].port'],
    [{ ports: [{ port: 80.5 }] }, 'number 80.5 into Go struct field ServicePort.spec.ports.port of type int32', 'spec.ports[0].port'],
    [{ ports: [{ port: 3e9 }] }, 'number 3000000000 into Go struct field ServicePort.spec.ports.port of type int32', 'spec.ports[0].port'],
    [
      { ports: [{ targetPort: true }] },
      'bool into Go struct field ServicePort.spec.ports.targetPort of type int32',
      'spec.ports[0].targetPort',
    ],
    [
      { ports: [{ protocol: 6 }] },
      'number into Go struct field ServicePort.spec.ports.protocol of type v1.Protocol',
      'spec.ports[0].protocol',
    ],
    [{ ports: ['80:80'] }, 'string into Go struct field ServiceSpec.spec.ports of type v1.ServicePort', 'spec.ports[0]'],
    [{ ports: {} }, 'object into Go struct field ServiceSpec.spec.ports of type []v1.ServicePort', 'spec.ports'],
    [{ selector: 'app' }, 'string into Go struct field ServiceSpec.spec.selector of type map[string]string', 'spec.selector'],
    [{ selector: { a: {} } }, 'object into Go struct field ServiceSpec.spec.selector of type string', 'spec.selector.a'],
    [{ clusterIPs: [1] }, 'number into Go struct field ServiceSpec.spec.clusterIPs of type string', 'spec.clusterIPs[0]'],
    [
      { sessionAffinityConfig: 1 },
      'number into Go struct field ServiceSpec.spec.sessionAffinityConfig of type v1.SessionAffinityConfig',
      'spec.sessionAffinityConfig',
    ],
    [[], 'array into Go struct field Service.spec of type v1.ServiceSpec', 'spec'],
  ])('%j', (spec, message, path) => {
    expect(decodeService({ spec }).fatal).toEqual({ message: `json: cannot unmarshal ${message}`, path });
  });

  test('stops at the first wrong type, which hides unknown fields', () => {
    const { fatal, strictErrors } = decodeService({ foo: 1, spec: { type: 1, externalName: 2 } });
    expect(fatal?.path).toBe('spec.type');
    expect(strictErrors).toEqual([]);
  });

  test('a type with a decoder of its own is told even after another fault', () => {
    expect(decodeService({ spec: { type: 1, ports: [{ targetPort: [] }] } }).fatal?.path).toBe('spec.ports[0].targetPort');
  });
});

describe('a Pod', () => {
  test('embedded Go structs stand in the message and not in the path', () => {
    expect(decodePod({ volumes: [{ name: 'a', emptyDir: { sizeLimit: '1Gi' }, secret: 'x' }] }).fatal).toEqual({
      message: 'json: cannot unmarshal string into Go struct field Volume.spec.volumes.VolumeSource.secret of type v1.SecretVolumeSource',
      path: 'spec.volumes[0].secret',
    });
  });

  test('quantities are kept in their shortest spelling', () => {
    const { value } = decodePod({ containers: [{ name: 'a', resources: { limits: { cpu: 0.5, memory: '1024Mi' } } }] });
    expect(value.spec).toEqual({ containers: [{ name: 'a', resources: { limits: { cpu: '500m', memory: '1Gi' } } }] });
  });

  test.each([
    ['1GB', "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"],
    ['1mi', "unable to parse quantity's suffix"],
  ])('%s is no quantity', (memory, message) => {
    const { fatal } = decodePod({ containers: [{ resources: { limits: { memory } } }] });
    expect(fatal).toEqual({ message, path: 'spec.containers[0].resources.limits.memory' });
  });
});

test('times are checked as Go reads them', () => {
  const created = (creationTimestamp: JsonValue) => decodeService({ metadata: { creationTimestamp } }).fatal?.message;
  expect(created('2026-01-02T03:04:05Z')).toBeUndefined();
  expect(created('yesterday')).toBe('parsing time "yesterday" as "2006-01-02T15:04:05Z07:00": cannot parse "yesterday" as "2006"');
  expect(created('2026-13-02T03:04:05Z')).toBe('parsing time "2026-13-02T03:04:05Z": month out of range');
  expect(created(1)).toBe('json: cannot unmarshal number into Go struct field ObjectMeta.metadata.creationTimestamp of type string');
});

test('base64 is checked', () => {
  const secret = (data: JsonObject) => decode({ apiVersion: 'v1', kind: 'Secret', data }, { group: '', version: 'v1', kind: 'Secret' });
  expect(secret({ a: 'aGk=' }).fatal).toBeUndefined();
  expect(secret({ a: 'aGk' }).fatal?.message).toBe('illegal base64 data at input byte 0');
  expect(secret({ a: 'hello!' }).fatal?.message).toBe('illegal base64 data at input byte 5');
});

test('keys that JavaScript knows are fields like any other', () => {
  const object = JSON.parse('{"spec": {"__proto__": 1, "constructor": 2, "selector": {"__proto__": "x"}}}') as JsonObject;
  const { value, strictErrors } = decodeService(object);
  expect(strictErrors.map((error) => error.path)).toEqual(['spec.__proto__', 'spec.constructor']);
  expect(Object.keys((value.spec as JsonObject).selector as JsonObject)).toEqual(['__proto__']);
});

test('any object is decoded or refused, never thrown over', () => {
  const names = fc.constantFrom(
    'metadata',
    'spec',
    'ports',
    'selector',
    'port',
    'template',
    'containers',
    'resources',
    'limits',
    'data',
    'x',
  );
  const json = fc.letrec<{ node: JsonValue }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 6 },
      fc.jsonValue({ maxDepth: 0 }) as fc.Arbitrary<JsonValue>,
      fc.array(tie('node'), { maxLength: 3 }),
      fc.dictionary(names, tie('node')),
    ),
  })).node;
  fc.assert(
    fc.property(fc.constantFrom(...schemaKinds()), fc.dictionary(names, json), ([apiVersion, kind], object) => {
      const [group = '', version = ''] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
      const { value, fatal, strictErrors } = decode(object, { group, version, kind });
      if (fatal !== undefined) expect(fatal.message).not.toBe('');
      // What has been decoded once is as the types want it.
      else if (strictErrors.length === 0) expect(decode(value, { group, version, kind })).toEqual({ value, strictErrors: [] });
    }),
    { numRuns: 500 },
  );
});
