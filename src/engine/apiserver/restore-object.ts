import { goQuote } from '../api/go-text.ts';
import { decodeStruct, type FatalDecodingError, type StrictDecodingError } from './decode.ts';
import type { SchemaType, StructType } from './schema/schema.ts';
import type { PatchObject, PatchValue } from './strategic-merge-patch.ts';

export interface Restored {
  /** A private copy, with whole numbers that a field cannot hold cut as Go cuts them. */
  readonly value: PatchObject;
  readonly fatal?: FatalDecodingError;
  /** Sorted by their text. */
  readonly strictErrors: readonly StrictDecodingError[];
}

/**
 * Checks that a patched object fits its Go type. The server converts it field by field instead of decoding JSON, so that its words differ
 * from those of a POST: `unrecognized type: int32`, `cannot restore struct from: string`.
 *
 * Models: apimachinery pkg/runtime converter.go FromUnstructuredWithValidation, v0.37.
 */
export function restoreObject(object: PatchObject, schema: StructType): Restored {
  const restorer = new Restorer();
  const type: SchemaType = { kind: 'struct', struct: schema, goName: schema.goName, pointer: false };
  const value = restorer.value(object, type, '') as PatchObject;
  if (restorer.fatal !== undefined) return { value, fatal: restorer.fatal, strictErrors: [] };
  return { value, strictErrors: restorer.unknown.sort((a, b) => (a.message < b.message ? -1 : 1)) };
}

class Restorer {
  fatal: FatalDecodingError | undefined;
  readonly unknown: StrictDecodingError[] = [];

  /** Gives the value as Go keeps it. */
  value(value: PatchValue, type: SchemaType, path: string): PatchValue {
    if (value === null || this.fatal !== undefined) return value;
    switch (type.kind) {
      case 'struct':
        return this.struct(value, type.struct, path);
      case 'map':
        if (!isMap(value)) return this.fail(`cannot restore map from ${goKind(value)}`, path);
        return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.value(item, type.value, `${path}.${key}`)]));
      case 'list':
        if (!Array.isArray(value)) return this.fail(`cannot restore slice from ${goKind(value)}`, path);
        return value.map((item, i) => this.value(item, type.item, `${path}[${i}]`));
      case 'bytes':
        return this.bytes(value, path);
      case 'string':
        if (typeof value === 'string') return value;
        return this.fail(isWhole(value) ? `cannot convert int64 to ${type.goName}` : 'unrecognized type: string', path);
      case 'bool':
        return typeof value === 'boolean' ? value : this.fail('unrecognized type: bool', path);
      case 'int32':
      case 'int64':
        if (typeof value !== 'number') return this.fail(`unrecognized type: ${type.kind}`, path);
        if (!Number.isInteger(value)) return this.fail(`cannot convert float64 to ${type.kind}`, path);
        return type.kind === 'int32' ? value | 0 : value;
      case 'int-or-string':
      case 'quantity':
      case 'time':
        return this.byItsOwnDecoder(value, type, path);
      case 'raw':
        return value;
    }
  }

  private struct(value: PatchValue, schema: StructType, path: string): PatchValue {
    if (!isMap(value)) return this.fail(`cannot restore struct from: ${goKind(value)}`, path);
    const at = (name: string) => (path === '' ? name : `${path}.${name}`);
    const out: PatchObject = {};
    for (const field of schema.fields.values()) {
      if (Object.hasOwn(value, field.name)) out[field.name] = this.value(value[field.name] as PatchValue, field.type, at(field.name));
    }
    for (const name of Object.keys(value)) {
      if (!schema.fields.has(name))
        this.unknown.push({ reason: 'unknown-field', path: at(name), message: `unknown field ${goQuote(at(name))}` });
    }
    return out;
  }

  private bytes(value: PatchValue, path: string): PatchValue {
    if (typeof value !== 'string') return this.fail(`cannot restore slice from ${goKind(value)}`, path);
    const message = decodingFault(value, { kind: 'bytes', goName: '[]uint8', pointer: false });
    return message === undefined ? value : this.fail(`error decoding from json: ${message}`, path);
  }

  private byItsOwnDecoder(value: PatchValue, type: SchemaType, path: string): PatchValue {
    const message = decodingFault(value, type);
    return message === undefined ? value : this.fail(message.replace(/ Go struct field \S+ of type/, ' Go value of type'), path);
  }

  private fail(message: string, path: string): PatchValue {
    this.fatal ??= { message, path };
    return null;
  }
}

/** What decoding the value alone from JSON complains about. */
function decodingFault(value: PatchValue, type: SchemaType): string | undefined {
  const fields = new Map([['value', { name: 'value', type, omitEmpty: false, embedded: [] }]]);
  return decodeStruct({ value }, { name: 'Value', goName: 'v1.Value', openApiName: '', fields }).fatal?.message;
}

function isMap(value: PatchValue): value is PatchObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWhole(value: PatchValue): boolean {
  return typeof value === 'number' && Number.isInteger(value);
}

function goKind(value: PatchValue): string {
  if (Array.isArray(value)) return 'slice';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return typeof value === 'object' ? 'map' : typeof value === 'boolean' ? 'bool' : typeof value;
}
