import { goQuote } from '../api/go-text.ts';
import type { JsonObject, JsonValue } from '../api/json.ts';
import { parseQuantity, printQuantity } from '../api/quantity.ts';
import { kindSchema, type SchemaField, type SchemaType, type StructType, structSchema } from './schema/schema.ts';
import { timeProblem } from './schema/time.ts';

/** Group (`''` is the core group), version and kind of an object, as its `apiVersion` and `kind` say. */
export interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** A field that strict decoding refuses. `path` is as Kubernetes prints it, e.g. `spec.ports[0].containerPort`. */
export interface StrictDecodingError {
  readonly reason: 'unknown-field' | 'duplicate-field';
  readonly path: string;
  /** `unknown field "spec.ports[0].containerPort"` */
  readonly message: string;
}

/** A value that does not fit its field's Go type: decoding has no result then. */
export interface FatalDecodingError {
  /** `json: cannot unmarshal string into Go struct field ServicePort.spec.ports.port of type int32`, or a Quantity's or Time's own words. */
  readonly message: string;
  /** The place of the value, with list indexes (the message has none). */
  readonly path: string;
}

export interface DecodeResult {
  /**
   * A private copy of the object as the server's Go types hold it: unknown fields and nulls are gone, and so are scalars that are zero
   * where Go cannot tell zero from absence. Lists and maps may be empty. Of a kind without Go types (a custom resource) a copy, with its
   * metadata decoded.
   * Of no use beside a `fatal` error.
   */
  readonly value: JsonObject;
  /** In the order the server reports them: that of the keys in the text. Reported only when there is no `fatal` error. */
  readonly strictErrors: readonly StrictDecodingError[];
  readonly fatal?: FatalDecodingError;
}

const noErrors: readonly StrictDecodingError[] = [];

/**
 * Decodes one object as kube-apiserver does with `fieldValidation=Strict`. Never throws.
 *
 * @models yes strict decoding: unknown fields, wrong types, nulls, int-or-string, quantities, times
 * @models no duplicate fields of raw JSON: kubectl removes them before the server sees them
 *
 * Models: sigs.k8s.io/json UnmarshalStrict into the types of k8s.io/api, v0.37.
 */
export function decode(object: JsonObject, gvk: GroupVersionKind): DecodeResult {
  const schema = kindSchema(gvk.group === '' ? gvk.version : `${gvk.group}/${gvk.version}`, gvk.kind);
  return schema === undefined ? decodeCustom(object) : decodeStruct(object, schema);
}

function decodeCustom({ metadata, ...fields }: JsonObject): DecodeResult {
  const given = typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata) ? (metadata as JsonObject) : {};
  const { value, strictErrors, fatal } = decodeStruct(given, structSchema('ObjectMeta'));
  const inMetadata = (path: string) => `metadata.${path}`;
  return {
    value: { ...(copyOf(fields) as JsonObject), metadata: value },
    strictErrors: strictErrors.map((error) => ({
      ...error,
      path: inMetadata(error.path),
      message: error.message.replace('"', '"metadata.'),
    })),
    ...(fatal === undefined ? {} : { fatal: { ...fatal, path: inMetadata(fatal.path) } }),
  };
}

function copyOf(value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => copyOf(item) ?? null);
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, copyOf(field)]));
}

/** Decodes into one Go struct; `decode` picks it by kind. */
export function decodeStruct(object: JsonObject, schema: StructType): DecodeResult {
  const decoder = new Decoder();
  const value = decoder.struct(object, schema);
  return decoder.fatal === undefined
    ? { value, strictErrors: decoder.strictErrors ?? noErrors }
    : { value, strictErrors: noErrors, fatal: decoder.fatal };
}

/** The server stops collecting here. */
const MAX_STRICT_ERRORS = 100;

type Mutable = Record<string, JsonValue>;

class Decoder {
  fatal: FatalDecodingError | undefined;
  strictErrors: StrictDecodingError[] | undefined;
  /** A type with a decoder of its own failed: Go stops at once then, while other errors let it look on. */
  private stopped = false;

  /** Keys (text) and list indexes (numbers) down to the value being decoded. */
  private readonly path: (string | number)[] = [];
  /** The same without indexes and map keys, with embedded structs: what messages print. */
  private readonly fieldPath: string[] = [];
  private structName = '';

  struct(object: JsonObject, schema: StructType): Mutable {
    const out: Mutable = {};
    const { fields } = schema;
    for (const key in object) {
      const value = object[key];
      if (value === undefined) continue;
      const field = fields.get(key);
      if (field === undefined) this.unknownField(key);
      else if (value !== null) this.field(field, value, schema, out);
      if (this.stopped) break;
    }
    return out;
  }

  private field(field: SchemaField, value: JsonValue, schema: StructType, out: Mutable): void {
    const { type } = field;
    const outerStruct = this.structName;
    const depth = this.fieldPath.length;
    this.path.push(field.name);
    if (field.embedded.length > 0) this.fieldPath.push(...field.embedded);
    this.fieldPath.push(field.name);
    this.structName = schema.name;
    const decoded = this.value(type, value);
    if (decoded !== undefined && (type.pointer || !field.omitEmpty || (decoded !== '' && decoded !== 0 && decoded !== false))) {
      out[field.name] = decoded;
    }
    if (this.stopped) return;
    this.path.pop();
    this.fieldPath.length = depth;
    this.structName = outerStruct;
  }

  /** `undefined`: the value does not fit, which is noted. `value` is not null. */
  private value(type: SchemaType, value: JsonValue): JsonValue | undefined {
    switch (type.kind) {
      case 'string':
        return typeof value === 'string' ? value : this.mismatch(value, type.goName);
      case 'int32':
        return typeof value === 'number' && (value | 0) === value ? value : this.mismatch(value, 'int32', true);
      case 'bool':
        return typeof value === 'boolean' ? value : this.mismatch(value, 'bool');
      case 'struct':
        return isObject(value) ? this.struct(value, type.struct) : this.mismatch(value, type.goName);
      case 'list':
        return Array.isArray(value) ? this.list(type.item, value) : this.mismatch(value, type.goName);
      case 'map':
        return isObject(value) ? this.map(type.value, value) : this.mismatch(value, type.goName);
      case 'int64':
        return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 2 ** 63
          ? value
          : this.mismatch(value, 'int64', true);
      case 'int-or-string':
        if (typeof value === 'string' || (typeof value === 'number' && (value | 0) === value)) return value;
        return this.stop(wrongType(value, 'int32', true, this.structName, this.fieldPath));
      case 'quantity':
        return this.quantity(value);
      case 'time':
        return this.time(value);
      case 'bytes':
        return this.bytes(value);
      case 'raw':
        return value;
    }
  }

  private list(item: SchemaType, values: readonly JsonValue[]): JsonValue {
    const out: JsonValue[] = [];
    const depth = this.path.length;
    for (let i = 0; i < values.length; i++) {
      this.path.push(i);
      const value = values[i] ?? null;
      out.push((value === null ? undefined : this.value(item, value)) ?? zero(item));
      if (this.stopped) break;
      this.path.length = depth;
    }
    return out;
  }

  private map(type: SchemaType, values: JsonObject): JsonValue {
    const out: Mutable = {};
    const depth = this.path.length;
    for (const key in values) {
      const value = values[key];
      if (value === undefined) continue;
      this.path.push(key);
      const decoded = (value === null ? undefined : this.value(type, value)) ?? zero(type);
      // A plain assignment to this one name would change the prototype.
      if (key === '__proto__') Object.defineProperty(out, key, { value: decoded, enumerable: true, configurable: true, writable: true });
      else out[key] = decoded;
      if (this.stopped) break;
      this.path.length = depth;
    }
    return out;
  }

  private quantity(value: JsonValue): JsonValue | undefined {
    const text = typeof value === 'string' ? value.trim() : JSON.stringify(value);
    const quantity = parseQuantity(text);
    if (quantity !== undefined) return printQuantity(quantity);
    return this.stop(
      /^[+-]?\d*\.?\d*[eEinumkKMGTP]*[-+]?\d*$/.test(text) && text !== ''
        ? "unable to parse quantity's suffix"
        : "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    );
  }

  private time(value: JsonValue): JsonValue | undefined {
    if (typeof value !== 'string') return this.stop(wrongType(value, 'string', false, this.structName, this.fieldPath));
    const problem = timeProblem(value);
    return problem === undefined ? value : this.stop(problem);
  }

  private bytes(value: JsonValue): JsonValue | undefined {
    if (Array.isArray(value)) {
      const bad = value.find((item) => item !== null && (typeof item !== 'number' || !Number.isInteger(item) || item < 0 || item > 255));
      return bad === undefined ? base64(value.map(Number)) : this.mismatch(bad, 'uint8', true);
    }
    if (typeof value !== 'string') return this.mismatch(value, '[]uint8');
    const bad = base64Fault(value);
    if (bad === undefined) return value;
    this.note(`illegal base64 data at input byte ${bad}`);
    return undefined;
  }

  private mismatch(value: JsonValue, goName: string, showsNumber = false): undefined {
    this.note(wrongType(value, goName, showsNumber, this.structName, this.fieldPath));
  }

  private note(message: string): void {
    this.fatal ??= { message, path: this.pathText() };
  }

  private stop(message: string): undefined {
    this.stopped = true;
    this.fatal = { message, path: this.pathText() };
  }

  private unknownField(key: string): void {
    this.strictErrors ??= [];
    if (this.strictErrors.length >= MAX_STRICT_ERRORS) return;
    const parent = this.pathText();
    const path = parent === '' ? key : `${parent}.${key}`;
    this.strictErrors.push({ reason: 'unknown-field', path, message: `unknown field ${goQuote(path)}` });
  }

  private pathText(): string {
    let text = '';
    for (const step of this.path) text += typeof step === 'number' ? `[${step}]` : text === '' ? step : `.${step}`;
    return text;
  }
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Models: encoding/json UnmarshalTypeError. Only fields that hold numbers print the number. */
function wrongType(value: JsonValue, goName: string, showsNumber: boolean, structName: string, fieldPath: readonly string[]): string {
  const what =
    typeof value === 'number'
      ? showsNumber
        ? `number ${value}`
        : 'number'
      : typeof value === 'boolean'
        ? 'bool'
        : typeof value === 'string'
          ? 'string'
          : Array.isArray(value)
            ? 'array'
            : 'object';
  return `json: cannot unmarshal ${what} into Go struct field ${structName}.${fieldPath.join('.')} of type ${goName}`;
}

/** What Go leaves in a list or map where the text has null. */
function zero(type: SchemaType): JsonValue {
  switch (type.kind) {
    case 'struct':
    case 'map':
      return {};
    case 'list':
      return [];
    case 'bool':
      return false;
    case 'int32':
    case 'int64':
    case 'int-or-string':
      return 0;
    case 'quantity':
      return '0';
    default:
      return '';
  }
}

/** Where Go's standard base64 decoder gives up, counted from 0; line ends are skipped. */
function base64Fault(text: string): number | undefined {
  let count = 0;
  const isLineEnd = (i: number) => text[i] === '\n' || text[i] === '\r';
  const skipLineEnds = (from: number) => {
    let i = from;
    while (i < text.length && isLineEnd(i)) i++;
    return i;
  };
  for (let i = 0; i < text.length; i++) {
    if (isLineEnd(i)) continue;
    if (text[i] === '=') {
      if (count % 4 < 2) return i;
      let next = i + 1;
      if (count % 4 === 2) {
        next = skipLineEnds(next);
        if (next === text.length) return next;
        if (text[next] !== '=') return next - 1;
        next++;
      }
      next = skipLineEnds(next);
      return next < text.length ? next : undefined;
    }
    if (!/[A-Za-z0-9+/]/.test(text[i] as string)) return i;
    count++;
  }
  return count % 4 === 0 ? undefined : text.length - (count % 4);
}

const base64Letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function base64(bytes: readonly number[]): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.slice(i, i + 3);
    const bits = a * 65536 + b * 256 + c;
    for (let k = 0; k < 4; k++) text += i + k > bytes.length ? '=' : base64Letters[(bits >> (18 - 6 * k)) & 63];
  }
  return text;
}
