import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KubeObject } from './kube-object.ts';
import { emptyStore, type ObjectStore } from './object-store.ts';

function pod(namespace: string, name: string): KubeObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { namespace, name } };
}

function names(store: ObjectStore, namespace?: string): string[] {
  return store.list('Pod', namespace).map((object) => `${object.metadata.namespace}/${object.metadata.name}`);
}

describe('object store', () => {
  test('lists in the order of etcd keys', () => {
    const store = ['shop/b', 'shop/a', 'shop-2/z', 'default/web-10', 'default/web-2']
      .map((key) => key.split('/') as [string, string])
      .reduce((all, [namespace, name]) => all.put(pod(namespace, name)), emptyStore());
    expect(names(store)).toEqual(['default/web-10', 'default/web-2', 'shop-2/z', 'shop/a', 'shop/b']);
    expect(names(store, 'shop')).toEqual(['shop/a', 'shop/b']);
    expect(store.list('Service')).toEqual([]);
  });

  test('a write leaves the older store as it was', () => {
    const before = emptyStore().put(pod('default', 'a'));
    const after = before.put(pod('default', 'b')).delete('Pod', 'default', 'a');
    expect(names(before)).toEqual(['default/a']);
    expect(names(after)).toEqual(['default/b']);
    expect(after.get('Pod', 'default', 'a')).toBeUndefined();
  });

  test('writing what is there, or deleting what is not, gives the same store', () => {
    const a = pod('default', 'a');
    const store = emptyStore().put(a);
    expect(store.put(a)).toBe(store);
    expect(store.delete('Pod', 'default', 'b')).toBe(store);
    expect(store.delete('Pod', 'default', 'a').kinds()).toEqual([]);
  });

  test('a list is the same array until its namespace changes', () => {
    const store = emptyStore().put(pod('default', 'a')).put(pod('shop', 'a'));
    const list = store.list('Pod', 'default');
    expect(store.put(pod('shop', 'b')).list('Pod', 'default')).toBe(list);
    expect(store.put(pod('default', 'b')).list('Pod', 'default')).not.toBe(list);
  });

  test('cluster-scoped objects have no namespace', () => {
    const node: KubeObject = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-1' } };
    expect(emptyStore().put(node).get('Node', undefined, 'node-1')).toBe(node);
  });

  test('holds what a plain map holds after any run of writes', () => {
    const write = fc.record({ remove: fc.boolean(), namespace: fc.constantFrom('a', 'b'), name: fc.integer({ min: 0, max: 60 }) });
    fc.assert(
      fc.property(fc.array(write, { maxLength: 300 }), (writes) => {
        let store = emptyStore();
        const plain = new Map<string, KubeObject>();
        for (const { remove, namespace, name } of writes) {
          const object = pod(namespace, `p${name}`);
          store = remove ? store.delete('Pod', namespace, `p${name}`) : store.put(object);
          if (remove) plain.delete(`${namespace}/p${name}`);
          else plain.set(`${namespace}/p${name}`, object);
        }
        expect(names(store)).toEqual([...plain.keys()].sort());
      }),
    );
  });
});
