import { goQuote } from '../../api/go-text.ts';
import type { JsonObject, JsonValue } from '../../api/json.ts';
import { decodeStruct } from '../../apiserver/decode.ts';
import { structSchema } from '../../apiserver/schema/schema.ts';
import type { DiagnosticCode } from '../../diagnostics/codes.ts';
import type { Diagnostic, DiagnosticArgs, QuickFix } from '../../diagnostics/diagnostic.ts';
import { itemDocument, type ManifestDocument } from '../../manifest/manifest-document.ts';
import { parseManifest } from '../../manifest/parse-manifest.ts';
import type { SourceFile } from '../../manifest/source-file.ts';
import { aggregateText, type CommandError } from './command-error.ts';
import { fieldSpan, jsonAt } from './field-span.ts';
import { goJsonText } from './json-text.ts';
import { replaceByType } from './quick-fix.ts';
import { isListKind, noMatches, type RestMapping, restMapping } from './rest-mapper.ts';
import { validateListItems } from './validate-list-items.ts';

/** One object to apply: kubectl's resource.Info. */
export interface ManifestObject {
  readonly document: ManifestDocument;
  readonly object: JsonObject;
  readonly mapping: RestMapping;
  /** Empty when the manifest gives none, or none that is text. */
  readonly name: string;
  /** Empty for kinds without one; `default` when the manifest gives none. */
  readonly namespace: string;
}

export interface ObjectsRead {
  readonly objects: readonly ManifestObject[];
  readonly errors: readonly CommandError[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A refusal of one document by kubectl itself. */
interface Refusal {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly args: DiagnosticArgs;
  /** The field to point at; where the document has none such, the whole document. */
  readonly path: string;
  readonly fix?: QuickFix | undefined;
}

type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

const stopValidating = 'if you choose to ignore these errors, turn validation off with --validate=false';

/**
 * Finds the objects in manifest files and what kubectl alone refuses. A document that cannot be validated ends its file, as one that
 * cannot be parsed does; other faults are noted and the reading goes on.
 *
 * Models: cli-runtime pkg/resource Builder with ContinueOnError and Flatten: StreamVisitor, mapper, FlattenListVisitor, v0.37.
 */
export function readObjects(files: readonly SourceFile[], installedApis: readonly string[]): ObjectsRead {
  const objects: ManifestObject[] = [];
  const errors: CommandError[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const file of files) {
    const stream = parseManifest(file);
    let ended = false;
    for (const document of stream.documents) {
      const invalid = validate(document.value);
      if (invalid !== undefined) {
        const refusal = {
          ...invalid,
          message: `error validating ${goQuote(file.name)}: error validating data: ${invalid.message}; ${stopValidating}`,
        };
        errors.push({ kind: 'message', message: refusal.message });
        diagnostics.push(diagnose(document, refusal));
        ended = true;
        break;
      }
      const info = infoFor(document, document.value as JsonObject, 'document', installedApis);
      if (!info.ok) {
        errors.push({ kind: 'message', message: info.refusal.message });
        diagnostics.push(diagnose(document, info.refusal));
      } else if (info.value === 'list') {
        readItems(document, installedApis, objects, errors, diagnostics);
      } else {
        objects.push(info.value);
      }
    }
    if (!ended && stream.failure !== undefined) {
      errors.push({ kind: 'message', message: stream.failure.message });
      diagnostics.push({ ...stream.failure, message: `error: ${stream.failure.message}` });
    }
  }
  return { objects, errors: errors.length === 0 ? [] : [{ kind: 'aggregate', errors }], diagnostics };
}

function diagnose(document: ManifestDocument, { code, message, args, path, fix }: Refusal): Diagnostic {
  const span = fieldSpan(document, path, code === 'decode-unknown-field' ? 'key' : 'value');
  return {
    code,
    severity: 'error',
    message: `error: ${message}`,
    args,
    ...(path !== '' && { path }),
    ...(span !== undefined && { span }),
    related: [],
    ...(fix !== undefined && { fix }),
  };
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Models: kubectl pkg/validation getObjectKind, and validateList for `kind: List`. */
function validate(value: JsonValue): Refusal | undefined {
  const own = kindProblems(value);
  if (own.length > 0) return validationRefusal(own, '');
  const object = value as JsonObject;
  if (object.apiVersion !== 'v1' || object.kind !== 'List') return schemaRefusal(object);
  const { items } = object;
  if (!Array.isArray(items)) return validationRefusal([notAnObject], 'items');
  const problems = items.map(kindProblems);
  const first = problems.findIndex((list) => list.length > 0);
  return first < 0 ? schemaRefusal(object) : validationRefusal(problems.flat(), `items[${first}]`);
}

function schemaRefusal(object: JsonObject): Refusal | undefined {
  const problems = validateListItems(object);
  const [first] = problems;
  if (first === undefined) return undefined;
  return { code: first.code, message: aggregateText(problems.map(({ text }) => text)), args: { field: first.path }, path: first.path };
}

interface KindProblem {
  readonly code: DiagnosticCode;
  readonly text: string;
  readonly field: string;
}

const notAnObject: KindProblem = { code: 'manifest-not-an-object', text: 'invalid object to validate', field: '' };

function kindProblems(value: JsonValue): KindProblem[] {
  if (!isObject(value)) return [notAnObject];
  const problems: KindProblem[] = [];
  const { apiVersion, kind } = value;
  const missing = (code: DiagnosticCode, text: string, field: string) => problems.push({ code, text, field });
  if (apiVersion === undefined || apiVersion === null) missing('manifest-api-version-missing', 'apiVersion not set', 'apiVersion');
  else if (typeof apiVersion !== 'string') missing('manifest-api-version-missing', "apiVersion isn't string type", 'apiVersion');
  else if (apiVersion.split('/').length > 2)
    missing('manifest-unknown-kind', `unexpected GroupVersion string: ${apiVersion}`, 'apiVersion');
  if (kind === undefined || kind === null) missing('manifest-kind-missing', 'kind not set', 'kind');
  else if (typeof kind !== 'string') missing('manifest-kind-missing', "kind isn't string type", 'kind');
  return problems;
}

function validationRefusal(problems: readonly KindProblem[], at: string): Refusal {
  const [first = notAnObject] = problems;
  const path = first.field === '' ? at : at === '' ? first.field : `${at}.${first.field}`;
  return { code: first.code, message: aggregateText(problems.map((problem) => problem.text)), args: {}, path };
}

/** Models: cli-runtime mapper.infoForData (`document`) and infoForObject (`item`). */
function infoFor(
  document: ManifestDocument,
  object: JsonObject,
  origin: 'document' | 'item',
  installedApis: readonly string[],
): Result<ManifestObject | 'list'> {
  const source = document.file;
  const apiVersion = typeof object.apiVersion === 'string' ? object.apiVersion : '';
  const kind = typeof object.kind === 'string' ? object.kind : '';
  const isList = origin === 'document' && object.items !== undefined;
  if (origin === 'document') {
    const problem = decodingProblem(document, object, kind);
    if (problem !== undefined)
      return { ok: false, refusal: { ...problem, message: `unable to decode ${goQuote(source)}: ${problem.message}` } };
  }
  const metadata = isObject(object.metadata) ? object.metadata : {};
  const name = typeof metadata.name === 'string' ? metadata.name : '';
  const givenNamespace = typeof metadata.namespace === 'string' ? metadata.namespace : '';
  if (isList && isListKind(apiVersion, kind)) return { ok: true, value: 'list' };
  const mapping = restMapping(apiVersion, kind, installedApis);
  if (mapping === undefined) {
    const matches = noMatches(apiVersion, kind, goQuote);
    const message =
      origin === 'item'
        ? `unable to recognize ${matches}`
        : `resource mapping not found for name: ${goQuote(name)} namespace: ${goQuote(givenNamespace)} from ${goQuote(source)}: ${matches}\nensure CRDs are installed first`;
    return { ok: false, refusal: { code: 'manifest-unknown-kind', message, args: { kind, apiVersion }, path: 'kind' } };
  }
  if (isList) return { ok: true, value: 'list' };
  const namespace = mapping.namespaced ? givenNamespace || 'default' : '';
  return { ok: true, value: { document, object: withNamespace(object, namespace), mapping, name, namespace } };
}

const metadataOnly = {
  name: 'metadataOnlyObject',
  goName: 'resource.metadataOnlyObject',
  openApiName: '',
  get fields() {
    const pod = structSchema('Pod').fields;
    return new Map([...pod].filter(([name]) => name === 'metadata' || name === 'kind' || name === 'apiVersion'));
  },
};

/** Models: UnstructuredJSONScheme.Decode, and cli-runtime metadataValidatingDecoder: kubectl reads metadata by its types before the server does. */
function decodingProblem(document: ManifestDocument, object: JsonObject, kind: string): Refusal | undefined {
  const { items } = object;
  if (items !== undefined && items !== null && !Array.isArray(items)) {
    const what = typeof items === 'object' ? 'object' : typeof items === 'boolean' ? 'bool' : typeof items;
    const message = `json: cannot unmarshal ${what} into Go struct field decodeList.items of type []json.RawMessage`;
    return { code: 'decode-wrong-type', message, args: {}, path: 'items' };
  }
  if (kind === '') {
    return { code: 'manifest-kind-missing', message: `Object 'Kind' is missing in '${goJsonText(object)}'`, args: {}, path: 'kind' };
  }
  const { fatal } = decodeStruct(object, metadataOnly);
  if (fatal === undefined) return undefined;
  const value = document.locate(fatal.path)?.value;
  const fix = value === undefined ? undefined : replaceByType(fatal.message, value, jsonAt(object, fatal.path));
  const inMap = /^metadata\.(labels|annotations)\./.test(fatal.path);
  return {
    code: inMap ? 'manifest-label-not-text' : 'decode-wrong-type',
    message: fatal.message,
    args: { field: fatal.path },
    path: fatal.path,
    fix,
  };
}

/** Models: metadataAccessor.SetNamespace on an Unstructured: metadata that is no object stays as it is. */
function withNamespace(object: JsonObject, namespace: string): JsonObject {
  const { metadata } = object;
  if (metadata !== undefined && !isObject(metadata)) return object;
  const { namespace: _given, ...others } = metadata ?? {};
  return { ...object, metadata: namespace === '' ? others : { ...others, namespace } };
}

function readItems(
  document: ManifestDocument,
  installedApis: readonly string[],
  objects: ManifestObject[],
  errors: CommandError[],
  diagnostics: Diagnostic[],
): void {
  const found: { readonly value: JsonObject; readonly item: ManifestDocument }[] = [];
  const queue: { readonly list: JsonObject; readonly document: ManifestDocument }[] = [{ list: document.value as JsonObject, document }];
  for (const { list, document: outer } of queue) {
    const items = Array.isArray(list.items) ? (list.items as readonly JsonValue[]) : [];
    for (const [place, given] of items.entries()) {
      const value = isObject(given) ? withListType(given, list) : {};
      const item = itemDocument(outer, value, place, document.index + found.length);
      if (Array.isArray(value.items)) queue.push({ list: value, document: item });
      else found.push({ value, item });
    }
  }
  const failed: CommandError[] = [];
  for (const { value, item } of found) {
    const info = infoFor(item, value, 'item', installedApis);
    if (info.ok && info.value !== 'list') objects.push(info.value);
    else if (!info.ok) {
      failed.push({ kind: 'message', message: info.refusal.message });
      diagnostics.push(diagnose(item, info.refusal));
    }
  }
  if (failed.length > 0) errors.push({ kind: 'aggregate', errors: failed });
}

/** Items of a typed list (`ServiceList`) may leave their own type out. */
function withListType(item: JsonObject, list: JsonObject): JsonObject {
  const isMissing = (value: JsonValue | undefined) => typeof value !== 'string' || value === '';
  if (!isMissing(item.kind) || !isMissing(item.apiVersion) || typeof list.kind !== 'string') return item;
  return { ...item, apiVersion: list.apiVersion, kind: list.kind.replace(/List$/, '') };
}
