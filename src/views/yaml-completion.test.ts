import { describe, expect, test } from 'vitest';
import { type ClusterFacts, completeYaml } from './yaml-completion.ts';

const facts: ClusterFacts = {
  namespaces: ['default', 'shop'],
  labels: { default: { app: ['my-app', 'cache'], tier: ['web'] }, shop: { app: ['cart'] } },
  portNames: { default: ['http'], shop: [] },
};

/** Completes at the `|`. */
function at(marked: string): readonly string[] {
  const offset = marked.indexOf('|');
  return completeYaml(marked.replace('|', ''), offset, facts)?.items.map((item) => item.label) ?? [];
}

describe('completeYaml', () => {
  test.each([
    ['the top', '|', ['apiVersion', 'kind', 'metadata', 'spec']],
    ['only what is not there yet', 'apiVersion: v1\nkind: Service\n|', ['metadata', 'spec']],
    ['metadata', 'kind: Service\nmetadata:\n  name: a\n  |', ['namespace', 'labels', 'annotations']],
    ['a type', 'kind: Service\nspec:\n  type: |', ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName']],
    ['a protocol in a list', 'kind: Service\nspec:\n  ports:\n    - protocol: |', ['TCP', 'UDP', 'SCTP']],
    ['a label key that Pods have', 'kind: Service\nspec:\n  selector:\n    |', ['app', 'tier']],
    ['a label value that Pods have', 'kind: Service\nspec:\n  selector:\n    app: |', ['my-app', 'cache']],
    ['labels of its own namespace', 'kind: Service\nmetadata:\n  namespace: shop\nspec:\n  selector:\n    app: |', ['cart']],
    ['a named port', 'kind: Service\nspec:\n  ports:\n    - port: 80\n      targetPort: |', ['http']],
    ['a namespace', 'kind: Service\nmetadata:\n  namespace: |', ['default', 'shop']],
    [
      'fields of a port but those it has',
      'kind: Service\nspec:\n  ports:\n    - port: 80\n      |',
      ['name', 'protocol', 'targetPort', 'nodePort', 'appProtocol'],
    ],
    ['nothing in another kind', 'kind: Pod\nspec:\n  |', []],
    ['nothing in a comment', 'kind: Service\n# |', []],
    [
      'the second document by itself',
      'kind: Pod\n---\nkind: Service\nspec:\n  type: |',
      ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'],
    ],
  ])('%s', (_name, marked, labels) => {
    expect(at(marked)).toEqual(labels);
  });

  test('replaces the word that is there', () => {
    expect(completeYaml('kind: Ser', 9, facts)).toMatchObject({ from: 6, to: 9 });
  });

  test('opens a block where one must follow', () => {
    const items = completeYaml('', 0, facts)?.items;
    expect(items?.find((item) => item.label === 'spec')?.insert).toBe('spec:\n  ');
    expect(items?.find((item) => item.label === 'kind')?.insert).toBe('kind: ');
  });
});
