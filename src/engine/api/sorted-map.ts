/**
 * An immutable map from text to values, kept in the order of its keys. A write shares all but the few nodes on the way to the key with
 * the map it was made from, so that ten thousand objects can be stored one by one and every stage keeps its own version.
 *
 * An AVL tree: the heights of two siblings differ by one at most.
 */
export interface SortedMap<T> {
  readonly key: string;
  readonly value: T;
  readonly height: number;
  readonly left: SortedMap<T> | undefined;
  readonly right: SortedMap<T> | undefined;
}

export type MaybeSortedMap<T> = SortedMap<T> | undefined;

export function lookUp<T>(map: MaybeSortedMap<T>, key: string): T | undefined {
  let node = map;
  while (node !== undefined && node.key !== key) node = key < node.key ? node.left : node.right;
  return node?.value;
}

/** The same map when the key holds this very value already. */
export function withEntry<T>(map: MaybeSortedMap<T>, key: string, value: T): SortedMap<T> {
  if (map === undefined) return { key, value, height: 1, left: undefined, right: undefined };
  if (key === map.key) return value === map.value ? map : { ...map, value };
  if (key < map.key) {
    const left = withEntry(map.left, key, value);
    return left === map.left ? map : balance(map, left, map.right);
  }
  const right = withEntry(map.right, key, value);
  return right === map.right ? map : balance(map, map.left, right);
}

/** The same map when it has no such key. */
export function withoutEntry<T>(map: MaybeSortedMap<T>, key: string): MaybeSortedMap<T> {
  if (map === undefined) return undefined;
  if (key < map.key) {
    const left = withoutEntry(map.left, key);
    return left === map.left ? map : balance(map, left, map.right);
  }
  if (key > map.key) {
    const right = withoutEntry(map.right, key);
    return right === map.right ? map : balance(map, map.left, right);
  }
  if (map.left === undefined) return map.right;
  if (map.right === undefined) return map.left;
  const next = first(map.right);
  return balance(next, map.left, withoutEntry(map.right, next.key));
}

export function* entriesOf<T>(map: MaybeSortedMap<T>): Generator<SortedMap<T>> {
  if (map === undefined) return;
  yield* entriesOf(map.left);
  yield map;
  yield* entriesOf(map.right);
}

function first<T>(map: SortedMap<T>): SortedMap<T> {
  let node = map;
  while (node.left !== undefined) node = node.left;
  return node;
}

function heightOf<T>(map: MaybeSortedMap<T>): number {
  return map === undefined ? 0 : map.height;
}

function join<T>(entry: SortedMap<T>, left: MaybeSortedMap<T>, right: MaybeSortedMap<T>): SortedMap<T> {
  return { key: entry.key, value: entry.value, height: 1 + Math.max(heightOf(left), heightOf(right)), left, right };
}

function balance<T>(entry: SortedMap<T>, left: MaybeSortedMap<T>, right: MaybeSortedMap<T>): SortedMap<T> {
  const tilt = heightOf(left) - heightOf(right);
  if (tilt > 1 && left !== undefined) {
    if (heightOf(left.left) >= heightOf(left.right) || left.right === undefined)
      return join(left, left.left, join(entry, left.right, right));
    return join(left.right, join(left, left.left, left.right.left), join(entry, left.right.right, right));
  }
  if (tilt < -1 && right !== undefined) {
    if (heightOf(right.right) >= heightOf(right.left) || right.left === undefined)
      return join(right, join(entry, left, right.left), right.right);
    return join(right.left, join(entry, left, right.left.left), join(right, right.left.right, right.right));
  }
  return join(entry, left, right);
}
