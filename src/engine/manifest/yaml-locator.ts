import type { YamlMapping, YamlNode } from './yaml-node.ts';
import { isMergeKey, jsonKey } from './yaml-to-json.ts';

export interface LocatedNode {
  readonly key?: YamlNode;
  readonly value: YamlNode;
}

/**
 * Finds a field by Kubernetes' path: `spec.ports[0].port`, `metadata.labels[app.kubernetes.io/name]`. Keys may hold dots and brackets
 * themselves, so the longest key that fits is tried first. Aliases and merge keys are followed to the text that was written.
 */
export function locateNode(root: YamlNode, path: string): LocatedNode | undefined {
  return path === '' ? { value: root } : find(root, path.startsWith('[') ? path : `.${path}`);
}

function find(node: YamlNode, rest: string): LocatedNode | undefined {
  const target = node.kind === 'alias' ? node.target : node;
  if (target.kind === 'sequence') {
    const match = /^\[(\d+)\]/.exec(rest);
    const item = match === null ? undefined : target.items[Number(match[1])];
    if (match === null || item === undefined) return undefined;
    const deeper = rest.slice(match[0].length);
    return deeper === '' ? { value: item } : find(item, deeper);
  }
  if (target.kind !== 'mapping') return undefined;
  const entries = entriesByName(target);
  for (const length of stepLengths(rest)) {
    const name = rest.startsWith('[') ? rest.slice(1, length - 1) : rest.slice(1, length);
    const entry = entries.get(name);
    if (entry === undefined) continue;
    const deeper = rest.slice(length);
    const found = deeper === '' ? entry : find(entry.value, deeper);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Where the first step of a path may end, the longest first: before every dot and bracket, or after every closing bracket. */
function stepLengths(rest: string): number[] {
  const lengths: number[] = [];
  const bracketed = rest.startsWith('[');
  for (let at = 1; at <= rest.length; at++) {
    const next = rest.charAt(at);
    const ends = next === '' || next === '.' || next === '[';
    if (ends && (!bracketed || rest.charAt(at - 1) === ']')) lengths.unshift(at);
  }
  return lengths;
}

/** Mappings are asked for many fields in a row when an object is refused for many reasons. */
const known = new WeakMap<YamlMapping, ReadonlyMap<string, YamlMapping['entries'][number]>>();

function entriesByName(mapping: YamlMapping): ReadonlyMap<string, YamlMapping['entries'][number]> {
  let entries = known.get(mapping);
  if (entries === undefined) {
    const made = new Map<string, YamlMapping['entries'][number]>();
    for (const { name, entry } of effectiveEntries(mapping, new Set())) if (!made.has(name)) made.set(name, entry);
    entries = made;
    known.set(mapping, entries);
  }
  return entries;
}

/** Entries from the last to the first, so that the first of a name is the one that counts. */
function* effectiveEntries(
  mapping: YamlMapping,
  open: Set<YamlNode>,
): Generator<{ readonly name: string; readonly entry: YamlMapping['entries'][number] }> {
  if (open.has(mapping)) return;
  open.add(mapping);
  for (const entry of [...mapping.entries].reverse()) {
    if (isMergeKey(entry.key)) {
      for (const source of entry.value.kind === 'sequence' ? entry.value.items : [entry.value]) {
        const target = source.kind === 'alias' ? source.target : source;
        if (target.kind === 'mapping') yield* effectiveEntries(target, open);
      }
    } else {
      const name = jsonKey(entry.key);
      if (name !== undefined) yield { name, entry };
    }
  }
}
