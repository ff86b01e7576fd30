import type { JsonObject, JsonValue } from './json.ts';

/** Go's shortest `%g`, which `%v` is for floats: an exponent of two digits at least, from a million on. */
export function goFloat(value: number): string {
  const [mantissa, exponentText] = value.toExponential().split('e') as [string, string];
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < 6) return String(value);
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

function sortedKeys(object: JsonObject): string[] {
  return Object.keys(object)
    .filter((key) => object[key] !== undefined)
    .sort();
}

/** A number of JSON as kubectl's unstructured objects keep it: an int64 when it is whole and fits. */
function goNumber(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 2 ** 63 ? BigInt(value).toString() : goFloat(value);
}

/**
 * A value of JSON as Go's `%v` prints it: `map[spec:map[ports:[map[port:80]]]]`.
 *
 * Models: Go's fmt, for map[string]interface{}, []interface{}, string, int64, float64, bool and nil.
 */
export function goPrint(value: JsonValue | undefined): string {
  if (value === null || value === undefined) return '<nil>';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return goNumber(value);
  if (typeof value === 'boolean') return String(value);
  if (isList(value)) return `[${value.map(goPrint).join(' ')}]`;
  return `map[${sortedKeys(value)
    .map((key) => `${key}:${goPrint(value[key])}`)
    .join(' ')}]`;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
