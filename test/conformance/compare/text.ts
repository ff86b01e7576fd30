import type { JsonValue } from '#engine/api/json.ts';
import { asText, isEmptyValue } from './same.ts';

const uuid = /(?<![\p{L}\p{N}_])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![\p{L}\p{N}_])/gu;
const serviceAddress = /(?<![\p{L}\p{N}_])10\.96\.\p{Nd}+\.\p{Nd}+(?![\p{L}\p{N}_])/gu;
/** What Python's `splitlines` takes for a line end, but for three separators that no terminal knows. */
const lineEnd = /\r\n|[\n\r\v\f\p{Zl}\p{Zp}]/u;

/**
 * What kubectl wrote, as far as it is not chance: random UIDs and the addresses the manifest does not name are replaced, trailing blanks
 * dropped, and the errors of one field sorted, because the API server keeps them in a map.
 */
export function kubectlWords(value: JsonValue | undefined, manifest: string): string {
  const text = isEmptyValue(value) ? '' : asText(value);
  const neutral = text
    .replace(uuid, 'UID')
    .replace(serviceAddress, (address) => (manifest.includes(address) ? address : 'ALLOCATED'))
    .trim();
  const lines = splitLines(neutral).map((line) => line.trimEnd());
  const out: string[] = [];
  for (let start = 0; start < lines.length; ) {
    const field = /^\* ([^:]+): /.exec(lines[start] ?? '')?.[1];
    let end = start + 1;
    if (field !== undefined) while (lines[end]?.startsWith(`* ${field}: `)) end += 1;
    out.push(...lines.slice(start, end).sort());
    start = end;
  }
  return out.join('\n');
}

const addresses = String.raw`(?<![\p{L}\p{N}_])[\p{Nd}.]+(?::[\p{L}\p{N}_]+)?(?:,[\p{Nd}.]+(?::[\p{L}\p{N}_]+)?)+`;
const shortened = new RegExp(String.raw`${addresses} \+ (\p{Nd}+) more\.\.\.`, 'gu');
const addressList = new RegExp(addresses, 'gu');

/**
 * Lines of `kubectl get` and `describe`, but for what is chance in kubectl too: the order of addresses (and which three are shown before
 * `+ N more...`), the order of rows whose names end in a generated suffix, and events.
 */
export function kubectlTable(value: JsonValue | undefined): readonly string[] {
  const text = isEmptyValue(value) ? '' : asText(value);
  const rows: string[] = [];
  for (const line of splitLines(text.replace(/^\n+|\n+$/g, ''))) {
    if (line.startsWith('Events:')) break;
    rows.push(
      line
        .replaceAll(' + 0 more...', '')
        .replace(shortened, (all, more: string) => `<${all.split(',').length} + ${more} more...>`)
        .replace(addressList, (list) => list.split(',').sort().join(','))
        .trimEnd(),
    );
  }
  const [head, ...rest] = rows;
  return head?.startsWith('NAME ') ? [head, ...rest.sort()] : rows;
}

/** Lines as Python's `splitlines` gives them: none for an empty text, and no empty one after a closing line end. */
export function splitLines(text: string): string[] {
  const lines = text.split(lineEnd);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
