import type { ObjectDraft } from './draft.ts';

const stringMaps = new Set([
  'labels',
  'annotations',
  'matchLabels',
  'nodeSelector',
  'data',
  'stringData',
  'binaryData',
  'limits',
  'requests',
  'overhead',
]);
/** Kinds whose `selector` is a map of labels, which Go drops when it is empty, and not a LabelSelector. */
const selectorIsMap = new Set(['Service', 'ReplicationController']);

/**
 * Removes, in place, lists and maps that are empty, as Go's `omitempty` does when an object comes back out of etcd.
 * Empty structs stay: `emptyDir: {}` and `podSelector: {}` mean something.
 */
export function dropEmpty(draft: ObjectDraft, alwaysListed: readonly string[] = []): void {
  const object = draft as unknown as Record<string, unknown>;
  dropEmptyIn(object, selectorIsMap.has(draft.kind));
  for (const key of alwaysListed) object[key] ??= null;
}

function dropEmptyIn(object: Record<string, unknown>, mapSelector: boolean): void {
  for (const key in object) {
    const value = object[key];
    if (typeof value !== 'object' || value === null) {
      if (value === undefined) delete object[key];
    } else if (Array.isArray(value)) {
      if (value.length === 0) delete object[key];
      else
        for (const item of value) if (typeof item === 'object' && item !== null) dropEmptyIn(item as Record<string, unknown>, mapSelector);
    } else if (stringMaps.has(key) || (mapSelector && key === 'selector')) {
      if (isEmpty(value)) delete object[key];
    } else {
      dropEmptyIn(value as Record<string, unknown>, mapSelector);
    }
  }
}

function isEmpty(value: object): boolean {
  for (const _ in value) return false;
  return true;
}
