import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../api/json.ts';
import { create, pod, refusals, stored } from '../example-requests.ts';

const withVolume = (volume: JsonObject) => pod({ volumes: [{ name: 'data', ...volume }] });
const withMount = (mount: JsonObject, container: JsonObject = {}) =>
  pod({ volumes: [{ name: 'data' }] }, { volumeMounts: [{ name: 'data', mountPath: '/data', ...mount }], ...container });

const volume = 'spec.volumes[0]';
const mounts = 'spec.containers[0].volumeMounts';

describe('a volume', () => {
  it.each([
    [
      'comes from one source; the server misspells one of the others',
      { secret: { secretName: 's' }, configMap: { name: 'c' }, downwardAPI: {}, hostPath: { path: '/' } },
      ['secret', 'downwarAPI', 'configMap'].map((field) => `${volume}.${field}: Forbidden: may not specify more than 1 volume type`),
    ],
    ['of the host needs a path before its type is read', { hostPath: { type: 'Dir' } }, [`${volume}.hostPath.path: Required value`]],
    [
      'of the host goes no step back',
      { hostPath: { path: '/a/../b' } },
      [`${volume}.hostPath.path: Invalid value: "/a/../b": must not contain '..'`],
    ],
    [
      'writes files inside itself only',
      {
        configMap: {
          name: 'c',
          items: [
            { key: 'a', path: '/a' },
            { key: 'b', path: '../b' },
            { key: 'c', path: '..c' },
          ],
        },
      },
      [
        `${volume}.configMap.items[0].path: Invalid value: "/a": must be a relative path`,
        `${volume}.configMap.items[1].path: Invalid value: "../b": must not contain '..'`,
        `${volume}.configMap.items[2].path: Invalid value: "..c": must not start with '..'`,
      ],
    ],
    [
      'shows what the Pod is, not where it runs',
      {
        downwardAPI: {
          items: [
            { path: 'ip', fieldRef: { fieldPath: 'status.podIP' } },
            { path: 'cpu', resourceFieldRef: { resource: 'limits.cpu' } },
          ],
        },
      },
      [
        `${volume}.downwardAPI.fieldRef.fieldPath: Unsupported value: "status.podIP": supported values: "metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"`,
        `${volume}.downwardAPI.resourceFieldRef.containerName: Required value`,
      ],
    ],
    [
      'projects each file once',
      {
        projected: {
          sources: [
            { secret: { name: 's', items: [{ key: 'a', path: 'a' }] } },
            { configMap: { name: 'c', items: [{ key: 'a', path: 'a' }] } },
            { serviceAccountToken: { path: 'token', expirationSeconds: 60 } },
          ],
        },
      },
      [
        `${volume}.projected: Invalid value: "c": conflicting duplicate paths`,
        `${volume}.projected.sources[2].serviceAccountToken.expirationSeconds: Invalid value: 60: may not specify a duration less than 10 minutes`,
      ],
    ],
    [
      'holds no less than nothing',
      { emptyDir: { sizeLimit: '-1Gi' } },
      [`${volume}.emptyDir.sizeLimit: Forbidden: SizeLimit field must be a valid resource quantity`],
    ],
  ])('%s', (_name, source, expected) => {
    expect(refusals(create(withVolume(source)))).toEqual(expected);
  });

  it('has a name of its own', () => {
    expect(refusals(create(pod({ volumes: [{ name: 'a' }, { name: 'a' }, { name: 'a.b' }] })))).toEqual([
      'spec.volumes[1].name: Duplicate value: "a"',
      expect.stringMatching(/^spec\.volumes\[2\]\.name: Invalid value: "a\.b": must not contain dots/),
    ]);
  });

  it('with a mistake cannot be mounted', () => {
    const object = pod({ volumes: [{ name: 'data', secret: {} }] }, { volumeMounts: [{ name: 'data', mountPath: '/data' }] });
    expect(refusals(create(object))).toEqual([`${volume}.secret.secretName: Required value`, `${mounts}[0].name: Not found: "data"`]);
  });

  it('gives its references the version they mean', () => {
    const items = [{ path: 'name', fieldRef: { fieldPath: 'metadata.name' } }];
    expect(stored(create(withVolume({ projected: { sources: [{ downwardAPI: { items } }] } }))).spec).toMatchObject({
      volumes: [{ projected: { sources: [{ downwardAPI: { items: [{ fieldRef: { apiVersion: 'v1' } }] } }] } }],
    });
  });

  it('of a source that nobody checked is kept and told', () => {
    expect(create(withVolume({ nfs: { server: 'files', path: '/' } }))).toMatchObject({ ok: true, notModelled: [`${volume}.nfs`] });
  });
});

describe('a mount', () => {
  it.each([
    [
      'stays inside its volume; the server names the list',
      { subPath: '../etc' },
      {},
      [`${mounts}.subPath: Invalid value: "../etc": must not contain '..'`],
    ],
    [
      'has one way to say where',
      { subPath: 'a', subPathExpr: '$(A)' },
      {},
      [`${mounts}[0].subPathExpr: Invalid value: "$(A)": subPathExpr and subPath are mutually exclusive`],
    ],
    [
      'reaches the host from privileged containers only',
      { mountPropagation: 'Bidirectional' },
      {},
      [`${mounts}.mountPropagation: Forbidden: Bidirectional mount propagation is available only to privileged containers`],
    ],
    ['of a privileged container reaches the host', { mountPropagation: 'Bidirectional' }, { securityContext: { privileged: true } }, []],
    [
      'is read only before it is so all the way down',
      { recursiveReadOnly: 'Enabled' },
      {},
      [`${mounts}.recursiveReadOnly: Forbidden: may only be specified when readOnly is true`],
    ],
  ])('%s', (_name, mount, container, expected) => {
    expect(refusals(create(withMount(mount, container)))).toEqual(expected);
  });
});
