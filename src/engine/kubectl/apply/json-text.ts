import { goJson } from '../../api/go-text.ts';
import type { JsonObject, JsonValue } from '../../api/json.ts';

/** JSON as Go writes a map: keys sorted, no blanks, `<`, `>` and `&` escaped. */
export function goJsonText(value: JsonValue): string {
  return goJson(sorted(value));
}

function sorted(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const object = value as JsonObject;
  return Object.fromEntries(
    Object.keys(object)
      .filter((key) => object[key] !== undefined)
      .sort()
      .map((key) => [key, sorted(object[key] as JsonValue)]),
  );
}
