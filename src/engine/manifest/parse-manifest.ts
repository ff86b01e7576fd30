import { byteLength } from '../api/go-text.ts';
import type { JsonObject, JsonValue } from '../api/json.ts';
import type { DiagnosticCode } from '../diagnostics/codes.ts';
import type { Diagnostic, DiagnosticArgs, Span } from '../diagnostics/diagnostic.ts';
import { bytesThrough, scanJson } from './json-scanner.ts';
import { LineIndex } from './line-index.ts';
import type { ManifestDocument } from './manifest-document.ts';
import { readYaml } from './read-yaml.ts';
import type { SourceFile } from './source-file.ts';
import { readChunk } from './yaml-chunk.ts';
import type { YamlFault } from './yaml-fault.ts';
import { yamlFaultCode, yamlFaultPlace } from './yaml-fault-code.ts';
import { locateNode } from './yaml-locator.ts';
import type { YamlNode } from './yaml-node.ts';

/** What a file holds, up to the first text that cannot be read: kubectl goes no further, but works with what came before. */
export interface ManifestStream {
  readonly documents: readonly ManifestDocument[];
  /** `message` is kubectl's line without its leading `error: `. */
  readonly failure?: Diagnostic;
}

interface Reader {
  readonly file: SourceFile;
  readonly lines: LineIndex;
  readonly documents: ManifestDocument[];
}

/** Leading blanks as Go's unicode.IsSpace sees them, which know no BOM. */
const goBlank = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/**
 * Reads a manifest file as `kubectl -f` does: JSON objects as long as the text is JSON, otherwise YAML documents. Documents that are
 * empty or `null` are left out. Never throws; time is linear in the text.
 *
 * @models yes kubectl's manifest reader: multi-document YAML 1.1, JSON streams, CRLF, byte order mark, go-yaml's error texts and lines
 * @models partly numbers of manifests: whole numbers beyond 2^53 are rounded
 *
 * Models: k8s.io/cli-runtime pkg/resource StreamVisitor, k8s.io/apimachinery pkg/util/yaml YAMLOrJSONDecoder, v0.37.
 */
export function parseManifest(file: SourceFile): ManifestStream {
  const reader: Reader = { file, lines: new LineIndex(file.text), documents: [] };
  const text = file.text;
  const start = text.startsWith('\ufeff') ? 1 : 0;
  let first = start;
  while (first < text.length && goBlank.test(text[first] as string)) first++;
  return text[first] === '{' ? readJson(reader, start) : readYamlDocuments(reader, start);
}

function readJson(reader: Reader, start: number): ManifestStream {
  const { text } = reader.file;
  let at = start;
  for (let count = 0; ; count++) {
    const scan = scanJson(text, at);
    if (scan.kind === 'nothing') return { documents: reader.documents };
    if (scan.kind === 'value') {
      addJsonDocument(reader, at, scan.end);
      at = scan.end;
      continue;
    }
    const problem = scan.kind === 'unfinished' ? 'unexpected EOF' : scan.message;
    const message =
      scan.kind === 'unfinished' || count > 1
        ? problem
        : `json: offset ${bytesThrough(text, scan.offset) - (start > 0 ? 3 : 0)}: ${problem}`;
    const offset = scan.kind === 'unfinished' ? Math.max(text.trimEnd().length - 1, 0) : scan.offset;
    const failure = (): ManifestStream => fail(reader, 'json-syntax', message, offset, undefined, { problem });
    // Up to one JSON object in, the rest may still be YAML.
    const yamlStart = count > 1 ? undefined : skipBlankLine(text, at);
    if (yamlStart === undefined) return failure();
    // If not even one YAML document follows, the JSON reader's words are the ones that count.
    return readsOneDocument(text, yamlStart) ? readYamlDocuments(reader, yamlStart) : failure();
  }
}

/** Whether the first YAML document reads; it may be empty and leave no trace. */
function readsOneDocument(text: string, start: number): boolean {
  const read = readChunk(text, start);
  return read.kind === 'end' || (read.kind === 'chunk' && readYaml(read.chunk.text).ok);
}

/** Eats blanks through the first line end; `undefined` where Go's reader, which looks four bytes ahead, meets the end of the text. */
function skipBlankLine(text: string, from: number): number | undefined {
  for (let at = from; ; at++) {
    if (text.length - at < 4 && byteLength(text.slice(at)) < 4) return undefined;
    const c = text[at] as string;
    if (!goBlank.test(c)) return at;
    if (c === '\n') return at + 1;
  }
}

function addJsonDocument(reader: Reader, start: number, end: number): void {
  let from = start;
  while (/\s/.test(reader.file.text[from] as string)) from++;
  const source = reader.file.text.slice(from, end);
  const value = sortKeys(JSON.parse(source) as JsonValue);
  if (value === null) return;
  // JSON is read once more as YAML, for its places only. The two differ in corners; there only the whole document has a place.
  let root: YamlNode | undefined;
  const tree = () => {
    if (root === undefined) {
      const read = readYaml(source);
      root =
        read.ok && read.root !== undefined
          ? read.root
          : { kind: 'scalar', start: 0, end: source.length, tag: '', value: '', implicit: true };
    }
    return root;
  };
  reader.documents.push(makeDocument(reader, value, tree, (offset) => from + offset));
}

function readYamlDocuments(reader: Reader, start: number): ManifestStream {
  let at = start;
  for (;;) {
    const read = readChunk(reader.file.text, at);
    if (read.kind === 'end') return { documents: reader.documents };
    if (read.kind === 'bad-separator') {
      return fail(reader, 'yaml-bad-separator', `invalid Yaml document separator: ${read.rest}`, read.offset, undefined, {
        rest: read.rest,
      });
    }
    at = read.next;
    const { chunk } = read;
    const result = readYaml(chunk.text);
    if (!result.ok) return failYaml(reader, result.message, result.fault, chunk.text, chunk.toFile);
    const { root, value } = result;
    if (root !== undefined && value !== null) reader.documents.push(makeDocument(reader, value, () => root, chunk.toFile));
  }
}

function makeDocument(reader: Reader, value: JsonValue, tree: () => YamlNode, toFile: (offset: number) => number): ManifestDocument {
  const spanOf = (node: YamlNode) => makeSpan(reader, toFile(node.start), toFile(Math.max(node.start, node.end)));
  return {
    file: reader.file.name,
    index: reader.documents.length,
    value,
    locate(path) {
      const found = locateNode(tree(), path);
      if (found === undefined) return undefined;
      return found.key === undefined ? { value: spanOf(found.value) } : { key: spanOf(found.key), value: spanOf(found.value) };
    },
  };
}

function makeSpan(reader: Reader, start: number, end: number): Span {
  return { file: reader.file.name, start: reader.lines.position(start), end: reader.lines.position(Math.max(start, end)) };
}

function failYaml(reader: Reader, message: string, fault: YamlFault, text: string, toFile: (offset: number) => number): ManifestStream {
  const place = yamlFaultPlace(fault, text);
  const args: DiagnosticArgs = fault.line === undefined ? { problem: fault.problem } : { problem: fault.problem, line: fault.line };
  return fail(reader, yamlFaultCode(fault, text), message, toFile(place.start), toFile(place.end), args);
}

function fail(
  reader: Reader,
  code: DiagnosticCode,
  message: string,
  start: number,
  end: number | undefined,
  args: DiagnosticArgs,
): ManifestStream {
  const from = Math.min(start, reader.file.text.length);
  const diagnostic: Diagnostic = {
    code,
    severity: 'error',
    message: `error parsing ${reader.file.name}: ${message}`,
    args,
    span: makeSpan(reader, from, end ?? Math.min(from + 1, reader.file.text.length)),
    related: [],
  };
  return { documents: reader.documents, failure: diagnostic };
}

function sortKeys(value: JsonValue): JsonValue {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(sortKeys);
  const object = value as JsonObject;
  const entries = Object.keys(object)
    .sort()
    .map((key): [string, JsonValue] => [key, sortKeys(object[key] as JsonValue)]);
  return Object.fromEntries(entries);
}
