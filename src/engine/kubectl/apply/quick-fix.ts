import { closestWord } from '../../api/closest-word.ts';
import type { JsonValue } from '../../api/json.ts';
import { fieldsAt } from '../../apiserver/schema/fields-at.ts';
import type { QuickFix, Span } from '../../diagnostics/diagnostic.ts';

/** Renames an unknown field to the one that was probably meant; none when the field beside it has that name already. */
export function renameField(
  apiVersion: string,
  kind: string,
  path: string,
  key: Span,
  siblings: JsonValue | undefined,
): QuickFix | undefined {
  const dot = path.lastIndexOf('.');
  const name = path.slice(dot + 1);
  const meant = closestWord(name, fieldsAt(apiVersion, kind, dot < 0 ? '' : path.slice(0, dot)));
  if (meant === undefined || (typeof siblings === 'object' && siblings !== null && Object.hasOwn(siblings, meant))) return undefined;
  return { title: 'rename-field', args: { value: meant }, edits: [{ span: key, newText: meant }] };
}

/** Replaces a value that is one of the supported ones but for its spelling. */
export function replaceBySupported(message: string, value: Span): QuickFix | undefined {
  const match = /^Unsupported value: "([^"]*)": supported values: (.*)$/.exec(message);
  const supported = [...(match?.[2] ?? '').matchAll(/"([^"]*)"/g)].map((one) => one[1] ?? '');
  const meant = closestWord(match?.[1] ?? '', supported);
  return meant === undefined ? undefined : replace(value, meant);
}

/** Takes the quotes from a number, or puts them around a word or number that has to be text. */
export function replaceByType(message: string, value: Span, written: JsonValue | undefined): QuickFix | undefined {
  if (/cannot unmarshal string into .* of type int(32|64)$/.test(message) && typeof written === 'string' && /^[1-9]\d*$/.test(written)) {
    return replace(value, written);
  }
  if (/cannot unmarshal string into .* of type bool$/.test(message) && (written === 'true' || written === 'false'))
    return replace(value, written);
  if (
    /cannot unmarshal (bool|number) into .* of type string$/.test(message) &&
    (typeof written === 'boolean' || typeof written === 'number')
  ) {
    return replace(value, `"${written}"`);
  }
  return undefined;
}

export function replace(span: Span, text: string): QuickFix {
  return { title: 'replace-value', args: { value: text }, edits: [{ span, newText: text }] };
}
