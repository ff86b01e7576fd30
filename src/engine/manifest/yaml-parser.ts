import { type Mark, parserFault, YamlFault } from './yaml-fault.ts';
import type { YamlMapping, YamlNode, YamlSequence } from './yaml-node.ts';
import { type Token, type TokenType, YamlScanner } from './yaml-scanner.ts';

/** Nesting this reader follows; go-yaml stops at 10,000. No Kubernetes type is deeper than twenty. */
const MAX_NESTING = 400;

const standardTagPrefix = 'tag:yaml.org,2002:';

type Growing<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Builds the tree of the first document in a text. Tokens are asked for in libyaml's order, because its scanner may stumble over a
 * later line before its parser complains about an earlier one.
 *
 * Models: go.yaml.in/yaml/v2 2.4 parserc.go and decode.go parser.
 */
export class YamlParser {
  private readonly scanner: YamlScanner;
  private readonly tagHandles = new Map<string, string>();
  private readonly anchors = new Map<string, YamlNode>();
  private nesting = 0;
  private lastEnd = 0;

  constructor(text: string) {
    this.scanner = new YamlScanner(text);
  }

  /** How far the text was read, in UTF-16 units. */
  get reached(): number {
    return this.scanner.reached;
  }

  /** `undefined`: the text holds no document, only blanks and comments. Throws `YamlFault`. */
  parseDocument(): YamlNode | undefined {
    this.take();
    let token = this.scanner.peek();
    if (token.type === 'stream-end') return undefined;
    let root: YamlNode;
    if (token.type === 'version-directive' || token.type === 'tag-directive' || token.type === 'document-start') {
      this.readDirectives();
      token = this.scanner.peek();
      if (token.type !== 'document-start') throw parserFault('did not find expected <document start>', token.start);
      this.take();
      const next = this.scanner.peek().type;
      root =
        next === 'version-directive' ||
        next === 'tag-directive' ||
        next === 'document-start' ||
        next === 'document-end' ||
        next === 'stream-end'
          ? this.emptyScalar(this.scanner.peek().start)
          : this.parseNode(true, false);
    } else {
      this.readDirectives();
      root = this.parseNode(true, false);
    }
    this.scanner.peek();
    return root;
  }

  private take(): Token {
    const token = this.scanner.peek();
    this.scanner.skip();
    return token;
  }

  private peekType(): TokenType {
    return this.scanner.peek().type;
  }

  private emptyScalar(at: Mark): YamlNode {
    return { kind: 'scalar', start: at.offset, end: at.offset, tag: '', value: '', implicit: true };
  }

  private readDirectives(): void {
    let hasVersion = false;
    for (;;) {
      const token = this.scanner.peek();
      if (token.type === 'version-directive') {
        if (hasVersion) throw parserFault('found duplicate %YAML directive', token.start);
        if (token.value !== '1.1') throw parserFault('found incompatible YAML document', token.start);
        hasVersion = true;
      } else if (token.type === 'tag-directive') {
        if (this.tagHandles.has(token.value)) throw parserFault('found duplicate %TAG directive', token.start);
        this.tagHandles.set(token.value, token.suffix);
      } else {
        break;
      }
      this.scanner.skip();
    }
    if (!this.tagHandles.has('!')) this.tagHandles.set('!', '!');
    if (!this.tagHandles.has('!!')) this.tagHandles.set('!!', standardTagPrefix);
  }

  private parseNode(block: boolean, indentlessSequence: boolean): YamlNode {
    let token = this.scanner.peek();
    if (token.type === 'alias') {
      this.scanner.skip();
      return this.alias(token);
    }
    const start = token.start;
    let end = token.start;
    let anchor: string | undefined;
    let tagToken: Token | undefined;
    for (let i = 0; i < 2; i++) {
      if (token.type === 'anchor' && anchor === undefined) anchor = token.value;
      else if (token.type === 'tag' && tagToken === undefined) tagToken = token;
      else break;
      end = token.end;
      this.scanner.skip();
      token = this.scanner.peek();
    }
    const tag = tagToken === undefined ? '' : this.resolveTag(tagToken, start);

    if (indentlessSequence && token.type === 'block-entry')
      return this.collect(anchor, tag, start, token, (node) => this.parseIndentlessSequence(node));
    switch (token.type) {
      case 'scalar': {
        const implicit = (tag === '' && token.plain) || tag === '!';
        const node: YamlNode = { kind: 'scalar', start: start.offset, end: token.end.offset, tag, value: token.value, implicit };
        // As go-yaml does, the anchor counts before the token behind the scalar is looked at.
        if (anchor !== undefined) this.anchors.set(anchor, node);
        this.lastEnd = node.end;
        this.scanner.skip();
        return node;
      }
      case 'flow-sequence-start':
        return this.collect(anchor, tag, start, token, (node) => this.parseFlowSequence(node));
      case 'flow-mapping-start':
        return this.collect(anchor, tag, start, token, (node) => this.parseFlowMapping(node));
      case 'block-sequence-start':
        if (block) return this.collect(anchor, tag, start, token, (node) => this.parseBlockSequence(node));
        break;
      case 'block-mapping-start':
        if (block) return this.collect(anchor, tag, start, token, (node) => this.parseBlockMapping(node));
        break;
    }
    if (anchor !== undefined || tag !== '') {
      const node: YamlNode = { kind: 'scalar', start: start.offset, end: end.offset, tag, value: '', implicit: tag === '' };
      if (anchor !== undefined) this.anchors.set(anchor, node);
      this.lastEnd = node.end;
      return node;
    }
    throw parserFault('did not find expected node content', token.start, start);
  }

  private alias(token: Token): YamlNode {
    const target = this.anchors.get(token.value);
    // go-yaml prints no line for this one.
    if (target === undefined) throw new YamlFault(`unknown anchor '${token.value}' referenced`, undefined, token.start.offset);
    this.lastEnd = token.end.offset;
    return { kind: 'alias', start: token.start.offset, end: token.end.offset, tag: '', name: token.value, target };
  }

  private resolveTag(token: Token, context: Mark): string {
    if (token.value === '') return token.suffix;
    const prefix = this.tagHandles.get(token.value);
    const tag = prefix === undefined ? '' : prefix + token.suffix;
    if (tag === '') throw parserFault('found undefined tag handle', token.start, context);
    return tag;
  }

  /** Makes a collection known by its anchor before its content is read, since the content may refer to it. */
  private collect<T extends YamlSequence | YamlMapping>(
    anchor: string | undefined,
    tag: string,
    start: Mark,
    first: Token,
    parse: (base: { start: number; end: number; tag: string; register(node: T): void }) => T,
  ): YamlNode {
    if (++this.nesting > MAX_NESTING) {
      throw new YamlFault(`exceeded max depth of ${MAX_NESTING}`, first.start.line + 1, first.start.offset);
    }
    this.lastEnd = first.end.offset;
    const node = parse({
      start: start.offset,
      end: first.end.offset,
      tag,
      register: (made) => {
        if (anchor !== undefined) this.anchors.set(anchor, made);
      },
    });
    this.nesting--;
    return node;
  }

  private sequence(base: { start: number; end: number; tag: string; register(node: YamlSequence): void }): {
    node: Growing<YamlSequence>;
    items: YamlNode[];
  } {
    const items: YamlNode[] = [];
    const node: Growing<YamlSequence> = { kind: 'sequence', start: base.start, end: base.end, tag: base.tag, items };
    base.register(node);
    return { node, items };
  }

  private mapping(base: { start: number; end: number; tag: string; register(node: YamlMapping): void }) {
    const entries: { key: YamlNode; value: YamlNode }[] = [];
    const node: Growing<YamlMapping> = { kind: 'mapping', start: base.start, end: base.end, tag: base.tag, entries };
    base.register(node);
    return { node, entries };
  }

  private parseIndentlessSequence(base: Parameters<YamlParser['sequence']>[0]): YamlSequence {
    const { node, items } = this.sequence(base);
    while (this.peekType() === 'block-entry') {
      const dash = this.take();
      const next = this.peekType();
      if (next === 'block-entry' || next === 'key' || next === 'value' || next === 'block-end') items.push(this.emptyScalar(dash.end));
      else items.push(this.parseNode(true, false));
    }
    node.end = this.lastEnd;
    return node;
  }

  private parseBlockSequence(base: Parameters<YamlParser['sequence']>[0]): YamlSequence {
    const { node, items } = this.sequence(base);
    const open = this.take();
    for (;;) {
      const token = this.scanner.peek();
      if (token.type === 'block-end') break;
      if (token.type !== 'block-entry') throw parserFault("did not find expected '-' indicator", token.start, open.start);
      this.scanner.skip();
      const next = this.peekType();
      if (next === 'block-entry' || next === 'block-end') items.push(this.emptyScalar(token.end));
      else items.push(this.parseNode(true, false));
    }
    this.scanner.skip();
    node.end = this.lastEnd;
    return node;
  }

  private parseBlockMapping(base: Parameters<YamlParser['mapping']>[0]): YamlMapping {
    const { node, entries } = this.mapping(base);
    const open = this.take();
    const endsEntry = (type: TokenType) => type === 'key' || type === 'value' || type === 'block-end';
    for (;;) {
      const token = this.scanner.peek();
      if (token.type === 'block-end') break;
      if (token.type !== 'key') throw parserFault('did not find expected key', token.start, open.start);
      this.scanner.skip();
      const key = endsEntry(this.peekType()) ? this.emptyScalar(token.end) : this.parseNode(true, true);
      const separator = this.scanner.peek();
      let value: YamlNode;
      if (separator.type === 'value') {
        this.lastEnd = separator.end.offset;
        this.scanner.skip();
        value = endsEntry(this.peekType()) ? this.emptyScalar(separator.end) : this.parseNode(true, true);
      } else {
        value = this.emptyScalar(separator.start);
      }
      entries.push({ key, value });
    }
    this.scanner.skip();
    node.end = this.lastEnd;
    return node;
  }

  private parseFlowSequence(base: Parameters<YamlParser['sequence']>[0]): YamlSequence {
    const { node, items } = this.sequence(base);
    const open = this.take();
    for (let first = true; this.peekType() !== 'flow-sequence-end'; first = false) {
      if (!first) {
        this.expectFlowEntry("did not find expected ',' or ']'", open);
        if (this.peekType() === 'flow-sequence-end') break;
      }
      items.push(this.peekType() === 'key' ? this.parseSinglePair() : this.parseNode(false, false));
    }
    node.end = this.take().end.offset;
    this.lastEnd = node.end;
    return node;
  }

  /** `[a: b]`: a mapping of one entry without braces. */
  private parseSinglePair(): YamlMapping {
    const start = this.take().start;
    const { node, entries } = this.mapping({ start: start.offset, end: start.offset, tag: '', register: () => {} });
    let key: YamlNode;
    const token = this.scanner.peek();
    if (token.type === 'value' || token.type === 'flow-entry' || token.type === 'flow-sequence-end') {
      // go-yaml drops this token, the colon included.
      this.scanner.skip();
      key = this.emptyScalar(token.end);
    } else {
      key = this.parseNode(false, false);
    }
    let value: YamlNode;
    let next = this.scanner.peek();
    if (next.type === 'value') {
      const colon = next;
      this.scanner.skip();
      next = this.scanner.peek();
      value =
        next.type === 'flow-entry' || next.type === 'flow-sequence-end' ? this.emptyScalar(colon.start) : this.parseNode(false, false);
    } else {
      value = this.emptyScalar(next.start);
    }
    entries.push({ key, value });
    this.scanner.peek();
    node.end = this.lastEnd;
    return node;
  }

  private parseFlowMapping(base: Parameters<YamlParser['mapping']>[0]): YamlMapping {
    const { node, entries } = this.mapping(base);
    const open = this.take();
    const endsEntry = (type: TokenType) => type === 'flow-entry' || type === 'flow-mapping-end';
    for (let first = true; this.peekType() !== 'flow-mapping-end'; first = false) {
      if (!first) {
        this.expectFlowEntry("did not find expected ',' or '}'", open);
        if (this.peekType() === 'flow-mapping-end') break;
      }
      if (this.peekType() !== 'key') {
        const key = this.parseNode(false, false);
        entries.push({ key, value: this.emptyScalar(this.scanner.peek().start) });
        continue;
      }
      this.scanner.skip();
      const type = this.peekType();
      const key = type === 'value' || endsEntry(type) ? this.emptyScalar(this.scanner.peek().start) : this.parseNode(false, false);
      let value: YamlNode | undefined;
      if (this.peekType() === 'value') {
        this.lastEnd = this.take().end.offset;
        if (!endsEntry(this.peekType())) value = this.parseNode(false, false);
      }
      entries.push({ key, value: value ?? this.emptyScalar(this.scanner.peek().start) });
    }
    node.end = this.take().end.offset;
    this.lastEnd = node.end;
    return node;
  }

  private expectFlowEntry(problem: string, open: Token): void {
    const token = this.scanner.peek();
    if (token.type !== 'flow-entry') throw parserFault(problem, token.start, open.start);
    this.scanner.skip();
  }
}
