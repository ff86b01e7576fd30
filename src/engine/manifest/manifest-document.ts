import type { JsonValue } from '../api/json.ts';
import type { Span } from '../diagnostics/diagnostic.ts';

export interface FieldLocation {
  /** Absent for list items and the whole document. */
  readonly key?: Span;
  readonly value: Span;
}

/** One document of a manifest file as kubectl reads it, with the place of every key and value. */
export interface ManifestDocument {
  readonly file: string;
  /** 0-based place in the file, items of a `kind: List` counted one by one. */
  readonly index: number;
  /** The document after YAML to JSON conversion, keys sorted. */
  readonly value: JsonValue;
  /** The place of a field, by Kubernetes' path (`spec.ports[0].port`); `''` is the whole document. Falls back to nothing, never to a parent. */
  locate(path: string): FieldLocation | undefined;
}

/** Items of a list kind as documents of their own; their paths begin at the item. */
export function itemDocument(document: ManifestDocument, value: JsonValue, item: number, index: number): ManifestDocument {
  const prefix = `items[${item}]`;
  return {
    file: document.file,
    index,
    value,
    locate: (path) => document.locate(path === '' ? prefix : path.startsWith('[') ? prefix + path : `${prefix}.${path}`),
  };
}
