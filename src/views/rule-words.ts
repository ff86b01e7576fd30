/** A piece of a printed rule. Lines may break between pieces, never inside one. */
export interface RuleWord {
  readonly text: string;
  /** Comments are set quieter. */
  readonly quiet: boolean;
}

/** Words and quoted strings; a backslash keeps the character after it. */
const tokenPattern = /"(?:\\.|[^"\\])*"|\S+/g;

/**
 * Cuts a printed rule where its lines may break. iptables: before each option, with `!` and a comment's `-m comment` kept to the
 * option they belong to. nft: before the comment, the counter and the verdict. The pieces joined by one space are the rule again.
 */
export function ruleWords(text: string): readonly RuleWord[] {
  const tokens = text.match(tokenPattern) ?? [];
  const isOption = text.startsWith('-');
  const words: string[][] = [];
  for (const [index, token] of tokens.entries()) {
    if (index === 0 || (isOption ? startsOption(tokens, index) : startsNftClause(tokens, index))) words.push([token]);
    else words.at(-1)?.push(token);
  }
  return words.map((word) => ({ text: word.join(' '), quiet: word.includes('--comment') || word[0] === 'comment' }));
}

function startsOption(tokens: readonly string[], index: number): boolean {
  const token = tokens[index] ?? '';
  if (tokens[index - 1] === '!') return false;
  if (token === '!') return tokens[index + 1]?.startsWith('-') === true;
  if (!token.startsWith('-') || token === '-') return false;
  // `-m comment --comment "…"` and `-m statistic --mode random` each say one thing.
  return !(tokens[index - 2] === '-m' && ['--comment', '--mode', '--mark'].includes(token));
}

const nftClauses: ReadonlySet<string> = new Set([
  'comment',
  'counter',
  'jump',
  'goto',
  'dnat',
  'masquerade',
  'drop',
  'reject',
  'accept',
  'ip',
  'tcp',
  'udp',
  'meta',
  'ct',
  'numgen',
  'mark',
  'fib',
]);

function startsNftClause(tokens: readonly string[], index: number): boolean {
  const token = tokens[index] ?? '';
  const previous = tokens[index - 1] ?? '';
  return nftClauses.has(token) && !nftClauses.has(previous) && !previous.endsWith('.') && previous !== '.';
}
