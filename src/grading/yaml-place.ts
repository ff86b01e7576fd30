import { isMap, isScalar, isSeq, type LineCounter, type Node } from 'yaml';

/** Keys and indices from the root of a YAML text, as Zod gives them. */
export type YamlPath = readonly PropertyKey[];

/** Line and column, both from 1. */
export interface YamlPlace {
  readonly line: number;
  readonly column: number;
}

/** Where the value at a path stands; the nearest parent when a field is missing. `key`: where the field's name stands. */
export function placeOf(root: Node | null, lines: LineCounter, path: YamlPath, at: 'key' | 'value' = 'value'): YamlPlace {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (const [index, key] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === key);
      if (pair === undefined) break;
      const keyOffset = isScalar(pair.key) ? pair.key.range?.[0] : undefined;
      offset = keyOffset ?? offset;
      if (at === 'key' && index === path.length - 1) break;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
    } else break;
    offset = (node as Node | null | undefined)?.range?.[0] ?? offset;
  }
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

/** `checks[1].from` */
export function pathText(path: YamlPath): string {
  return path.map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`)).join('');
}
