import { goPrint } from '../api/go-format.ts';
import type { JsonValue } from '../api/json.ts';
import type { SchemaField, SchemaType } from './schema/schema.ts';

/** Writable JSON. Patches are worked on in place, as the originals are in Go: what is left of a patch shows in the server's messages. */
export type PatchValue = string | number | boolean | null | PatchValue[] | PatchObject;
export interface PatchObject {
  [key: string]: PatchValue;
}

/** A patch that cannot be made or applied. It never leaves the functions that make and apply patches. */
export class PatchFault extends Error {
  override readonly name = 'PatchFault';
}

const directiveMarker = '$patch';
const retainKeysDirective = '$retainKeys';
const deleteListPrefix = '$deleteFromPrimitiveList';
const elementOrderPrefix = '$setElementOrder';

interface DiffOptions {
  readonly ignoreChangesAndAdditions: boolean;
  readonly ignoreDeletions: boolean;
  readonly buildRetainKeys: boolean;
}

interface MergeOptions {
  /** Whether lists of changes are carried out (on the server), or kept for later (while a patch is made of two). */
  readonly mergeParallelList: boolean;
  readonly ignoreUnmatchedNulls: boolean;
}

interface PatchMeta {
  readonly type: SchemaType | undefined;
  readonly strategy: 'merge' | 'replace' | '';
  readonly retainKeys: boolean;
  readonly mergeKey: string;
}

/**
 * The patch that kubectl apply sends: everything the manifest sets differently from the cluster's object, and the deletion of what the
 * last applied manifest had and this one has not. Arguments are not changed. Throws `PatchFault`.
 *
 * Models: apimachinery pkg/util/strategicpatch CreateThreeWayMergePatch, v0.37.
 */
export function createThreeWayPatch(original: PatchObject, modified: PatchObject, current: PatchObject, type: SchemaType): PatchObject {
  const delta = diffMaps(clone(current), clone(modified), type, {
    ignoreDeletions: true,
    ignoreChangesAndAdditions: false,
    buildRetainKeys: false,
  });
  const deletions = diffMaps(clone(original), clone(modified), type, {
    ignoreDeletions: false,
    ignoreChangesAndAdditions: true,
    buildRetainKeys: false,
  });
  return mergeMap(deletions, delta, type, { mergeParallelList: false, ignoreUnmatchedNulls: false });
}

/**
 * Applies a patch. `original` and `patch` are both used up: what comes back shares parts with them. Throws `PatchFault`.
 *
 * Models: apimachinery pkg/util/strategicpatch StrategicMergeMapPatch, v0.37.
 */
export function applyStrategicPatch(original: PatchObject, patch: PatchObject, type: SchemaType): PatchObject {
  return mergeMap(original, patch, type, { mergeParallelList: true, ignoreUnmatchedNulls: true });
}

export function clone<T extends PatchValue>(value: T): T {
  return structuredCloneJson(value) as T;
}

/** A private copy of a JSON value. */
export function patchValue(value: JsonValue): PatchValue {
  return structuredCloneJson(value as PatchValue);
}

function structuredCloneJson(value: PatchValue): PatchValue {
  if (Array.isArray(value)) return value.map(structuredCloneJson);
  if (typeof value !== 'object' || value === null) return value;
  const out: PatchObject = {};
  for (const key of Object.keys(value)) {
    const item = value[key];
    if (item !== undefined) set(out, key, structuredCloneJson(item));
  }
  return out;
}

/** A plain assignment to `__proto__` would change the prototype. */
function set(object: PatchObject, key: string, value: PatchValue): void {
  if (key === '__proto__') Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  else object[key] = value;
}

function get(object: PatchObject, key: string): PatchValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function isMap(value: PatchValue | undefined): value is PatchObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Go keys: in no order. Sorted here, so that the first of several faults is always the same. */
function keysOf(object: PatchObject): string[] {
  return Object.keys(object).sort();
}

/** The kinds Go tells apart in JSON. */
function goKind(value: PatchValue | undefined): string {
  if (value === null || value === undefined) return 'nil';
  if (Array.isArray(value)) return 'slice';
  if (typeof value === 'object') return 'map';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return typeof value;
}

function goTypeName(kind: string): string {
  return kind === 'slice' ? '[]interface {}' : kind === 'map' ? 'map[string]interface {}' : kind === 'boolean' ? 'bool' : kind;
}

function badType(expected: string, actual: PatchValue | undefined): PatchFault {
  return new PatchFault(`expected a ${goTypeName(expected)}, but received a ${goTypeName(goKind(actual))}`);
}

function noMergeKey(map: PatchObject, key: string): PatchFault {
  return new PatchFault(`map: ${goPrint(map)} does not contain declared merge key: ${key}`);
}

function deepEqual(a: PatchValue | undefined, b: PatchValue | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, i) => deepEqual(item, b[i]));
  if (!isMap(a) || !isMap(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && deepEqual(a[key], b[key]));
}

function lookup(type: SchemaType | undefined, key: string): PatchMeta {
  if (type === undefined) return { type: undefined, strategy: '', retainKeys: false, mergeKey: '' };
  const field: SchemaField | undefined = type.kind === 'struct' ? type.struct.fields.get(key) : undefined;
  if (field === undefined) throw new PatchFault(`unable to find api field "${key}"`);
  const { patch } = field;
  return {
    type: field.type,
    strategy: patch?.merge ? 'merge' : patch?.replace ? 'replace' : '',
    retainKeys: patch?.retainKeys ?? false,
    mergeKey: patch?.mergeKey ?? '',
  };
}

function lookupItem(type: SchemaType | undefined, key: string): PatchMeta {
  const meta = lookup(type, key);
  return { ...meta, type: meta.type?.kind === 'list' ? meta.type.item : meta.type };
}

// Making a patch.

function diffMaps(original: PatchObject, modified: PatchObject, type: SchemaType | undefined, options: DiffOptions): PatchObject {
  const patch: PatchObject = {};
  const retainKeys: PatchValue[] = [];
  for (const key of keysOf(modified)) {
    const value = modified[key] as PatchValue;
    if (options.buildRetainKeys && value !== null) retainKeys.push(key);
    const before = get(original, key);
    if (before === undefined || (key !== directiveMarker && goKind(before) !== goKind(value))) {
      if (!options.ignoreChangesAndAdditions) set(patch, key, value);
    } else if (key === directiveMarker) {
      if (typeof before !== 'string' || typeof value !== 'string')
        throw new PatchFault(`invalid value for special key: ${directiveMarker}`);
      if (before !== value) patch[directiveMarker] = value;
    } else if (isMap(before) && isMap(value)) {
      diffMap(key, before, value, patch, type, options);
    } else if (Array.isArray(before) && Array.isArray(value)) {
      diffList(key, before, value, patch, type, options);
    } else if (!options.ignoreChangesAndAdditions && before !== value) {
      set(patch, key, value);
    }
  }
  if (!options.ignoreDeletions) for (const key of Object.keys(original)) if (!Object.hasOwn(modified, key)) set(patch, key, null);
  const hasDropped = () => Object.keys(original).some((key) => original[key] !== null && !Object.hasOwn(modified, key));
  if (retainKeys.length > 0 && (Object.keys(patch).length > 0 || hasDropped())) patch[retainKeysDirective] = retainKeys;
  return patch;
}

function diffMap(
  key: string,
  original: PatchObject,
  modified: PatchObject,
  patch: PatchObject,
  type: SchemaType | undefined,
  options: DiffOptions,
): void {
  if (deepEqual(original, modified) && !hasField(type, key)) return;
  const meta = lookup(type, key);
  if (meta.strategy === 'replace') {
    if (!options.ignoreChangesAndAdditions) set(patch, key, modified);
    return;
  }
  const inner = diffMaps(original, modified, meta.type, { ...options, buildRetainKeys: meta.retainKeys });
  if (Object.keys(inner).length > 0) set(patch, key, inner);
}

function hasField(type: SchemaType | undefined, key: string): boolean {
  return type === undefined || (type.kind === 'struct' && type.struct.fields.has(key));
}

function diffList(
  key: string,
  original: PatchValue[],
  modified: PatchValue[],
  patch: PatchObject,
  type: SchemaType | undefined,
  options: DiffOptions,
): void {
  if (deepEqual(original, modified) && !hasField(type, key)) return;
  const meta = lookupItem(type, key);
  if (meta.strategy !== 'merge') {
    if (!options.ignoreChangesAndAdditions && !deepEqual(original, modified)) set(patch, key, modified);
    return;
  }
  const { add, remove, order } = diffMergedLists(original, modified, meta, { ...options, buildRetainKeys: meta.retainKeys });
  if (add.length > 0) set(patch, key, add);
  if (remove.length > 0) patch[`${deleteListPrefix}/${key}`] = remove;
  if (order.length > 0) patch[`${elementOrderPrefix}/${key}`] = order;
}

interface ListDiff {
  readonly add: PatchValue[];
  readonly remove: PatchValue[];
  readonly order: PatchValue[];
}

function diffMergedLists(original: PatchValue[], modified: PatchValue[], meta: PatchMeta, options: DiffOptions): ListDiff {
  if (original.length === 0) {
    return { add: modified.length === 0 || options.ignoreChangesAndAdditions ? [] : modified, remove: [], order: [] };
  }
  const { mergeKey } = meta;
  if (elementKind(original, modified) === 'map') {
    const { changed, deleted } = diffListsOfMaps(original, modified, meta, options);
    const add = [...sortByOrder(changed, modified, mergeKey, true), ...deleted];
    const sameOrder =
      original.length === modified.length && modified.every((item, i) => mergeKeyEqual(original[i] as PatchValue, item, mergeKey));
    const needsOrder =
      (!options.ignoreChangesAndAdditions && (add.length > 0 || !sameOrder)) || (!options.ignoreDeletions && add.length > 0);
    const order = needsOrder ? modified.map((item): PatchValue => ({ [mergeKey]: isMap(item) ? (item[mergeKey] ?? null) : null })) : [];
    return { add, remove: [], order };
  }
  const { added, deleted } = diffListsOfScalars(original, modified, options);
  const needsOrder =
    (!options.ignoreDeletions && deleted.length > 0) || (!options.ignoreChangesAndAdditions && !deepEqual(original, modified));
  return { add: sortByOrder(added, modified, mergeKey, false), remove: deleted, order: needsOrder ? modified : [] };
}

function diffListsOfScalars(original: readonly PatchValue[], modified: readonly PatchValue[], options: DiffOptions) {
  const before = goSort([...original], goPrint);
  const after = goSort([...modified], goPrint);
  const added: PatchValue[] = [];
  const deleted: PatchValue[] = [];
  for (let i = 0, j = 0; i < before.length || j < after.length; ) {
    const left = i < before.length ? goPrint(before[i]) : undefined;
    const right = j < after.length ? goPrint(after[j]) : undefined;
    if (left !== undefined && left === right) {
      i++;
      j++;
    } else if (left === undefined || (right !== undefined && left > right)) {
      if (!options.ignoreChangesAndAdditions) added.push(after[j] as PatchValue);
      j++;
    } else {
      if (!options.ignoreDeletions) deleted.push(before[i] as PatchValue);
      i++;
    }
  }
  return { added, deleted: deduplicate(deleted) };
}

function diffListsOfMaps(original: readonly PatchValue[], modified: readonly PatchValue[], meta: PatchMeta, options: DiffOptions) {
  const { mergeKey } = meta;
  const keyText = (item: PatchValue) => goPrint(isMap(item) ? (get(item, mergeKey) ?? null) : null);
  const before = goSort([...original], keyText);
  const after = goSort([...modified], keyText);
  const changed: PatchValue[] = [];
  const deleted: PatchValue[] = [];
  for (let i = 0, j = 0; i < before.length || j < after.length; ) {
    const left = i < before.length ? mapWithKey(before[i], mergeKey) : undefined;
    const right = j < after.length ? mapWithKey(after[j], mergeKey) : undefined;
    if (left !== undefined && right !== undefined && left.text === right.text) {
      const inner = diffMaps(left.map, right.map, meta.type, options);
      if (Object.keys(inner).length > 0) {
        set(inner, mergeKey, right.value);
        changed.push(inner);
      }
      i++;
      j++;
    } else if (right !== undefined && (left === undefined || left.text > right.text)) {
      if (!options.ignoreChangesAndAdditions) changed.push(right.map);
      j++;
    } else if (left !== undefined) {
      if (!options.ignoreDeletions) deleted.push({ [mergeKey]: left.value, [directiveMarker]: 'delete' });
      i++;
    }
  }
  return { changed, deleted };
}

function mapWithKey(item: PatchValue | undefined, mergeKey: string): { map: PatchObject; value: PatchValue; text: string } {
  if (!isMap(item)) throw badType('map', item);
  const value = get(item, mergeKey);
  if (value === undefined) throw noMergeKey(item, mergeKey);
  return { map: item, value, text: goPrint(value) };
}

// Applying a patch.

function mergeMap(original: PatchObject, patch: PatchObject, type: SchemaType | undefined, options: MergeOptions): PatchObject {
  const directive = get(patch, directiveMarker);
  if (directive === 'replace') {
    delete patch[directiveMarker];
    return patch;
  }
  if (directive === 'delete') return {};
  if (directive !== undefined) throw new PatchFault(`unknown patch type: ${goPrint(directive)} in map: ${goPrint(patch)}`);
  applyRetainKeys(original, patch, options);
  applyElementOrders(original, patch, type, options);
  for (const patchKey of keysOf(patch)) mergeField(original, patch, patchKey, type, options);
  return original;
}

function mergeField(
  original: PatchObject,
  patch: PatchObject,
  patchKey: string,
  type: SchemaType | undefined,
  options: MergeOptions,
): void {
  const value = patch[patchKey] as PatchValue;
  const isDeleteList = patchKey.startsWith(deleteListPrefix);
  if (isDeleteList && !options.mergeParallelList) {
    original[patchKey] = value;
    return;
  }
  const key = isDeleteList ? fieldOf(patchKey, deleteListPrefix) : patchKey;
  if (value === null) {
    delete original[key];
    if (options.ignoreUnmatchedNulls) return;
  }
  const before = get(original, key);
  if (before === undefined || goKind(before) !== goKind(value)) {
    if (isDeleteList) return;
    if (options.ignoreUnmatchedNulls) discardNulls(value);
    keepWithoutDirectives(original, key, value);
  } else if (isMap(before) && isMap(value)) {
    const meta = lookup(type, key);
    set(original, key, meta.strategy === 'replace' ? value : mergeMap(before, value, meta.type, options));
  } else if (Array.isArray(before) && Array.isArray(value)) {
    const meta = lookupItem(type, key);
    set(original, key, meta.strategy === 'merge' || isDeleteList ? mergeList(before, value, meta, options, isDeleteList) : value);
  } else {
    keepWithoutDirectives(original, key, value);
  }
}

function keepWithoutDirectives(original: PatchObject, key: string, value: PatchValue): void {
  const kept = removeDirectives(value);
  if (kept === undefined) delete original[key];
  else set(original, key, kept);
}

function fieldOf(patchKey: string, prefix: string): string {
  if (!patchKey.startsWith(`${prefix}/`)) {
    throw new PatchFault(
      prefix === deleteListPrefix ? 'invalid patch format of primitive list' : 'invalid patch format of setElementOrder list',
    );
  }
  return patchKey.slice(prefix.length + 1);
}

function applyRetainKeys(original: PatchObject, patch: PatchObject, options: MergeOptions): void {
  const retain = get(patch, retainKeysDirective);
  if (retain === undefined) return;
  delete patch[retainKeysDirective];
  if (!options.mergeParallelList) {
    original[retainKeysDirective] ??= retain;
    return;
  }
  const bad = new PatchFault('invalid patch format of retainKeys');
  if (!Array.isArray(retain)) throw bad;
  const kept = new Set(retain);
  for (const key of Object.keys(patch)) {
    if (patch[key] === null || key.startsWith(deleteListPrefix) || key.startsWith(elementOrderPrefix)) continue;
    if (!kept.has(key)) throw bad;
  }
  for (const key of Object.keys(original)) if (!kept.has(key)) delete original[key];
}

function applyElementOrders(original: PatchObject, patch: PatchObject, type: SchemaType | undefined, options: MergeOptions): void {
  for (const patchKey of keysOf(patch)) {
    if (!patchKey.startsWith(elementOrderPrefix)) continue;
    const order = patch[patchKey] as PatchValue;
    if (!options.mergeParallelList) {
      const before = get(original, patchKey);
      if (before !== undefined && !deepEqual(before, order)) throw new PatchFault('invalid patch format of setElementOrder list');
      original[patchKey] = order;
    }
    delete patch[patchKey];
    if (!Array.isArray(order)) throw badType('slice', order);
    const key = fieldOf(patchKey, elementOrderPrefix);
    const before = get(original, key);
    const list = get(patch, key);
    if (before !== undefined && !Array.isArray(before)) throw badType('slice', before);
    if (list !== undefined && !Array.isArray(list)) throw badType('slice', list);
    const meta = lookupItem(type, key);
    checkOrder(list ?? [], order, meta.mergeKey);
    let merged: PatchValue[];
    if (before === undefined) {
      if (list === undefined) continue;
      merged = removeDirectives(list) as PatchValue[];
    } else if (list === undefined) {
      merged = before;
    } else {
      merged = meta.strategy === 'merge' ? mergeList(before, list, meta, options, false) : list;
    }
    const { inList, others } = partition(merged, order, meta.mergeKey);
    const isMaps = elementKind(before ?? [], list ?? []) === 'map';
    set(original, key, orderElements(inList, others, order, before ?? [], meta.mergeKey, isMaps));
    delete patch[key];
  }
}

function checkOrder(list: readonly PatchValue[], order: readonly PatchValue[], mergeKey: string): void {
  if (order.length === 0 || list.length === 0) return;
  const items = mergeKey === '' ? list : splitDeletions(list).kept;
  let i = 0;
  for (let k = 0; i < items.length && k < order.length; ) {
    const item = items[i] as PatchValue;
    if (isMap(item) && Object.hasOwn(item, directiveMarker)) {
      i++;
      continue;
    }
    if (mergeKeyEqual(item, order[k] as PatchValue, mergeKey)) i++;
    k++;
  }
  if (i < items.length) {
    throw new PatchFault(
      `The order in patch list:\n${goPrint([...list])}\n doesn't match ${elementOrderPrefix} list:\n${goPrint([...order])}\n`,
    );
  }
}

function mergeList(
  original: PatchValue[],
  patch: PatchValue[],
  meta: PatchMeta,
  options: MergeOptions,
  isDeleteList: boolean,
): PatchValue[] {
  if (original.length === 0 && patch.length === 0) return original;
  const { mergeKey } = meta;
  const isMaps = elementKind(original, patch) === 'map';
  if (!isMaps) {
    if (options.mergeParallelList && isDeleteList) return original.filter((item) => !patch.includes(item));
    const merged = deduplicate([...original, ...patch]);
    const { inList, others } = partition(merged, patch, mergeKey);
    return orderElements(inList, others, patch, original, mergeKey, false);
  }
  if (mergeKey === '') throw new PatchFault(`cannot merge lists without merge key for ${meta.type?.kind ?? 'struct'}`);
  const { list, additions } = applyListDirectives(original, patch, mergeKey);
  const length = list.length;
  const places = keyPlaces(list, mergeKey);
  for (const item of additions) {
    const value = get(item, mergeKey);
    if (value === undefined) throw noMergeKey(item, mergeKey);
    const at = places.get(value);
    if (at !== undefined) list[at] = mergeMap(list[at] as PatchObject, item, meta.type, options);
    else {
      places.set(value, list.length);
      list.push(item);
    }
  }
  const { inList, others } = partition(list, additions, mergeKey);
  return orderElements(inList, others, additions, list.slice(0, length), mergeKey, true);
}

/** Carries out `$patch: delete` and `$patch: replace` among the items. */
function applyListDirectives(original: PatchValue[], patch: readonly PatchValue[], mergeKey: string) {
  const additions: PatchObject[] = [];
  let list = [...original];
  let replace = false;
  for (const item of patch) {
    if (!isMap(item)) throw badType('map', item);
    const directive = get(item, directiveMarker);
    if (directive === undefined) additions.push(item);
    else if (directive === 'delete') {
      const value = get(item, mergeKey);
      if (value === undefined) throw noMergeKey(item, mergeKey);
      if (keyPlaces(list, mergeKey).has(value)) list = list.filter((other) => !isMap(other) || get(other, mergeKey) !== value);
    } else if (directive === 'replace') replace = true;
    else if (directive === 'merge') throw new PatchFault('merging lists cannot yet be specified in the patch');
    else throw new PatchFault(`unknown patch type: ${goPrint(directive)} in map: ${goPrint(item)}`);
  }
  return replace ? { list: additions as PatchValue[], additions: [] } : { list, additions };
}

/** The first place of each value of the merge key. Items without the key are passed over, as in Go. */
function keyPlaces(list: readonly PatchValue[], mergeKey: string): Map<PatchValue, number> {
  const places = new Map<PatchValue, number>();
  for (const [at, item] of list.entries()) {
    if (!isMap(item)) throw new PatchFault(`value for key ${at} is not a map`);
    const value = get(item, mergeKey);
    if (value !== undefined && !places.has(value)) places.set(value, at);
  }
  return places;
}

function discardNulls(value: PatchValue): void {
  if (Array.isArray(value)) value.forEach(discardNulls);
  else if (isMap(value)) {
    for (const key of Object.keys(value)) {
      if (value[key] === null) delete value[key];
      else discardNulls(value[key] as PatchValue);
    }
  }
}

/** `undefined`: the value is itself a directive and goes away. */
function removeDirectives(value: PatchValue): PatchValue | undefined {
  if (Array.isArray(value)) return value.map(removeDirectives).filter((item) => item !== undefined);
  if (!isMap(value)) return value;
  if (Object.hasOwn(value, directiveMarker)) return undefined;
  for (const key of Object.keys(value)) keepWithoutDirectives(value, key, value[key] as PatchValue);
  return value;
}

// Order.

function elementKind(...lists: readonly (readonly PatchValue[])[]): string {
  let kind: string | undefined;
  for (const item of lists.flat(1)) {
    const itemKind = goKind(item);
    if (kind === undefined) {
      kind = itemKind;
      if (kind === 'slice') throw new PatchFault('lists of lists are not supported');
    } else if (kind !== itemKind) {
      throw new PatchFault(`list element types are not identical: [${lists.map((list) => goPrint([...list])).join(' ')}]`);
    }
  }
  if (kind === undefined) throw new PatchFault('no elements in any of the given slices');
  return kind;
}

function mergeKeyEqual(left: PatchValue, right: PatchValue, mergeKey: string): boolean {
  if (mergeKey === '') return left === right;
  return mapWithKey(left, mergeKey).value === mapWithKey(right, mergeKey).value;
}

function splitDeletions(list: readonly PatchValue[]): { kept: PatchValue[]; deletions: PatchValue[] } {
  const isDeletion = (item: PatchValue) => {
    if (!isMap(item)) throw badType('map', item);
    return get(item, directiveMarker) === 'delete';
  };
  return { kept: list.filter((item) => !isDeletion(item)), deletions: list.filter(isDeletion) };
}

function partition(list: readonly PatchValue[], by: readonly PatchValue[], mergeKey: string) {
  const inList: PatchValue[] = [];
  const others: PatchValue[] = [];
  const known = mergeKey === '' ? new Set(by) : keyPlaces(by, mergeKey);
  for (const item of list) (known.has(mergeKey === '' ? item : mapWithKey(item, mergeKey).value) ? inList : others).push(item);
  return { inList, others };
}

function orderElements(
  patchItems: PatchValue[],
  serverOnly: PatchValue[],
  patchOrder: readonly PatchValue[],
  serverOrder: readonly PatchValue[],
  mergeKey: string,
  isMaps: boolean,
): PatchValue[] {
  const right = sortByOrder(patchItems, patchOrder, mergeKey, isMaps);
  const left = sortByOrder(serverOnly, serverOrder, mergeKey, isMaps);
  const place = placeIn(serverOrder, mergeKey, isMaps);
  const out: PatchValue[] = [];
  for (let i = 0, j = 0; i < left.length || j < right.length; ) {
    const leftItem = left[i];
    const rightItem = right[j];
    const l = leftItem === undefined ? -1 : place(leftItem);
    const r = rightItem === undefined ? -1 : place(rightItem);
    if (rightItem === undefined || (leftItem !== undefined && l >= 0 && r >= 0 && l < r)) {
      out.push(leftItem as PatchValue);
      i++;
    } else {
      out.push(rightItem);
      j++;
    }
  }
  return out;
}

function placeIn(order: readonly PatchValue[], mergeKey: string, isMaps: boolean): (item: PatchValue) => number {
  const key = (item: PatchValue) => (isMaps ? (isMap(item) ? get(item, mergeKey) : null) : item);
  const places = new Map<PatchValue | undefined, number>();
  for (const [at, item] of order.entries()) if (!places.has(key(item))) places.set(key(item), at);
  return (item) => places.get(key(item)) ?? -1;
}

function sortByOrder(list: readonly PatchValue[], order: readonly PatchValue[], mergeKey: string, isMaps: boolean): PatchValue[] {
  if (isMaps) for (const item of [...list, ...order]) mapWithKey(item, mergeKey);
  const { kept, deletions } = isMaps ? splitDeletions(list) : { kept: [...list], deletions: [] };
  const place = placeIn(order, mergeKey, isMaps);
  if (kept.length > LONG_LIST) kept.sort((a, b) => place(a) - place(b));
  else {
    insertionSort(kept, (a, b) => {
      const [left, right] = [place(a), place(b)];
      return left >= 0 && right >= 0 ? left < right : true;
    });
  }
  return [...kept, ...deletions];
}

/** From this length on Go sorts otherwise, and so do we: nothing that people write is longer, and its order decides nothing else. */
const LONG_LIST = 20;

/** Go's sort of short lists, whose orderings here are none: equal items trade places, and unknown ones move to the front. */
function insertionSort(list: PatchValue[], less: (a: PatchValue, b: PatchValue) => boolean): PatchValue[] {
  for (let i = 1; i < list.length; i++) {
    for (let j = i; j > 0 && less(list[j] as PatchValue, list[j - 1] as PatchValue); j--) {
      [list[j], list[j - 1]] = [list[j - 1] as PatchValue, list[j] as PatchValue];
    }
  }
  return list;
}

/** Models: Go's sort.Sort of up to twelve items with `StringsAreSorted` as its order. Longer lists are sorted, with equal items as they were. */
function goSort(list: PatchValue[], text: (value: PatchValue) => string): PatchValue[] {
  if (list.length > 12) return list.sort((a, b) => (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0));
  return insertionSort(list, (a, b) => text(a) <= text(b));
}

/** Go's way: a repeated item is replaced by the last one. */
function deduplicate(items: PatchValue[]): PatchValue[] {
  const list = [...items];
  for (let i = 0; i < list.length - 1; i++) {
    for (let j = i + 1; j < list.length; j++) {
      if (list[i] !== list[j]) continue;
      list[j] = list[list.length - 1] as PatchValue;
      list.pop();
      j--;
    }
  }
  return list;
}
