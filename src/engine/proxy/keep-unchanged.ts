/** Values in the order of their keys. */
export interface Aligned<K, V> {
  readonly keys: readonly K[];
  readonly values: readonly V[];
}

export interface Kept<V> {
  /** One for each key, in the order of the keys. */
  readonly values: readonly V[];
  /** Values made now, and values of before that no key asks for any more. */
  readonly added: readonly V[];
  readonly removed: readonly V[];
}

/**
 * Gives every key its value: the one it had before, or a new one. Keys are compared by identity, and no key comes twice.
 * `undefined` among the keys of before stands for one whose value must not be kept.
 *
 * Lists that differ in one place are the usual case, so what they have in common at both ends is not even looked up.
 */
export function keepUnchanged<K, V>(before: Aligned<K | undefined, V> | undefined, keys: readonly K[], make: (key: K) => V): Kept<V> {
  if (before === undefined) {
    const values = keys.map(make);
    return { values, added: values, removed: [] };
  }
  const { start, end, endBefore } = changedWindow(before.keys, keys);
  const known = new Map<K, V>();
  for (let index = start; index < endBefore; index++) {
    const key = before.keys[index];
    const value = before.values[index];
    if (key !== undefined && value !== undefined) known.set(key, value);
  }
  const added: V[] = [];
  const middle = keys.slice(start, end).map((key) => {
    const kept = known.get(key);
    if (kept !== undefined) {
      known.delete(key);
      return kept;
    }
    const made = make(key);
    added.push(made);
    return made;
  });
  const values = [...before.values.slice(0, start), ...middle, ...before.values.slice(endBefore)];
  return { values, added, removed: [...known.values()] };
}

/** The stretch in which two lists differ: from `start` to `endBefore` in the first, to `end` in the second. */
export function changedWindow(
  before: readonly unknown[],
  now: readonly unknown[],
): { readonly start: number; readonly endBefore: number; readonly end: number } {
  let start = 0;
  const shorter = Math.min(before.length, now.length);
  while (start < shorter && before[start] === now[start]) start++;
  let endBefore = before.length;
  let end = now.length;
  while (end > start && endBefore > start && before[endBefore - 1] === now[end - 1]) {
    end--;
    endBefore--;
  }
  return { start, endBefore, end };
}
