import type { JsonValue } from '../api/json.ts';
import type { Span } from '../diagnostics/diagnostic.ts';

/** One document of a manifest file as kubectl reads it, with the place of every key and value. */
export interface ManifestDocument {
  readonly file: string;
  /** 0-based place in the file, items of a `kind: List` counted one by one. */
  readonly index: number;
  /** The document after YAML to JSON conversion. */
  readonly value: JsonValue;
  /** The place of a field, by Kubernetes' path (`spec.ports[0].port`); `''` is the whole document. Falls back to nothing, never to a parent. */
  locate(path: string): { readonly key?: Span; readonly value: Span } | undefined;
}
