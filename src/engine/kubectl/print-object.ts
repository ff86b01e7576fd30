import { stringify } from 'yaml';
import type { KubeObject, ObjectMeta } from '../api/kube-object.ts';
import { timestamp } from './timestamp.ts';

/**
 * Objects as `-o yaml` and `-o json` print them: keys sorted, several as a List. The store keeps times as numbers; the API has texts.
 *
 * @models partly kubectl -o yaml and json: no uid, resourceVersion or managedFields
 */
export function printObjects(objects: readonly KubeObject[], asList: boolean, format: 'yaml' | 'json'): string {
  const items = objects.map(apiForm);
  const value = asList ? { apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } } : items[0];
  if (format === 'json') return `${JSON.stringify(sorted(value), undefined, 4)}\n`;
  return stringify(sorted(value), { indentSeq: false, lineWidth: 0, version: '1.1' });
}

/** The object as the API serves it. */
function apiForm(object: KubeObject): object {
  const { metadata, status, ...rest } = object;
  return { ...rest, metadata: apiMetadata(metadata), ...(status === undefined ? {} : { status: apiStatus(status) }) };
}

function apiMetadata({ creationTime, deletionTime, ...metadata }: ObjectMeta): object {
  return {
    ...metadata,
    ...(creationTime === undefined ? {} : { creationTimestamp: timestamp(creationTime) }),
    ...(deletionTime === undefined ? {} : { deletionTimestamp: timestamp(deletionTime) }),
  };
}

/** Times inside a status: numbers under names that say so. */
function apiStatus(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(apiStatus);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      typeof each === 'number' && (key === 'startTime' || /[a-z](At|Time)$/.test(key)) ? timestamp(each) : apiStatus(each),
    ]),
  );
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, sorted(each)]));
}
