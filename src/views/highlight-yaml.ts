/** How a stretch of YAML is set: key, punctuation, comment, plain value, or a value in the colour of what it describes. */
export type YamlTokenKind = 'key' | 'punctuation' | 'comment' | 'value' | 'service' | 'pod' | 'client' | 'dns' | 'outside';

export interface YamlToken {
  readonly kind: YamlTokenKind;
  readonly text: string;
  /** UTF-16 offset in the whole text. */
  readonly start: number;
}

export interface YamlLineView {
  /** Counts from 1. */
  readonly number: number;
  /** Offset of the line's first character. */
  readonly start: number;
  readonly text: string;
  readonly tokens: readonly YamlToken[];
}

/** Service fields whose values are the Service's own face: its addresses, ports and name. */
const serviceFields: ReadonlySet<string> = new Set([
  'clusterIP',
  'clusterIPs',
  'externalIPs',
  'loadBalancerIP',
  'port',
  'nodePort',
  'healthCheckNodePort',
  'type',
]);

const linePattern =
  /^(\s*)((?:- +)*)(?:("(?:\\.|[^"\\])*"|'(?:''|[^'])*'|[^\s#'"[\]{},&*!|>%@`-][^#]*?|-[^\s#][^#]*?)(\s*:)(?=\s|$))?(.*)$/;

/**
 * YAML for the eye, line by line: enough to colour what people write by hand, and never wrong about the text itself: the tokens of
 * a line joined are the line. What a value describes is told from its key and from the keys above it by indentation.
 */
export function highlightYaml(text: string): readonly YamlLineView[] {
  const parents: { readonly indent: number; readonly key: string }[] = [];
  let kind = '';
  let start = 0;
  return text.split('\n').map((line, index): YamlLineView => {
    const lineStart = start;
    start += line.length + 1;
    const tokens: YamlToken[] = [];
    const push = (tokenKind: YamlTokenKind, part: string) => {
      if (part !== '')
        tokens.push({ kind: tokenKind, text: part, start: lineStart + tokens.reduce((sum, token) => sum + token.text.length, 0) });
    };
    if (/^---(\s|$)/.test(line)) {
      parents.length = 0;
      kind = '';
      push('punctuation', line);
      return { number: index + 1, start: lineStart, text: line, tokens };
    }
    const [, indent = '', dashes = '', key, colon, rest = ''] = linePattern.exec(line) ?? [];
    const depth = indent.length + dashes.length;
    while (parents.length > 0 && (parents.at(-1)?.indent ?? 0) >= (key === undefined ? depth + 1 : depth)) parents.pop();
    push('punctuation', indent + dashes);
    if (key !== undefined) {
      push('key', key);
      push('punctuation', colon ?? '');
    }
    const { value, comment } = splitComment(rest);
    const blank = /^\s*/.exec(value)?.[0] ?? '';
    push('punctuation', blank);
    const words = value.slice(blank.length);
    if (key === 'kind') kind = words.trim();
    push(
      valueKind(
        kind,
        parents.map((parent) => parent.key),
        key,
        words,
      ),
      words,
    );
    push('comment', comment);
    if (key !== undefined) parents.push({ indent: depth, key });
    return { number: index + 1, start: lineStart, text: line, tokens };
  });
}

/** A `#` begins a comment at the start or after a blank, outside quotes. */
function splitComment(rest: string): { readonly value: string; readonly comment: string } {
  let quote = '';
  for (let index = 0; index < rest.length; index++) {
    const character = rest[index] ?? '';
    if (quote !== '') {
      if (character === '\\' && quote === '"') index += 1;
      else if (character === quote) quote = '';
    } else if ((character === '"' || character === "'") && /^\s*$/.test(rest.slice(0, index))) quote = character;
    else if (character === '#' && (index === 0 || /\s/.test(rest[index - 1] ?? ''))) {
      return { value: rest.slice(0, index), comment: rest.slice(index) };
    }
  }
  return { value: rest, comment: '' };
}

function valueKind(kind: string, parents: readonly string[], key: string | undefined, value: string): YamlTokenKind {
  if (/^[[{\]},|>]/.test(value)) return 'value';
  const parent = parents.at(-1);
  if (key === 'kind') return value.trim() === 'Service' ? 'service' : value.trim() === 'Pod' ? 'pod' : 'value';
  if (key === 'targetPort' || key === 'containerPort' || key === 'podIP') return 'pod';
  if (parent === 'selector' || parent === 'matchLabels' || parent === 'labels')
    return kind === 'Service' && parent === 'labels' ? 'value' : 'pod';
  if (key === 'externalName') return 'outside';
  if (kind !== 'Service') return 'value';
  if (key === 'name') return parent === 'metadata' ? 'service' : 'value';
  return serviceFields.has(key ?? parent ?? '') ? 'service' : 'value';
}
