import { describe, expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../../api/json.ts';
import { emptyStore } from '../../api/object-store.ts';
import { exampleCluster } from '../../proxy/example-objects.ts';
import { admit } from '../admit.ts';

const apiVersion = 'gateway.networking.k8s.io/v1';
const installed = exampleCluster({ installedApis: [apiVersion] });

function post(kind: string, spec: JsonValue, cluster = installed) {
  const object: JsonObject = { apiVersion, kind, metadata: { name: 'a' }, spec };
  const before = JSON.stringify(object);
  const result = admit(emptyStore(), { verb: 'create', object, namespace: 'default' }, cluster, 1);
  expect(JSON.stringify(object)).toBe(before);
  return result;
}

function refusal(kind: string, spec: JsonValue): string {
  const result = post(kind, spec);
  return result.ok ? 'created' : result.failure.message;
}

describe('Gateway API objects', () => {
  test('are known only where the API is installed', () => {
    const result = post('HTTPRoute', {}, exampleCluster());
    expect(result).toMatchObject({ ok: false, notModelled: [`${apiVersion} HTTPRoute`] });
  });

  test('get the defaults of their schema', () => {
    const result = post('HTTPRoute', { parentRefs: [{ name: 'edge' }], rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] });
    expect(result.ok && result.stored.spec).toEqual({
      parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge' }],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: '/' } }],
          backendRefs: [{ group: '', kind: 'Service', name: 'web', port: 80, weight: 1 }],
        },
      ],
    });
  });

  test.each<[string, string, JsonValue, string]>([
    [
      'a type',
      'HTTPRoute',
      { hostnames: 'a' },
      'spec.hostnames: Invalid value: "string": spec.hostnames in body must be of type array: "string"',
    ],
    [
      'a bound',
      'HTTPRoute',
      { rules: [{ backendRefs: [{ name: 'a', weight: -1 }] }] },
      'spec.rules[0].backendRefs[0].weight: Invalid value: -1: spec.rules[0].backendRefs[0].weight in body should be greater than or equal to 0',
    ],
    ['a missing field', 'Gateway', { gatewayClassName: 'a' }, 'spec.listeners: Required value'],
    [
      'a choice',
      'HTTPRoute',
      { rules: [{ matches: [{ path: { type: 'Prefix', value: '/' } }] }] },
      'spec.rules[0].matches[0].path.type: Unsupported value: "Prefix": supported values: "Exact", "PathPrefix", "RegularExpression"',
    ],
  ])('%s is checked', (_, kind, spec, message) => {
    expect(refusal(kind, spec)).toBe(`${kind}.gateway.networking.k8s.io "a" is invalid: ${message}`);
  });

  test('fields that are not known here are kept, and named', () => {
    const result = post('GatewayClass', { controllerName: 'a', colour: 'red' });
    expect(result).toMatchObject({ ok: true, notModelled: ['spec.colour'] });
  });
});
