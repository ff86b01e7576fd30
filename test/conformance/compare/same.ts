import type { JsonObject, JsonValue } from '#engine/api/json.ts';

/** An answer of the wrong shape: a miss, never the end of a run. */
export class WrongShape extends Error {
  override readonly name = 'WrongShape';
}

/** Equality as `compare.py` sees it: key order is nothing, list order is, and `true` equals 1 (Python's booleans are numbers). */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a === 'boolean' && typeof b === 'number') return Number(a) === b;
  if (typeof a === 'number' && typeof b === 'boolean') return a === Number(b);
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, index) => same(item, b[index]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as a map; absent, null and other empty values count as an empty one. */
export function objectOr(value: JsonValue | undefined): JsonObject {
  if (isEmptyValue(value)) return {};
  if (!isObject(value)) throw new WrongShape('not a map');
  return value;
}

/** The value as a list; absent, null and other empty values count as an empty one. */
export function listOr(value: JsonValue | undefined): readonly JsonValue[] {
  if (isEmptyValue(value)) return [];
  if (!Array.isArray(value)) throw new WrongShape('not a list');
  return value;
}

/** A list of texts; absent and empty values count as an empty one. */
export function textsOr(value: JsonValue | undefined): readonly string[] {
  return listOr(value).map(asText);
}

export function asText(value: JsonValue | undefined): string {
  if (typeof value !== 'string') throw new WrongShape('not a text');
  return value;
}

/** A text for sorting and comparing values whose order means nothing. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value ?? null);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${members.join(',')}}`;
}

export function sortedByCanonical<T>(values: readonly T[]): readonly T[] {
  return values
    .map((value) => [canonical(value), value] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, value]) => value);
}

/** What Python calls false: compare.py reads such a value as an absent one. */
export function isEmptyValue(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || value === false || value === 0 || value === '' || isEmptyCollection(value);
}

const emptyMeansAbsent = new Set([
  'status',
  'loadBalancer',
  'resources',
  'securityContext',
  'conditions',
  'annotations',
  'labels',
  'updateStrategy',
  'strategy',
  'metadata',
  'endpoints',
  'ports',
]);

/** Without nulls, and without empty maps and lists where they mean the same as their absence (never under a selector or a volume). */
export function prune(value: JsonValue | undefined): JsonValue | undefined {
  if (Array.isArray(value)) return value.map((item) => prune(item) ?? null);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).flatMap(([key, member]): readonly (readonly [string, JsonValue])[] => {
    const pruned = prune(member);
    if (pruned === undefined || pruned === null) return [];
    return emptyMeansAbsent.has(key) && isEmptyCollection(pruned) ? [] : [[key, pruned]];
  });
  return Object.fromEntries(kept);
}

function isEmptyCollection(value: JsonValue): boolean {
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}
