/** How a stretch of TypeScript is set. */
export type CodeTokenKind = 'keyword' | 'string' | 'comment' | 'number' | 'plain';

export interface CodeToken {
  readonly kind: CodeTokenKind;
  readonly text: string;
  readonly start: number;
}

export interface TypeScriptLine {
  readonly number: number;
  readonly start: number;
  readonly text: string;
  readonly tokens: readonly CodeToken[];
}

const keywords =
  'as|async|await|break|case|catch|const|continue|default|else|export|finally|for|from|function|if|import|in|interface|let|new|of|return|switch|throw|try|type|typeof|while';

const pattern = new RegExp(
  [
    String.raw`(?<comment>//.*|/\*[\s\S]*?(?:\*/|$))`,
    '(?<string>"(?:\\\\.|[^"\\\\\\n])*"?|\'(?:\\\\.|[^\'\\\\\\n])*\'?|`(?:\\\\[\\s\\S]|[^`\\\\])*`?)',
    String.raw`(?<keyword>\b(?:${keywords})\b)`,
    String.raw`(?<number>\b\d[\d_.]*\b)`,
  ].join('|'),
  'g',
);

/** TypeScript for the eye, line by line: comments, strings, keywords and numbers. The tokens of a line joined are the line. */
export function highlightTypeScript(text: string): readonly TypeScriptLine[] {
  const pieces: CodeToken[] = [];
  let at = 0;
  const push = (kind: CodeTokenKind, end: number) => {
    if (end > at) pieces.push({ kind, text: text.slice(at, end), start: at });
    at = end;
  };
  for (const match of text.matchAll(pattern)) {
    push('plain', match.index);
    const kind = Object.entries(match.groups ?? {}).find(([, part]) => part !== undefined)?.[0];
    push(
      kind === 'comment' || kind === 'string' || kind === 'keyword' || kind === 'number' ? kind : 'plain',
      match.index + match[0].length,
    );
  }
  push('plain', text.length);
  return intoLines(text, pieces);
}

function intoLines(text: string, pieces: readonly CodeToken[]): readonly TypeScriptLine[] {
  let start = 0;
  let next = 0;
  return text.split('\n').map((line, index): TypeScriptLine => {
    const end = start + line.length;
    const tokens: CodeToken[] = [];
    // A token over several lines (a template, a comment) is cut at each line's end.
    for (; next < pieces.length; next++) {
      const piece = pieces[next];
      if (piece === undefined || piece.start > end) break;
      const from = Math.max(piece.start, start);
      const to = Math.min(piece.start + piece.text.length, end);
      if (to > from) tokens.push({ kind: piece.kind, text: text.slice(from, to), start: from });
      if (piece.start + piece.text.length > end) break;
    }
    const view = { number: index + 1, start, text: line, tokens };
    start = end + 1;
    return view;
  });
}
