import { byteLength, goQuote } from '../api/go-text.ts';

export type JsonScan =
  | { readonly kind: 'value'; readonly end: number }
  /** Only blanks were left. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unfinished' }
  /** `offset` is the UTF-16 place of the character at fault. */
  | { readonly kind: 'error'; readonly message: string; readonly offset: number };

type Expect = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'after-pair' | 'after-element';

/** Go stops at 10,000; nothing a person means is deeper than this. */
const MAX_DEPTH = 400;

/**
 * Finds the end of the JSON value that begins at `from`, or says in Go's words why there is none.
 *
 * Models: Go's encoding/json scanner and Decoder.readValue.
 */
export function scanJson(text: string, from: number): JsonScan {
  let at = from;
  const closers: string[] = [];
  let expect: Expect = 'value';
  const fault = (context: string, offset = at): JsonScan => ({
    kind: 'error',
    message: `invalid character ${quoteByte(text, offset)} ${context}`,
    offset,
  });

  for (;;) {
    while (at < text.length && isJsonBlank(text.charCodeAt(at))) at++;
    if (at >= text.length) return closers.length === 0 ? { kind: 'nothing' } : { kind: 'unfinished' };
    const c = text[at] as string;
    switch (expect) {
      case 'key-or-end':
      case 'key': {
        if (c === '}' && expect === 'key-or-end') {
          closers.pop();
          at++;
          break;
        }
        if (c !== '"') return fault('looking for beginning of object key string');
        const string = scanString(text, at);
        if (typeof string !== 'number') return string === 'unfinished' ? { kind: 'unfinished' } : fault(string.context, string.at);
        at = string;
        expect = 'colon';
        continue;
      }
      case 'colon':
        if (c !== ':') return fault('after object key');
        at++;
        expect = 'value';
        continue;
      case 'after-pair':
        if (c === ',') {
          at++;
          expect = 'key';
          continue;
        }
        if (c !== '}') return fault('after object key:value pair');
        closers.pop();
        at++;
        break;
      case 'after-element':
        if (c === ',') {
          at++;
          expect = 'value';
          continue;
        }
        if (c !== ']') return fault('after array element');
        closers.pop();
        at++;
        break;
      case 'value-or-end':
      case 'value': {
        if (c === ']' && expect === 'value-or-end') {
          closers.pop();
          at++;
          break;
        }
        if (c === '{' || c === '[') {
          closers.push(c);
          if (closers.length > MAX_DEPTH) return { kind: 'error', message: 'exceeded max depth', offset: at };
          at++;
          expect = c === '{' ? 'key-or-end' : 'value-or-end';
          continue;
        }
        const scalar = scanScalar(text, at);
        if (typeof scalar !== 'number') return scalar === 'unfinished' ? { kind: 'unfinished' } : fault(scalar.context, scalar.at);
        at = scalar;
        break;
      }
    }
    const open = closers.at(-1);
    if (open === undefined) return { kind: 'value', end: at };
    expect = open === '{' ? 'after-pair' : 'after-element';
  }
}

export function isJsonBlank(c: number): boolean {
  return c === 32 || c === 9 || c === 10 || c === 13;
}

type Scanned = number | 'unfinished' | { readonly context: string; readonly at: number };

function scanString(text: string, from: number): Scanned {
  for (let at = from + 1; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c === 34) return at + 1;
    if (c < 32) return { context: 'in string literal', at };
    if (c !== 92) continue;
    at++;
    if (at >= text.length) return 'unfinished';
    const letter = text[at] as string;
    if (letter === 'u') {
      for (let k = 0; k < 4; k++) {
        at++;
        if (at >= text.length) return 'unfinished';
        if (!/[0-9a-fA-F]/.test(text[at] as string)) return { context: 'in \\u hexadecimal character escape', at };
      }
    } else if (!'bfnrt\\/"'.includes(letter)) {
      return { context: 'in string escape code', at };
    }
  }
  return 'unfinished';
}

function scanScalar(text: string, from: number): Scanned {
  const c = text[from] as string;
  if (c === '"') return scanString(text, from);
  for (const word of ['true', 'false', 'null']) {
    if (c !== word[0]) continue;
    for (let k = 1; k < word.length; k++) {
      if (from + k >= text.length) return 'unfinished';
      if (text[from + k] !== word[k]) return { context: `in literal ${word} (expecting '${word[k]}')`, at: from + k };
    }
    return from + word.length;
  }
  return scanNumber(text, from);
}

function scanNumber(text: string, from: number): Scanned {
  let at = from;
  const digit = () => {
    const c = text.charCodeAt(at);
    return c >= 48 && c <= 57;
  };
  const digits = () => {
    while (digit()) at++;
  };
  if (text[at] === '-') {
    at++;
    if (at >= text.length) return 'unfinished';
    if (!digit()) return { context: 'in numeric literal', at };
  }
  if (!digit()) return { context: 'looking for beginning of value', at };
  if (text[at] === '0') at++;
  else digits();
  if (text[at] === '.') {
    at++;
    if (at >= text.length) return 'unfinished';
    if (!digit()) return { context: 'after decimal point in numeric literal', at };
    digits();
  }
  if (text[at] === 'e' || text[at] === 'E') {
    at++;
    if (text[at] === '+' || text[at] === '-') at++;
    if (at >= text.length) return 'unfinished';
    if (!digit()) return { context: 'in exponent of numeric literal', at };
    digits();
  }
  return at;
}

/** Go's scanner sees bytes: of a character beyond ASCII it names the first byte as if that were a character. */
function quoteByte(text: string, offset: number): string {
  const code = text.codePointAt(offset) ?? 0;
  const byte = code < 0x80 ? code : code < 0x800 ? 0xc0 | (code >> 6) : code < 0x10000 ? 0xe0 | (code >> 12) : 0xf0 | (code >> 18);
  if (byte === 39) return `'\\''`;
  if (byte === 34) return `'"'`;
  return `'${goQuote(String.fromCharCode(byte)).slice(1, -1)}'`;
}

/** How many bytes Go has read when it stumbles over the character at `offset`. */
export function bytesThrough(text: string, offset: number): number {
  return byteLength(text.slice(0, offset)) + 1;
}
