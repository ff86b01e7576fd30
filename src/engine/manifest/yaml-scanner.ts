import { type Mark, scannerFault, type YamlFault } from './yaml-fault.ts';

export type TokenType =
  | 'stream-start'
  | 'stream-end'
  | 'version-directive'
  | 'tag-directive'
  | 'document-start'
  | 'document-end'
  | 'block-sequence-start'
  | 'block-mapping-start'
  | 'block-end'
  | 'flow-sequence-start'
  | 'flow-sequence-end'
  | 'flow-mapping-start'
  | 'flow-mapping-end'
  | 'block-entry'
  | 'flow-entry'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar';

export interface Token {
  readonly type: TokenType;
  readonly start: Mark;
  readonly end: Mark;
  /** Scalar text, anchor or alias name, tag or directive handle, version (`1.1`). */
  readonly value: string;
  /** Tag suffix, or a directive's prefix. */
  readonly suffix: string;
  /** A scalar without quotes that is no block scalar: the only one whose text decides its type. */
  readonly plain: boolean;
}

interface SimpleKey {
  possible: boolean;
  readonly required: boolean;
  readonly tokenNumber: number;
  readonly mark: Mark;
}

const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
const DOUBLE_QUOTE = 34;
const HASH = 35;
const PERCENT = 37;
const SINGLE_QUOTE = 39;
const COMMA = 44;
const DASH = 45;
const DOT = 46;
const COLON = 58;
const QUESTION = 63;
const BACKSLASH = 92;
const BANG = 33;
const AMPERSAND = 38;
const STAR = 42;
const PLUS = 43;
const LESS = 60;
const GREATER = 62;
const AT = 64;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const BACKTICK = 96;
const OPEN_BRACE = 123;
const BAR = 124;
const CLOSE_BRACE = 125;

/** Both of go-yaml's limits against hostile nesting. */
const MAX_DEPTH = 10000;
/** libyaml gives up on a simple key after this many characters, as YAML 1.1 says. */
const MAX_SIMPLE_KEY = 1024;
const END_PADDING = '\0\0\0\0';

const plainEscapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};

/** Characters that cannot begin a plain scalar. */
const indicators = new Set([...'-?:,[]{}#&*!|>\'"%@`'].map((c) => c.charCodeAt(0)));
const afterAnchor = new Set([QUESTION, COLON, COMMA, CLOSE_BRACKET, CLOSE_BRACE, PERCENT, AT, BACKTICK]);
const uriCharacters = new Set([..."-_;/?:@&=+$,.!~*'()[]%"].map((c) => c.charCodeAt(0)));

function isBreak(c: number): boolean {
  return c === LF || c === CR || c === 0x85 || c === 0x2028 || c === 0x2029;
}

function isBreakOrEnd(c: number): boolean {
  return c === 0 || isBreak(c);
}

function isBlank(c: number): boolean {
  return c === SPACE || c === TAB;
}

function isBlankOrEnd(c: number): boolean {
  return c === SPACE || c === TAB || c === 0 || isBreak(c);
}

function isDigit(c: number): boolean {
  return c >= 48 && c <= 57;
}

function isWordCharacter(c: number): boolean {
  return (c >= 48 && c <= 57) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95 || c === DASH;
}

function endsFlowPlain(c: number): boolean {
  return c === COMMA || c === QUESTION || c === OPEN_BRACKET || c === CLOSE_BRACKET || c === OPEN_BRACE || c === CLOSE_BRACE;
}

function hexValue(c: number): number {
  if (isDigit(c)) return c - 48;
  if (c >= 65 && c <= 70) return c - 55;
  if (c >= 97 && c <= 102) return c - 87;
  return -1;
}

/**
 * Cuts YAML text into tokens as libyaml does, which go-yaml v2 is a port of. What it accepts differs from YAML 1.2 and from every npm
 * parser in small ways (tabs, `?` in flow, keys that need a blank after the colon), and kubectl prints its words, so it is modelled whole:
 * which token is fetched when decides which of two errors a person reads.
 *
 * The text must hold no NUL; `readYaml` sees to that. Every call moves on, so the time is linear in the text.
 *
 * Models: go.yaml.in/yaml/v2 2.4 scannerc.go.
 */
export class YamlScanner {
  private readonly text: string;
  private offset = 0;
  private index = 0;
  private line = 0;
  private column = 0;

  private tokens: Token[] = [];
  private head = 0;
  private taken = 0;
  private available = false;
  private started = false;

  private indent = -1;
  private readonly indents: number[] = [];
  private flowLevel = 0;
  private simpleKeyAllowed = true;
  private readonly simpleKeys: SimpleKey[] = [];
  /** Token number to the level of `simpleKeys` that may still become a key: such a token must not be handed out yet. */
  private readonly simpleKeyLevels = new Map<number, number>();

  constructor(text: string) {
    this.text = text + END_PADDING;
    // A byte order mark names the encoding and counts as nothing.
    if (text.startsWith('\ufeff')) this.offset = 1;
  }

  /** The furthest place looked at; beyond it the text may as well not exist. */
  get reached(): number {
    return this.offset;
  }

  peek(): Token {
    if (!this.available) this.fetchMoreTokens();
    return this.tokens[this.head] as Token;
  }

  skip(): void {
    this.available = false;
    this.taken++;
    this.head++;
    if (this.head > 256) {
      this.tokens = this.tokens.slice(this.head);
      this.head = 0;
    }
  }

  private fetchMoreTokens(): void {
    for (;;) {
      if (this.head !== this.tokens.length) {
        const level = this.simpleKeyLevels.get(this.taken);
        if (level === undefined) break;
        const key = this.simpleKeys[level];
        if (key === undefined || !this.isStillPossible(key)) break;
      }
      this.fetchNextToken();
    }
    this.available = true;
  }

  private fetchNextToken(): void {
    if (!this.started) {
      this.started = true;
      this.simpleKeys.push({ possible: false, required: false, tokenNumber: 0, mark: this.mark() });
      this.append('stream-start', this.mark());
      return;
    }
    this.scanToNextToken();
    this.unrollIndent(this.column);

    const c = this.at(0);
    const blankFollows = c !== 0 && isBlankOrEnd(this.at(1));
    const inFlow = this.flowLevel > 0;
    if (c === 0) this.fetchStreamEnd();
    else if (this.column === 0 && c === PERCENT) this.fetchDirective();
    else if (this.column === 0 && this.atDocumentIndicator()) this.fetchDocumentIndicator(c === DASH ? 'document-start' : 'document-end');
    else if (c === OPEN_BRACKET) this.fetchFlowStart('flow-sequence-start');
    else if (c === OPEN_BRACE) this.fetchFlowStart('flow-mapping-start');
    else if (c === CLOSE_BRACKET) this.fetchFlowEnd('flow-sequence-end');
    else if (c === CLOSE_BRACE) this.fetchFlowEnd('flow-mapping-end');
    else if (c === COMMA) this.fetchFlowEntry();
    else if (c === DASH && blankFollows) this.fetchBlockEntry();
    else if (c === QUESTION && (inFlow || blankFollows)) this.fetchKey();
    else if (c === COLON && (inFlow || blankFollows)) this.fetchValue();
    else if (c === STAR) this.fetchAnchor('alias');
    else if (c === AMPERSAND) this.fetchAnchor('anchor');
    else if (c === BANG) this.fetchTag();
    else if ((c === BAR || c === GREATER) && !inFlow) this.fetchBlockScalar(c === BAR);
    else if (c === SINGLE_QUOTE || c === DOUBLE_QUOTE) this.fetchQuotedScalar(c);
    else if (this.startsPlain(c, blankFollows)) this.fetchPlainScalar();
    else throw this.fault('found character that cannot start any token', this.mark());
  }

  private startsPlain(c: number, blankFollows: boolean): boolean {
    if (!isBlankOrEnd(c) && !indicators.has(c)) return true;
    if (c === DASH) return !isBlank(this.at(1));
    return this.flowLevel === 0 && (c === QUESTION || c === COLON) && !blankFollows;
  }

  // Characters and places.

  private at(ahead: number): number {
    return this.text.charCodeAt(this.offset + ahead);
  }

  private mark(): Mark {
    return { offset: this.offset, index: this.index, line: this.line, column: this.column };
  }

  private fault(problem: string, context: Mark): YamlFault {
    return scannerFault(problem, this.mark(), context);
  }

  /** Steps over one character that is no line break. */
  private step(): void {
    const c = this.text.charCodeAt(this.offset);
    this.offset += c >= 0xd800 && c <= 0xdbff ? 2 : 1;
    this.index++;
    this.column++;
  }

  /** Steps over one line break and gives what it means inside a scalar. */
  private breakLine(): string {
    const c = this.at(0);
    if (c === CR && this.at(1) === LF) {
      this.offset += 2;
      this.index += 2;
    } else {
      this.offset++;
      this.index++;
    }
    this.line++;
    this.column = 0;
    return c === 0x2028 || c === 0x2029 ? String.fromCharCode(c) : '\n';
  }

  private skipBlanks(): void {
    while (isBlank(this.at(0))) this.step();
  }

  private skipComment(): void {
    if (this.at(0) === HASH) while (!isBreakOrEnd(this.at(0))) this.step();
  }

  private atDocumentIndicator(): boolean {
    const c = this.at(0);
    return (c === DASH || c === DOT) && this.at(1) === c && this.at(2) === c && isBlankOrEnd(this.at(3));
  }

  private scanToNextToken(): void {
    for (;;) {
      // A tab may separate tokens, but never where a key could begin: there it would be indentation.
      const tabsToo = this.flowLevel > 0 || !this.simpleKeyAllowed;
      while (this.at(0) === SPACE || (tabsToo && this.at(0) === TAB)) this.step();
      this.skipComment();
      if (!isBreak(this.at(0))) return;
      this.breakLine();
      if (this.flowLevel === 0) this.simpleKeyAllowed = true;
    }
  }

  // The queue.

  private append(type: TokenType, start: Mark, value = '', suffix = '', plain = false, end = this.mark()): void {
    this.tokens.push({ type, start, end, value, suffix, plain });
  }

  /** Puts a token in front of tokens already fetched; `number` counts from the start of the text, and one already handed out means: at the end. */
  private insert(type: TokenType, mark: Mark, number: number): void {
    const token: Token = { type, start: mark, end: mark, value: '', suffix: '', plain: false };
    const place = number - this.taken;
    if (place < 0) this.tokens.push(token);
    else this.tokens.splice(this.head + place, 0, token);
  }

  private nextTokenNumber(): number {
    return this.taken + (this.tokens.length - this.head);
  }

  // Simple keys: text that turns out to be a key only when a colon follows it.

  private isStillPossible(key: SimpleKey): boolean {
    if (!key.possible) return false;
    if (key.mark.line < this.line || key.mark.index + MAX_SIMPLE_KEY < this.index) {
      if (key.required) throw this.fault("could not find expected ':'", key.mark);
      key.possible = false;
      return false;
    }
    return true;
  }

  private saveSimpleKey(): void {
    if (!this.simpleKeyAllowed) return;
    const required = this.flowLevel === 0 && this.indent === this.column;
    const key: SimpleKey = { possible: true, required, tokenNumber: this.nextTokenNumber(), mark: this.mark() };
    this.removeSimpleKey();
    this.simpleKeys[this.simpleKeys.length - 1] = key;
    this.simpleKeyLevels.set(key.tokenNumber, this.simpleKeys.length - 1);
  }

  private removeSimpleKey(): void {
    const key = this.simpleKeys[this.simpleKeys.length - 1];
    if (!key?.possible) return;
    if (key.required) throw this.fault("could not find expected ':'", key.mark);
    key.possible = false;
    this.simpleKeyLevels.delete(key.tokenNumber);
  }

  // Indentation.

  private rollIndent(column: number, type: TokenType, mark: Mark, number: number): void {
    if (this.flowLevel > 0 || this.indent >= column) return;
    this.indents.push(this.indent);
    this.indent = column;
    if (this.indents.length > MAX_DEPTH) {
      throw this.fault(`exceeded max depth of ${MAX_DEPTH}`, this.simpleKeys[this.simpleKeys.length - 1]?.mark ?? mark);
    }
    this.insert(type, mark, number);
  }

  private unrollIndent(column: number): void {
    if (this.flowLevel > 0) return;
    while (this.indent > column) {
      this.append('block-end', this.mark());
      this.indent = this.indents.pop() ?? -1;
    }
  }

  // One fetcher for each kind of token.

  private fetchStreamEnd(): void {
    if (this.column !== 0) {
      this.column = 0;
      this.line++;
    }
    this.unrollIndent(-1);
    this.removeSimpleKey();
    this.simpleKeyAllowed = false;
    this.append('stream-end', this.mark());
  }

  private fetchDirective(): void {
    this.unrollIndent(-1);
    this.removeSimpleKey();
    this.simpleKeyAllowed = false;
    this.scanDirective();
  }

  private fetchDocumentIndicator(type: 'document-start' | 'document-end'): void {
    this.unrollIndent(-1);
    this.removeSimpleKey();
    this.simpleKeyAllowed = false;
    const start = this.mark();
    this.step();
    this.step();
    this.step();
    this.append(type, start);
  }

  private fetchIndicator(type: TokenType): void {
    const start = this.mark();
    this.step();
    this.append(type, start);
  }

  private fetchFlowStart(type: 'flow-sequence-start' | 'flow-mapping-start'): void {
    this.saveSimpleKey();
    this.simpleKeys.push({ possible: false, required: false, tokenNumber: this.nextTokenNumber(), mark: this.mark() });
    this.flowLevel++;
    if (this.flowLevel > MAX_DEPTH) throw this.fault(`exceeded max depth of ${MAX_DEPTH}`, this.mark());
    this.simpleKeyAllowed = true;
    this.fetchIndicator(type);
  }

  private fetchFlowEnd(type: 'flow-sequence-end' | 'flow-mapping-end'): void {
    this.removeSimpleKey();
    if (this.flowLevel > 0) {
      this.flowLevel--;
      const last = this.simpleKeys.pop();
      // The number may be that of the collection's own opening token: go-yaml then forgets that the collection could be a key.
      if (last !== undefined) this.simpleKeyLevels.delete(last.tokenNumber);
    }
    this.simpleKeyAllowed = false;
    this.fetchIndicator(type);
  }

  private fetchFlowEntry(): void {
    this.removeSimpleKey();
    this.simpleKeyAllowed = true;
    this.fetchIndicator('flow-entry');
  }

  private fetchBlockEntry(): void {
    if (this.flowLevel === 0) {
      if (!this.simpleKeyAllowed) throw this.fault('block sequence entries are not allowed in this context', this.mark());
      this.rollIndent(this.column, 'block-sequence-start', this.mark(), -1);
    }
    this.removeSimpleKey();
    this.simpleKeyAllowed = true;
    this.fetchIndicator('block-entry');
  }

  private fetchKey(): void {
    if (this.flowLevel === 0) {
      if (!this.simpleKeyAllowed) throw this.fault('mapping keys are not allowed in this context', this.mark());
      this.rollIndent(this.column, 'block-mapping-start', this.mark(), -1);
    }
    this.removeSimpleKey();
    this.simpleKeyAllowed = this.flowLevel === 0;
    this.fetchIndicator('key');
  }

  private fetchValue(): void {
    const key = this.simpleKeys[this.simpleKeys.length - 1];
    if (key !== undefined && this.isStillPossible(key)) {
      this.insert('key', key.mark, key.tokenNumber);
      this.rollIndent(key.mark.column, 'block-mapping-start', key.mark, key.tokenNumber);
      key.possible = false;
      this.simpleKeyLevels.delete(key.tokenNumber);
      this.simpleKeyAllowed = false;
    } else {
      if (this.flowLevel === 0) {
        if (!this.simpleKeyAllowed) throw this.fault('mapping values are not allowed in this context', this.mark());
        this.rollIndent(this.column, 'block-mapping-start', this.mark(), -1);
      }
      this.simpleKeyAllowed = this.flowLevel === 0;
    }
    this.fetchIndicator('value');
  }

  private fetchAnchor(type: 'anchor' | 'alias'): void {
    this.saveSimpleKey();
    this.simpleKeyAllowed = false;
    const start = this.mark();
    this.step();
    const name = this.scanWord();
    const c = this.at(0);
    const mayFollow = isBlankOrEnd(c) || afterAnchor.has(c);
    if (name === '' || !mayFollow) throw this.fault('did not find expected alphabetic or numeric character', start);
    this.append(type, start, name);
  }

  private scanWord(): string {
    const from = this.offset;
    while (isWordCharacter(this.at(0))) this.step();
    return this.text.slice(from, this.offset);
  }

  // Directives and tags.

  private scanDirective(): void {
    const start = this.mark();
    this.step();
    const name = this.scanWord();
    if (name === '') throw this.fault('could not find expected directive name', start);
    if (!isBlankOrEnd(this.at(0))) throw this.fault('found unexpected non-alphabetical character', start);
    let value = '';
    let suffix = '';
    if (name === 'YAML') {
      this.skipBlanks();
      const major = this.scanVersionNumber(start);
      if (this.at(0) !== DOT) throw this.fault("did not find expected digit or '.' character", start);
      this.step();
      value = `${major}.${this.scanVersionNumber(start)}`;
    } else if (name === 'TAG') {
      this.skipBlanks();
      value = this.scanTagHandle(true, start);
      if (!isBlank(this.at(0))) throw this.fault('did not find expected whitespace', start);
      this.skipBlanks();
      suffix = this.scanTagUri('', start);
      if (!isBlankOrEnd(this.at(0))) throw this.fault('did not find expected whitespace or line break', start);
    } else {
      throw this.fault('found unknown directive name', start);
    }
    const end = this.mark();
    this.skipBlanks();
    this.skipComment();
    if (!isBreakOrEnd(this.at(0))) throw this.fault('did not find expected comment or line break', start);
    if (isBreak(this.at(0))) this.breakLine();
    this.append(name === 'YAML' ? 'version-directive' : 'tag-directive', start, value, suffix, false, end);
  }

  private scanVersionNumber(start: Mark): number {
    let value = 0;
    let length = 0;
    while (isDigit(this.at(0))) {
      if (++length > 2) throw this.fault('found extremely long version number', start);
      value = value * 10 + this.at(0) - 48;
      this.step();
    }
    if (length === 0) throw this.fault('did not find expected version number', start);
    return value;
  }

  private fetchTag(): void {
    this.saveSimpleKey();
    this.simpleKeyAllowed = false;
    const start = this.mark();
    let handle: string;
    let suffix: string;
    if (this.at(1) === LESS) {
      this.step();
      this.step();
      handle = '';
      suffix = this.scanTagUri('', start);
      if (this.at(0) !== GREATER) throw this.fault("did not find the expected '>'", start);
      this.step();
    } else {
      handle = this.scanTagHandle(false, start);
      if (handle.length > 1 && handle.endsWith('!')) {
        suffix = this.scanTagUri('', start);
      } else {
        suffix = this.scanTagUri(handle, start);
        handle = '!';
        if (suffix === '') {
          handle = '';
          suffix = '!';
        }
      }
    }
    if (!isBlankOrEnd(this.at(0))) throw this.fault('did not find expected whitespace or line break', start);
    this.append('tag', start, handle, suffix);
  }

  private scanTagHandle(inDirective: boolean, start: Mark): string {
    if (this.at(0) !== BANG) throw this.fault("did not find expected '!'", start);
    this.step();
    let handle = `!${this.scanWord()}`;
    if (this.at(0) === BANG) {
      handle += '!';
      this.step();
    } else if (inDirective && handle !== '!') {
      throw this.fault("did not find expected '!'", start);
    }
    return handle;
  }

  /** `head` is a tag's beginning that was read as a handle: all but its `!` belongs to the URI. */
  private scanTagUri(head: string, start: Mark): string {
    let uri = head.slice(1);
    let found = head !== '';
    while (isWordCharacter(this.at(0)) || uriCharacters.has(this.at(0))) {
      if (this.at(0) === PERCENT) {
        uri += this.scanUriEscape(start);
      } else {
        uri += String.fromCharCode(this.at(0));
        this.step();
      }
      found = true;
    }
    if (!found) throw this.fault('did not find expected tag URI', start);
    return uri;
  }

  private scanUriEscape(start: Mark): string {
    let width = 0;
    let value = 0;
    do {
      const high = this.at(0) === PERCENT ? hexValue(this.at(1)) : -1;
      const low = high < 0 ? -1 : hexValue(this.at(2));
      if (low < 0) throw this.fault('did not find URI escaped octet', start);
      const octet = high * 16 + low;
      if (width === 0) {
        width = octet < 0x80 ? 1 : (octet & 0xe0) === 0xc0 ? 2 : (octet & 0xf0) === 0xe0 ? 3 : (octet & 0xf8) === 0xf0 ? 4 : 0;
        if (width === 0) throw this.fault('found an incorrect leading UTF-8 octet', start);
        value = width === 1 ? octet : octet & (0x7f >> width);
      } else {
        if ((octet & 0xc0) !== 0x80) throw this.fault('found an incorrect trailing UTF-8 octet', start);
        value = value * 64 + (octet & 0x3f);
      }
      this.step();
      this.step();
      this.step();
    } while (--width > 0);
    return value <= 0x10ffff ? String.fromCodePoint(value) : '\ufffd';
  }

  // Scalars.

  private fetchBlockScalar(literal: boolean): void {
    this.removeSimpleKey();
    this.simpleKeyAllowed = true;
    const start = this.mark();
    this.step();

    let chomping = '';
    let increment = 0;
    const readChomping = () => {
      const c = this.at(0);
      if (c !== PLUS && c !== DASH) return false;
      chomping = String.fromCharCode(c);
      this.step();
      return true;
    };
    const readIncrement = () => {
      const c = this.at(0);
      if (!isDigit(c)) return;
      if (c === 48) throw this.fault('found an indentation indicator equal to 0', start);
      increment = c - 48;
      this.step();
    };
    if (readChomping()) readIncrement();
    else {
      readIncrement();
      if (increment > 0) readChomping();
    }
    this.skipBlanks();
    this.skipComment();
    if (!isBreakOrEnd(this.at(0))) throw this.fault('did not find expected comment or line break', start);
    if (isBreak(this.at(0))) this.breakLine();

    this.scanBlockScalarBody(literal, chomping, increment, start);
  }

  private scanBlockScalarBody(literal: boolean, chomping: string, increment: number, start: Mark): void {
    let indent = increment > 0 ? Math.max(this.indent, 0) + increment : 0;
    let end = this.mark();
    const readBreaks = () => {
      let breaks = '';
      let deepest = 0;
      end = this.mark();
      for (;;) {
        while ((indent === 0 || this.column < indent) && this.at(0) === SPACE) this.step();
        if (this.column > deepest) deepest = this.column;
        if ((indent === 0 || this.column < indent) && this.at(0) === TAB) {
          throw this.fault('found a tab character where an indentation space is expected', start);
        }
        if (!isBreak(this.at(0))) break;
        breaks += this.breakLine();
        end = this.mark();
      }
      if (indent === 0) indent = Math.max(deepest, this.indent + 1, 1);
      return breaks;
    };

    let value = '';
    let leadingBreak = '';
    let leadingBlank = false;
    let trailingBreaks = readBreaks();
    while (this.column === indent && this.at(0) !== 0) {
      const blankFirst = isBlank(this.at(0));
      if (!literal && !leadingBlank && !blankFirst && leadingBreak.startsWith('\n')) {
        if (trailingBreaks === '') value += ' ';
      } else {
        value += leadingBreak;
      }
      value += trailingBreaks;
      leadingBlank = blankFirst;
      const from = this.offset;
      while (!isBreakOrEnd(this.at(0))) this.step();
      value += this.text.slice(from, this.offset);
      leadingBreak = isBreak(this.at(0)) ? this.breakLine() : '';
      trailingBreaks = readBreaks();
    }
    if (chomping !== '-') value += leadingBreak;
    if (chomping === '+') value += trailingBreaks;
    this.append('scalar', start, value, '', false, end);
  }

  private fetchQuotedScalar(quote: number): void {
    this.saveSimpleKey();
    this.simpleKeyAllowed = false;
    const start = this.mark();
    const single = quote === SINGLE_QUOTE;
    this.step();
    let value = '';
    for (;;) {
      if (this.column === 0 && this.atDocumentIndicator()) throw this.fault('found unexpected document indicator', start);
      if (this.at(0) === 0) throw this.fault('found unexpected end of stream', start);

      let leadingBlanks = false;
      let from = this.offset;
      while (!isBlankOrEnd(this.at(0))) {
        const c = this.at(0);
        if (c === quote) {
          if (!single || this.at(1) !== SINGLE_QUOTE) break;
          value += this.text.slice(from, this.offset + 1);
          this.step();
          this.step();
          from = this.offset;
        } else if (c === BACKSLASH && !single) {
          value += this.text.slice(from, this.offset);
          if (isBreak(this.at(1))) {
            this.step();
            this.breakLine();
            leadingBlanks = true;
            from = this.offset;
            break;
          }
          value += this.scanEscape(start);
          from = this.offset;
        } else {
          this.step();
        }
      }
      value += this.text.slice(from, this.offset);
      if (this.at(0) === quote) break;
      value += this.scanFoldedBlanks(leadingBlanks);
    }
    this.step();
    this.append('scalar', start, value);
  }

  /** The blanks and breaks between two words of a quoted scalar, as they count in its value. */
  private scanFoldedBlanks(escapedBreak: boolean): string {
    let leadingBlanks = escapedBreak;
    let blanks = '';
    let leadingBreak = '';
    let trailingBreaks = '';
    for (;;) {
      const c = this.at(0);
      if (isBlank(c)) {
        if (!leadingBlanks) blanks += String.fromCharCode(c);
        this.step();
      } else if (isBreak(c)) {
        if (leadingBlanks) trailingBreaks += this.breakLine();
        else {
          leadingBreak = this.breakLine();
          leadingBlanks = true;
        }
      } else {
        break;
      }
    }
    return leadingBlanks ? foldBreaks(leadingBreak, trailingBreaks) : blanks;
  }

  private scanEscape(start: Mark): string {
    const letter = String.fromCharCode(this.at(1));
    const plain = Object.hasOwn(plainEscapes, letter) ? plainEscapes[letter] : undefined;
    if (plain !== undefined) {
      this.step();
      this.step();
      return plain;
    }
    const length = letter === 'x' ? 2 : letter === 'u' ? 4 : letter === 'U' ? 8 : 0;
    if (length === 0) throw this.fault('found unknown escape character', start);
    this.step();
    this.step();
    let code = 0;
    for (let k = 0; k < length; k++) {
      const digit = hexValue(this.at(k));
      if (digit < 0) throw this.fault('did not find expected hexdecimal number', start);
      code = code * 16 + digit;
    }
    if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) throw this.fault('found invalid Unicode character escape code', start);
    for (let k = 0; k < length; k++) this.step();
    return String.fromCodePoint(code);
  }

  private fetchPlainScalar(): void {
    this.saveSimpleKey();
    this.simpleKeyAllowed = false;
    const start = this.mark();
    const indent = this.indent + 1;
    let end = start;
    let value = '';
    let blanks = '';
    let leadingBreak = '';
    let trailingBreaks = '';
    let leadingBlanks = false;
    for (;;) {
      if (this.column === 0 && this.atDocumentIndicator()) break;
      if (this.at(0) === HASH) break;
      const from = this.offset;
      for (;;) {
        const c = this.at(0);
        if (isBlankOrEnd(c)) break;
        if (c === COLON && isBlankOrEnd(this.at(1))) break;
        if (this.flowLevel > 0 && endsFlowPlain(c)) break;
        this.step();
      }
      if (this.offset > from) {
        if (leadingBlanks) value += foldBreaks(leadingBreak, trailingBreaks);
        else value += blanks;
        leadingBlanks = false;
        leadingBreak = '';
        trailingBreaks = '';
        blanks = '';
        value += this.text.slice(from, this.offset);
        end = this.mark();
      }
      if (!isBlank(this.at(0)) && !isBreak(this.at(0))) break;
      for (;;) {
        const c = this.at(0);
        if (isBlank(c)) {
          if (leadingBlanks && this.column < indent && c === TAB) {
            throw this.fault('found a tab character that violates indentation', start);
          }
          if (!leadingBlanks) blanks += String.fromCharCode(c);
          this.step();
        } else if (isBreak(c)) {
          if (leadingBlanks) trailingBreaks += this.breakLine();
          else {
            blanks = '';
            leadingBreak = this.breakLine();
            leadingBlanks = true;
          }
        } else {
          break;
        }
      }
      if (this.flowLevel === 0 && this.column < indent) break;
    }
    this.append('scalar', start, value, '', true, end);
    if (leadingBlanks) this.simpleKeyAllowed = true;
  }
}

/** One break between words is a blank, more are kept but for the first; LS and PS are kept as they are. */
function foldBreaks(leadingBreak: string, trailingBreaks: string): string {
  if (leadingBreak.startsWith('\n')) return trailingBreaks === '' ? ' ' : trailingBreaks;
  return leadingBreak + trailingBreaks;
}
