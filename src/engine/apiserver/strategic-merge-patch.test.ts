import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../api/json.ts';
import { kindSchema, type SchemaType } from './schema/schema.ts';
import { applyStrategicPatch, createThreeWayPatch, PatchFault, type PatchObject, patchValue } from './strategic-merge-patch.ts';

function typeOf(apiVersion: string, kind: string): SchemaType {
  const struct = kindSchema(apiVersion, kind);
  if (struct === undefined) throw new Error(`no schema of ${kind}`);
  return { kind: 'struct', struct, goName: struct.goName, pointer: false };
}

const service = typeOf('v1', 'Service');
const deployment = typeOf('apps/v1', 'Deployment');

function copy(value: JsonValue): PatchObject {
  return patchValue(value) as PatchObject;
}

/** Patches as kubectl v1.37 makes them: apimachinery's CreateThreeWayMergePatch was asked. */
describe('the patch of kubectl apply', () => {
  const port = (number: number, more = {}) => ({ port: number, ...more });
  const stored = (...ports: JsonValue[]) => ({ spec: { type: 'ClusterIP', clusterIP: '10.96.0.9', ports } });

  test.each<[name: string, original: JsonValue, modified: JsonValue, current: JsonValue, patch: JsonValue]>([
    [
      'nothing',
      { spec: { ports: [port(80)] } },
      { spec: { ports: [port(80)] } },
      stored(port(80, { protocol: 'TCP', targetPort: 80 })),
      {},
    ],
    ['a value of another sort', {}, { spec: { type: 'NodePort' } }, stored(), { spec: { type: 'NodePort' } }],
    [
      'a line taken away',
      { spec: { type: 'ClusterIP', clusterIP: '10.96.0.9' } },
      { spec: {} },
      stored(),
      { spec: { type: null, clusterIP: null } },
    ],
    ['a line that somebody else has written stays', { spec: {} }, { spec: {} }, stored(), {}],
    [
      'another port',
      { spec: { ports: [port(80)] } },
      { spec: { ports: [port(81)] } },
      stored(port(80, { protocol: 'TCP' })),
      { spec: { '$setElementOrder/ports': [port(81)], ports: [port(81), { $patch: 'delete', port: 80 }] } },
    ],
    [
      'a field of a port',
      { spec: { ports: [port(80), port(443)] } },
      { spec: { ports: [port(80), port(443, { name: 'https' })] } },
      stored(port(80), port(443)),
      { spec: { '$setElementOrder/ports': [port(80), port(443)], ports: [port(443, { name: 'https' })] } },
    ],
    [
      'another order',
      { spec: { ports: [port(80), port(443)] } },
      { spec: { ports: [port(443), port(80)] } },
      stored(port(80), port(443)),
      { spec: { '$setElementOrder/ports': [port(443), port(80)] } },
    ],
    [
      'finalizers are a set',
      { metadata: { finalizers: ['a', 'b'] } },
      { metadata: { finalizers: ['b', 'c'] } },
      { metadata: { finalizers: ['a', 'b', 'x'] } },
      { metadata: { '$deleteFromPrimitiveList/finalizers': ['a'], '$setElementOrder/finalizers': ['b', 'c'], finalizers: ['c'] } },
    ],
  ])('%s', (_name, original, modified, current, patch) => {
    expect(createThreeWayPatch(copy(original), copy(modified), copy(current), service)).toEqual(patch);
  });

  test('a union keeps only the keys of the manifest', () => {
    const strategy = (value: JsonValue) => ({ spec: { strategy: value } });
    const patch = createThreeWayPatch(
      copy(strategy({ type: 'RollingUpdate' })),
      copy(strategy({ type: 'Recreate' })),
      copy(strategy({ type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%' } })),
      deployment,
    );
    expect(patch).toEqual(strategy({ $retainKeys: ['type'], type: 'Recreate' }));
  });

  test.each<[modified: JsonValue, message: string]>([
    [{ spec: { ports: [{ targetPort: 80 }] } }, 'map: map[targetPort:80] does not contain declared merge key: port'],
    [{ spec: { ports: ['80:80'] } }, 'list element types are not identical: [[map[port:80]] [80:80]]'],
  ])('%j cannot be compared', (modified, message) => {
    const make = () => createThreeWayPatch({}, copy(modified), copy(stored(port(80))), service);
    expect(make).toThrow(PatchFault);
    expect(make).toThrow(message);
  });
});

describe('applying a patch', () => {
  test.each<[name: string, patch: JsonValue, result: JsonValue]>([
    [
      'merges ports by their number',
      { spec: { ports: [{ port: 80, name: 'http' }, { port: 81 }] } },
      [{ port: 80, name: 'http', nodePort: 30080 }, { port: 81 }, { port: 443 }],
    ],
    ['deletes a port', { spec: { ports: [{ $patch: 'delete', port: 80 }] } }, [{ port: 443 }]],
    ['replaces the list', { spec: { ports: [{ $patch: 'replace' }, { port: 1 }] } }, [{ port: 1 }]],
    ['orders them', { spec: { '$setElementOrder/ports': [{ port: 443 }, { port: 80 }] } }, [{ port: 443 }, { port: 80, nodePort: 30080 }]],
  ])('%s', (_name, patch, ports) => {
    const before = copy({ spec: { ports: [{ port: 80, nodePort: 30080 }, { port: 443 }] } });
    expect(applyStrategicPatch(before, copy(patch), service)).toEqual({ spec: { ports } });
  });
});

test('a patch that was applied leaves nothing to patch', () => {
  const number = fc.constantFrom(80, 81, 443, 8080);
  const ports = fc.uniqueArray(
    fc.record({ port: number, name: fc.constantFrom('a', 'b'), targetPort: fc.constantFrom(1, 'x') }, { requiredKeys: ['port'] }),
    {
      selector: (one) => one.port,
    },
  );
  const spec = fc.record(
    {
      ports,
      type: fc.constantFrom('ClusterIP', 'NodePort'),
      selector: fc.dictionary(fc.constantFrom('app', 'tier'), fc.constantFrom('x', 'y')),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(spec, spec, (original, modified) => {
      // What only the cluster has written is not the manifest's to take away, lists of it apart: kubectl orders those again and again.
      const current = { spec: { ...original, clusterIP: '10.96.0.9' } };
      const patch = createThreeWayPatch(copy({ spec: original }), copy({ spec: modified }), copy(current), service);
      const after = applyStrategicPatch(copy(current), patch, service);
      expect(createThreeWayPatch(copy({ spec: modified }), copy({ spec: modified }), after, service)).toEqual({});
    }),
  );
});
