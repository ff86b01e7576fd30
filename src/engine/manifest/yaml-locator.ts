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
  const bracketed = rest.startsWith('[');
  const candidates: { readonly length: number; readonly entry: YamlMapping['entries'][number] }[] = [];
  const seen = new Set<string>();
  for (const { name, entry } of effectiveEntries(target, new Set())) {
    if (seen.has(name)) continue;
    seen.add(name);
    const step = bracketed ? `[${name}]` : `.${name}`;
    if (!rest.startsWith(step)) continue;
    const after = rest.charAt(step.length);
    if (after === '' || after === '.' || after === '[') candidates.push({ length: step.length, entry });
  }
  candidates.sort((a, b) => b.length - a.length);
  for (const { length, entry } of candidates) {
    const deeper = rest.slice(length);
    if (deeper === '') return entry;
    const found = find(entry.value, deeper);
    if (found !== undefined) return found;
  }
  return undefined;
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
