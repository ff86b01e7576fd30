import { goJson, goQuote } from './go-text.ts';
import type { JsonValue } from './json.ts';

/** Kinds of field errors, as `metav1.StatusCause.reason` spells them. */
export type FieldErrorReason =
  | 'FieldValueNotFound'
  | 'FieldValueRequired'
  | 'FieldValueInvalid'
  | 'FieldValueNotSupported'
  | 'FieldValueDuplicate'
  | 'FieldValueForbidden'
  | 'FieldValueTooLong'
  | 'FieldValueTooMany'
  | 'FieldValueTypeInvalid';

/**
 * One thing wrong with one field. `message` is the error without its path, `Invalid value: 0: must be …`.
 *
 * Models: apimachinery pkg/util/validation/field/errors.go Error, v1.37.
 */
export interface FieldError {
  readonly reason: FieldErrorReason;
  /** As Kubernetes prints it, e.g. `spec.ports[0].nodePort`. */
  readonly field: string;
  readonly message: string;
}

/**
 * A value in an error's text. Go prints strings, numbers and booleans plainly and everything else as JSON; a string whose Go type is
 * not `string` (`core.Protocol`) is of the second kind, which shows only where Go's and JSON's escapes differ.
 */
type ShownValue = string | number | boolean | JsonShown;

/** A value that Go prints with `json.Marshal`. */
export interface JsonShown {
  readonly json: JsonValue | undefined;
}

function show(value: ShownValue): string {
  if (typeof value === 'string') return goQuote(value);
  return typeof value === 'object' ? goJson(value.json) : String(value);
}

export function required(field: string, detail = ''): FieldError {
  return { reason: 'FieldValueRequired', field, message: detail === '' ? 'Required value' : `Required value: ${detail}` };
}

export function invalid(field: string, value: ShownValue, detail: string): FieldError {
  return { reason: 'FieldValueInvalid', field, message: `Invalid value: ${show(value)}${detail === '' ? '' : `: ${detail}`}` };
}

/** `supported` in the order the server prints it: sorted where it uses a Go set, as written where it uses a slice. */
export function notSupported(field: string, value: ShownValue, supported: readonly string[]): FieldError {
  const list = supported.map(goQuote).join(', ');
  return {
    reason: 'FieldValueNotSupported',
    field,
    message: `Unsupported value: ${show(value)}${list === '' ? '' : `: supported values: ${list}`}`,
  };
}

export function duplicate(field: string, value: ShownValue): FieldError {
  return { reason: 'FieldValueDuplicate', field, message: `Duplicate value: ${show(value)}` };
}

/** The field names something that is not there. */
export function notFoundValue(field: string, value: ShownValue): FieldError {
  return { reason: 'FieldValueNotFound', field, message: `Not found: ${show(value)}` };
}

export function forbidden(field: string, detail: string): FieldError {
  return { reason: 'FieldValueForbidden', field, message: `Forbidden: ${detail}` };
}

export function tooLong(field: string, maxBytes: number): FieldError {
  return { reason: 'FieldValueTooLong', field, message: `Too long: may not be more than ${maxBytes} bytes` };
}

export function tooMany(field: string, actual: number, max: number): FieldError {
  return { reason: 'FieldValueTooMany', field, message: `Too many: ${actual}: must have at most ${max} ${max === 1 ? 'item' : 'items'}` };
}

/** `<path>: <message>`, as it stands in the message of a Status. */
export function printFieldError(error: FieldError): string {
  return `${error.field}: ${error.message}`;
}
