import { YamlFault } from './yaml-fault.ts';
import type { YamlScalar } from './yaml-node.ts';

/** What go-yaml makes of a scalar. Integers and floats are told apart because they print differently as map keys. */
export type ResolvedScalar =
  | { readonly type: 'null' }
  | { readonly type: 'bool'; readonly value: boolean }
  /** `digits` is exact where `value`, beyond 2^53, is not. */
  | { readonly type: 'int'; readonly value: number; readonly digits: string }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'string'; readonly value: string };

type TagName = 'null' | 'bool' | 'int' | 'float' | 'str' | 'timestamp';

const longPrefix = 'tag:yaml.org,2002:';
const resolvable = new Set(['', 'str', 'bool', 'int', 'float', 'null', 'timestamp'].map((name) => (name === '' ? '' : longPrefix + name)));

const isNull: ResolvedScalar = { type: 'null' };
const isTrue: ResolvedScalar = { type: 'bool', value: true };
const isFalse: ResolvedScalar = { type: 'bool', value: false };

const words = new Map<string, { readonly tag: TagName; readonly resolved: ResolvedScalar }>();
const spell = (tag: TagName, resolved: ResolvedScalar, ...spellings: string[]) => {
  for (const spelling of spellings) words.set(spelling, { tag, resolved });
};
spell('bool', isTrue, 'y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON');
spell('bool', isFalse, 'n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF');
spell('null', isNull, '', '~', 'null', 'Null', 'NULL');
spell('float', { type: 'float', value: Number.NaN }, '.nan', '.NaN', '.NAN');
spell('float', { type: 'float', value: Number.POSITIVE_INFINITY }, '.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF');
spell('float', { type: 'float', value: Number.NEGATIVE_INFINITY }, '-.inf', '-.Inf', '-.INF');

const MIN_INT = -(2n ** 63n);
const MAX_INT = 2n ** 63n - 1n;
const MAX_UINT = 2n ** 64n - 1n;

const decimalFloat = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
/** Go's ParseFloat lets underscores separate digits. */
const pointFloat = /^\.[0-9](?:_?[0-9])*(?:[eE][-+]?[0-9](?:_?[0-9])*)?$/;

/**
 * Go's ParseInt with base 0, whose range go-yaml widens to that of uint64: `0x1F`, `0o17`, `017`, `0b11`. `undefined`: no integer.
 * Underscores were taken out before.
 */
function parseInteger(text: string): ResolvedScalar | undefined {
  if (text.length < 16 && /^(?:0|[1-9][0-9]*)$/.test(text)) return { type: 'int', value: Number(text), digits: text };
  const match = /^([-+]?)(?:(0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+)|0([0-7]+)|(0|[1-9][0-9]*))$/.exec(text);
  if (match === null) return undefined;
  const literal = match[2] ?? (match[3] === undefined ? match[4] : `0o${match[3]}`) ?? '';
  // Anything longer is out of range, and converting a million digits would not be linear.
  if (literal.replace(/^0[xXoObB]?0*/, '').length > 64) return undefined;
  const sign = match[1];
  const value = sign === '-' ? -BigInt(literal) : BigInt(literal);
  // ParseUint, the second try, knows no sign.
  const max = sign === '' ? MAX_UINT : MAX_INT;
  return value >= MIN_INT && value <= max ? { type: 'int', value: Number(value), digits: value.toString() } : undefined;
}

/** Whether go-yaml takes the text for a time. Its value stays a string then, so that only a tag beside it can tell. */
const timestamp =
  /^\d{4}-(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12]\d|3[01])(?:[Tt](?:[01]?\d|2[0-3]):[0-5]?\d:[0-5]?\d(?:[.,]\d{1,9})?(?:Z|[-+]\d\d:\d\d)| (?:[01]?\d|2[0-3]):[0-5]?\d:[0-5]?\d(?:[.,]\d{1,9})?)?$/;

function number(text: string): { readonly tag: TagName; readonly resolved: ResolvedScalar } | undefined {
  const plain = text.includes('_') ? text.replaceAll('_', '') : text;
  const integer = parseInteger(plain);
  if (integer !== undefined) return { tag: 'int', resolved: integer };
  if (decimalFloat.test(plain)) {
    const value = Number(plain);
    if (Number.isFinite(value)) return { tag: 'float', resolved: { type: 'float', value } };
  }
  return undefined;
}

/**
 * The value of a scalar, by its tag or its spelling (YAML 1.1: `yes`, `0777`, `1_000`; sexagesimals stay strings).
 * Throws `YamlFault` where tag and text contradict each other.
 *
 * Models: go.yaml.in/yaml/v2 2.4 resolve.go and decode.go decoder.scalar.
 */
export function resolveScalar(node: YamlScalar): ResolvedScalar {
  const text = node.value;
  if (node.tag === '' && !node.implicit) return { type: 'string', value: text };
  if (!resolvable.has(node.tag)) {
    return node.tag === `${longPrefix}binary` ? { type: 'string', value: decodeBase64(text, node) } : { type: 'string', value: text };
  }
  const wanted = node.tag.slice(longPrefix.length);
  const found = wanted === 'str' ? undefined : bySpelling(text, wanted);
  const tag: TagName = found?.tag ?? 'str';
  if (wanted === '' || wanted === tag || wanted === 'str') return found?.resolved ?? { type: 'string', value: text };
  if (wanted === 'float' && tag === 'int' && found?.resolved.type === 'int' && found.resolved.value < 2 ** 63) {
    return { type: 'float', value: found.resolved.value };
  }
  throw new YamlFault(`cannot decode !!${tag} \`${text}\` as a !!${wanted}`, undefined, node.start);
}

function bySpelling(text: string, wanted: string): { readonly tag: TagName; readonly resolved: ResolvedScalar } | undefined {
  const first = text.charCodeAt(0);
  const isDigit = first >= 48 && first <= 57;
  const isSign = first === 43 || first === 45;
  const word = words.get(text);
  if (word !== undefined && (text === '' || isDigit || isSign || /^[.~yYnNtTfFoO]/.test(text))) return word;
  if (first === 46) {
    const value = pointFloat.test(text) ? Number(text.replaceAll('_', '')) : Number.NaN;
    return Number.isFinite(value) ? { tag: 'float', resolved: { type: 'float', value } } : undefined;
  }
  if (!isDigit && !isSign) return undefined;
  if ((wanted === '' || wanted === 'timestamp') && isDigit && timestamp.test(text)) {
    return { tag: 'timestamp', resolved: { type: 'string', value: text } };
  }
  return number(text);
}

const base64Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Bytes that are no UTF-8 become U+FFFD, as Go's JSON encoder writes them. */
function decodeBase64(text: string, node: YamlScalar): string {
  const bad = () => new YamlFault('!!binary value contains invalid base64 data', undefined, node.start);
  const body = text.replace(/[\r\n]/g, '');
  if (body.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(body)) throw bad();
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const c of body) {
    if (c === '=') break;
    bits = ((bits << 6) | base64Alphabet.indexOf(c)) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes.push((bits >> held) & 0xff);
    }
  }
  return utf8Text(bytes);
}

function utf8Text(bytes: readonly number[]): string {
  let text = '';
  for (let i = 0; i < bytes.length; ) {
    const lead = bytes[i] as number;
    const width = lead < 0x80 ? 1 : lead >= 0xc2 && lead <= 0xdf ? 2 : (lead & 0xf0) === 0xe0 ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
    let code = width === 1 ? lead : lead & (0x7f >> width);
    let valid = width > 0;
    for (let k = 1; valid && k < width; k++) {
      const next = bytes[i + k] ?? 0;
      valid = (next & 0xc0) === 0x80;
      code = code * 64 + (next & 0x3f);
    }
    valid &&= width < 3 || (width === 3 ? code >= 0x800 && (code < 0xd800 || code > 0xdfff) : code >= 0x10000 && code <= 0x10ffff);
    text += valid ? String.fromCodePoint(code) : '\ufffd';
    i += valid ? width : 1;
  }
  return text;
}
