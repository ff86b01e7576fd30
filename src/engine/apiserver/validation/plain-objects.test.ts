import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../api/json.ts';
import { create, refusals, stored, update } from '../example-requests.ts';

const configMap = (fields: JsonObject): JsonObject => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'conf' }, ...fields });
const secret = (fields: JsonObject): JsonObject => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'key' }, ...fields });

describe('ConfigMaps and Secrets', () => {
  it('have keys that could be files, each once', () => {
    expect(refusals(create(configMap({ data: { '..': 'x', both: 'x' }, binaryData: { both: 'eA==' } })))).toEqual([
      'data[..]: Invalid value: "..": must not be \'..\'',
      'data[both]: Invalid value: "both": duplicate of key present in binaryData',
    ]);
  });

  it('stay as they are once they are immutable', () => {
    const frozen = configMap({ data: { a: '1' }, immutable: true });
    expect(refusals(update(frozen, configMap({ data: { a: '2' } })))).toEqual([
      'immutable: Forbidden: field is immutable when `immutable` is set',
      'data: Forbidden: field is immutable when `immutable` is set',
    ]);
  });

  it('keep plain texts of Secrets as base64', () => {
    expect(stored(create(secret({ stringData: { word: '비밀', long: 'abcd' } })))).toMatchObject({
      type: 'Opaque',
      data: { word: '67mE67CA', long: 'YWJjZA==' },
    });
  });

  it('have the keys of their type', () => {
    expect(refusals(create(secret({ type: 'kubernetes.io/tls', data: { 'tls.crt': '' } })))).toEqual(['data[tls.key]: Required value']);
  });
});

describe('cluster objects', () => {
  it('stand in no namespace', () => {
    const { metadata } = stored(create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', namespace: 'default' } }));
    expect(metadata).toEqual({ name: 'shop', labels: { 'kubernetes.io/metadata.name': 'shop' } });
  });

  it('name the taints of a Node where the server does', () => {
    const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-1' }, spec: { taints: [{ key: 'a', effect: 'Never' }] } };
    expect(refusals(create(node))).toEqual([
      'metadata.taints[0].effect: Unsupported value: "Never": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"',
    ]);
  });

  it('tell the missing parts of a class parameter last', () => {
    const spec = { controller: 'nginx', parameters: { scope: 'Namespace' } };
    expect(refusals(create({ apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', metadata: { name: 'a' }, spec }))).toEqual([
      'spec.controller: Invalid value: "nginx": must be a domain-prefixed path (such as "acme.io/foo")',
      "spec.parameters.namespace: Required value: `parameters.scope` is set to 'Namespace'",
      'spec.parameters.kind: Required value',
      'spec.parameters.name: Required value',
    ]);
  });
});
