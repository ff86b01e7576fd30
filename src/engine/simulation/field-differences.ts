import type { JsonObject, JsonValue } from '../api/json.ts';
import { sameValue } from '../api/same-value.ts';
import type { ObjectRef, Span } from '../diagnostics/diagnostic.ts';
import type { SourceMap } from './snapshot.ts';
import { isJsonObject, type WrittenObject, type WrittenObjects } from './written-objects.ts';

/** A field that somebody wrote otherwise in one cluster than in another. */
export interface FieldDifference {
  /** Absent: a field of the world's own file, such as `proxy.mode`. */
  readonly object?: ObjectRef;
  /** In the later manifest, or in the earlier one where the later has it no more. Empty: the whole object came or went. */
  readonly path: string;
  /** Absent: it was not there. */
  readonly before?: JsonValue;
  readonly after?: JsonValue;
  /** Where it stands in the YAML of either; absent where no manifest is at hand. */
  readonly spanBefore?: Span;
  readonly spanAfter?: Span;
}

/** A place where two values part, by its path in each. Used as a key: one object a place. */
interface Parting {
  readonly paths: Both<string>;
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
}

interface Both<T> {
  readonly before: T;
  readonly after: T;
}

/** Says for a place where two values part which of them the mixture has. */
type TakesAfter = (parting: Parting) => boolean;

/**
 * Two values grown together: where they agree that, elsewhere the one that `takesAfter` says. Items of lists belong together that have one name,
 * or, nameless, one place.
 */
function mixed(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  paths: Both<string>,
  takesAfter: TakesAfter,
): JsonValue | undefined {
  if (sameValue(before, after)) return before;
  if (isJsonObject(before) && isJsonObject(after)) return mixedObject(before, after, paths, takesAfter);
  if (isObjectList(before) && isObjectList(after)) return mixedList(before, after, paths, takesAfter);
  return takesAfter({ paths, before, after }) ? after : before;
}

function mixedObject(before: JsonObject, after: JsonObject, paths: Both<string>, takesAfter: TakesAfter): JsonObject {
  const out: Record<string, JsonValue> = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const value = mixed(before[key], after[key], { before: fieldPath(paths.before, key), after: fieldPath(paths.after, key) }, takesAfter);
    if (value !== undefined) out[key] = value;
  }
  return out;
}

type ObjectList = readonly JsonObject[];

function mixedList(before: ObjectList, after: ObjectList, paths: Both<string>, takesAfter: TakesAfter): JsonValue {
  const partnerOf = partners(before, after);
  const met = new Set<number>();
  const out: JsonValue[] = [];
  const add = (old: number | undefined, fresh: number | undefined) => {
    const itemPaths = { before: `${paths.before}[${old ?? fresh}]`, after: `${paths.after}[${fresh ?? old}]` };
    const value = mixed(old === undefined ? undefined : before[old], fresh === undefined ? undefined : after[fresh], itemPaths, takesAfter);
    if (value !== undefined) out.push(value);
  };
  for (const fresh of after.keys()) {
    const old = partnerOf(fresh);
    if (old !== undefined) met.add(old);
    add(old, fresh);
  }
  for (const old of before.keys()) if (!met.has(old)) add(old, undefined);
  return out;
}

/** Finds the old item that a new one continues. */
function partners(before: ObjectList, after: ObjectList): (fresh: number) => number | undefined {
  const names = before.map(({ name }) => name);
  const areNamed = [...before, ...after].every(({ name }) => typeof name === 'string');
  const byName = areNamed && after.some(({ name }) => names.includes(name));
  return (fresh) => {
    const old = byName ? names.indexOf(after[fresh]?.name) : fresh;
    return old >= 0 && old < before.length ? old : undefined;
  };
}

function isObjectList(value: JsonValue | undefined): value is ObjectList {
  return Array.isArray(value) && value.every((item) => isJsonObject(item));
}

function fieldPath(parent: string, key: string): string {
  if (/[./]/.test(key)) return `${parent}[${key}]`;
  return parent === '' ? key : `${parent}.${key}`;
}

/** Two sets of manifests, and every mixture of them. */
export interface Differences {
  readonly fields: readonly FieldDifference[];
  /** What would be written if only some of the differences were made, given as indexes of `fields`. */
  mixture(made: ReadonlySet<number>): { readonly objects: readonly WrittenObject[]; readonly world: JsonValue };
}

export interface Manifests {
  readonly objects: WrittenObjects;
  /** The world's file as plain data. */
  readonly world: JsonValue;
  readonly sources: SourceMap;
}

export function differencesOf(before: Manifests, after: Manifests): Differences {
  const fields: FieldDifference[] = [];
  const note = (ref: ObjectRef | undefined, parting: Parting) => {
    fields.push(describe(ref, parting, before.sources, after.sources));
    return fields.length - 1;
  };
  const indexes = new Map<string, number>();
  // The first pass counts the places where they part, later ones meet the same places again.
  const run = (made: ReadonlySet<number> | undefined) => {
    const chooser = (key: string, ref: ObjectRef | undefined): TakesAfter => {
      return (parting) => {
        const place = `${key} ${parting.paths.before} ${parting.paths.after}`;
        const index = indexes.get(place) ?? note(ref, parting);
        indexes.set(place, index);
        return made?.has(index) === true;
      };
    };
    const objects: WrittenObject[] = [];
    for (const key of new Set([...before.objects.keys(), ...after.objects.keys()])) {
      const old = before.objects.get(key);
      const fresh = after.objects.get(key);
      const written = fresh ?? old;
      if (written === undefined) continue;
      const json = mixed(old?.json, fresh?.json, { before: '', after: '' }, chooser(key, refOf(written.json)));
      if (isJsonObject(json)) objects.push({ json, by: written.by });
    }
    const world = mixed(before.world, after.world, { before: '', after: '' }, chooser('', undefined)) ?? null;
    return { objects, world };
  };
  run(undefined);
  return { fields, mixture: run };
}

function describe(object: ObjectRef | undefined, { paths, before, after }: Parting, old: SourceMap, fresh: SourceMap): FieldDifference {
  const path = after === undefined ? paths.before : paths.after;
  const spanOf = (sources: SourceMap, at: string, value: JsonValue | undefined): Span | undefined => {
    if (object === undefined || value === undefined) return undefined;
    const found = sources.locate({ object, path: at });
    return found?.key ?? found?.value;
  };
  const spanBefore = spanOf(old, paths.before, before);
  const spanAfter = spanOf(fresh, paths.after, after);
  return {
    ...(object === undefined ? {} : { object }),
    path,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    ...(spanBefore === undefined ? {} : { spanBefore }),
    ...(spanAfter === undefined ? {} : { spanAfter }),
  };
}

function refOf(json: JsonObject): ObjectRef {
  const metadata = isJsonObject(json.metadata) ? json.metadata : {};
  const namespace = typeof metadata.namespace === 'string' ? { namespace: metadata.namespace } : {};
  return { apiVersion: String(json.apiVersion), kind: String(json.kind), ...namespace, name: String(metadata.name) };
}
