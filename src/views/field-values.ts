import type { FieldOrigin, KubeObject, ObjectRef, Snapshot } from '#engine';

/** One field of an object as stored, e.g. `spec.clusterIP` with `"10.96.1.100"`. */
export interface FieldValue {
  readonly path: string;
  readonly value: string;
}

/** Values of an object no manifest wrote: the API server's defaults and allocations. */
export interface FilledObject {
  readonly object: ObjectRef;
  readonly fields: readonly FieldValue[];
}

/** What the API server filled into the objects of one kind that a manifest wrote. */
export function filledValues(snapshot: Snapshot, kind: string): readonly FilledObject[] {
  return snapshot.store.list(kind).flatMap((stored): FilledObject[] => {
    const object = refOf(stored);
    const isWritten = (path: string) => snapshot.sources.locate({ object, path }) !== undefined;
    if (!isWritten('metadata.name')) return [];
    const fields = leaves(stored.spec, 'spec').filter(({ path }) => !isWritten(path));
    return fields.length === 0 ? [] : [{ object, fields }];
  });
}

export interface FieldChange {
  readonly origin: FieldOrigin;
  readonly before?: string;
  readonly after?: string;
}

/** Fields of one kind's objects that differ between two moments, objects that came or went included. At most `limit`. */
export function fieldChanges(before: Snapshot, after: Snapshot, kind: string, limit: number): readonly FieldChange[] {
  const old = new Map(before.store.list(kind).map((object) => [keyOf(object), object]));
  const fresh = new Map(after.store.list(kind).map((object) => [keyOf(object), object]));
  const changes: FieldChange[] = [];
  for (const key of new Set([...old.keys(), ...fresh.keys()])) {
    const was = old.get(key);
    const is = fresh.get(key);
    const object = is ?? was;
    if (object === undefined || was === is) continue;
    const oldValues = new Map(leaves(was?.spec, 'spec').map(({ path, value }) => [path, value]));
    const newValues = new Map(leaves(is?.spec, 'spec').map(({ path, value }) => [path, value]));
    for (const path of new Set([...oldValues.keys(), ...newValues.keys()])) {
      const oldValue = oldValues.get(path);
      const newValue = newValues.get(path);
      if (oldValue === newValue) continue;
      const origin = { object: refOf(object), path };
      changes.push({
        origin,
        ...(oldValue === undefined ? {} : { before: oldValue }),
        ...(newValue === undefined ? {} : { after: newValue }),
      });
      if (changes.length === limit) return changes;
    }
  }
  return changes;
}

function refOf({ apiVersion, kind, metadata }: KubeObject): ObjectRef {
  return { apiVersion, kind, name: metadata.name, ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }) };
}

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

/** Every scalar below a value with its path; lists of scalars are one value, as people read them. */
function leaves(value: unknown, path: string): readonly FieldValue[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== 'object' || item === null)) return [{ path, value: value.join(', ') }];
    return value.flatMap((item, index) => leaves(item, `${path}[${index}]`));
  }
  if (typeof value === 'object') return Object.entries(value).flatMap(([key, item]) => leaves(item, `${path}.${key}`));
  return [{ path, value: String(value) }];
}
