import type { JsonObject, JsonValue } from '../../api/json.ts';
import type { Span } from '../../diagnostics/diagnostic.ts';
import type { ManifestDocument } from '../../manifest/manifest-document.ts';

/**
 * The text to point at for a field: its key for a matter of the name, its value for a matter of the value. A field that the manifest does
 * not have (a required one) is shown at the nearest thing above it that is there; a value of several lines at its key.
 */
export function fieldSpan(document: Pick<ManifestDocument, 'locate'>, path: string, part: 'key' | 'value'): Span | undefined {
  for (let at = path; ; at = parentPath(at)) {
    const found = document.locate(at);
    if (found !== undefined && at !== '') {
      const { key, value } = found;
      const valueIsShort = value.start.line === value.end.line && value.start.offset < value.end.offset;
      return at === path && part === 'value' && valueIsShort ? value : (key ?? firstCharacters(value));
    }
    if (at === '') {
      const named = document.locate('kind') ?? document.locate('apiVersion');
      return named?.value ?? document.locate('metadata')?.key ?? (found === undefined ? undefined : firstCharacters(found.value));
    }
  }
}

function parentPath(path: string): string {
  const cut = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
  return cut < 0 ? '' : path.slice(0, cut);
}

/** The beginning of a text of several lines: all of it would say nothing. */
function firstCharacters(span: Span): Span {
  if (span.start.line === span.end.line) return span;
  return { ...span, end: { offset: span.start.offset + 1, line: span.start.line, column: span.start.column + 1 } };
}

/**
 * Makes the path of a cause more exact than the server's own. Of a map of labels it names only the map, but its message quotes the key or
 * the value at fault; of addresses it speaks of `clusterIPs` where people write `clusterIP`; annotations it reports without `metadata`.
 */
export function exactPlace(
  document: ManifestDocument,
  path: string,
  message: string,
): { readonly path: string; readonly part: 'key' | 'value' } {
  if (document.locate(path) === undefined) {
    if (/^spec\.clusterIPs(\[0\])?$/.test(path) && document.locate('spec.clusterIP') !== undefined) {
      return { path: 'spec.clusterIP', part: 'value' };
    }
    if (path.startsWith('annotations')) return exactPlace(document, `metadata.${path}`, message);
  }
  const quoted = /^Invalid value: "([^"]*)"/.exec(message)?.[1];
  const map = quoted === undefined ? undefined : valueAt(document.value, path);
  if (map !== undefined) {
    if (Object.hasOwn(map, quoted ?? '')) return { path: `${path}.${quoted}`, part: 'key' };
    const key = Object.keys(map).find((name) => map[name] === quoted);
    if (key !== undefined) return { path: `${path}.${key}`, part: 'value' };
  }
  return { path, part: 'value' };
}

function valueAt(root: JsonValue, path: string): JsonObject | undefined {
  const value = jsonAt(root, path);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

/** The value of a field by a path whose keys hold neither dots nor brackets. */
export function jsonAt(root: JsonValue, path: string): JsonValue | undefined {
  let value: JsonValue | undefined = root;
  for (const step of path.split(/\.|\[(\d+)\]/)) {
    if (step === undefined || step === '') continue;
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Readonly<Record<string, JsonValue>>)[step];
  }
  return value;
}
