import type { ComponentChildren } from 'preact';
import type { YamlToken } from '#views/highlight-yaml.ts';
import { type FieldMarks, type TextMark, visibleMark } from './marks.ts';

/** One line of text cut into pieces that wear a class each. */
export interface CodeLine {
  readonly number: number;
  readonly start: number;
  readonly text: string;
  readonly tokens: readonly { readonly class: string; readonly text: string; readonly start: number }[];
}

const roleKinds: ReadonlySet<string> = new Set(['service', 'pod', 'client', 'dns', 'outside']);

/** Class of a token: values that describe a thing of the network wear its colour. */
export function tokenClass({ kind }: YamlToken): string {
  return roleKinds.has(kind) ? `s-${kind}` : kind;
}

/** Lines with their colours, underlined stretches, and lit, changed or wrong lines. */
export function HighlightedCode({ lines, marks, length }: { lines: readonly CodeLine[]; marks: FieldMarks; length: number }) {
  const visible = marks.marks.map((mark) => visibleMark(mark, length));
  return (
    <>
      {lines.map((line) => {
        const end = line.start + line.text.length;
        const here = visible.filter((mark) => mark.start <= end && mark.end > line.start && (mark.start < end || mark.start === end));
        return (
          <code key={line.number} class={lineClass(line.number, here, marks)}>
            {line.tokens.map((token) => (
              <span key={token.start} class={token.class}>
                {marked(token, here)}
              </span>
            ))}
            {here.some((mark) => mark.start === end) && <mark class={markClass(here.find((mark) => mark.start === end))}> </mark>}
          </code>
        );
      })}
    </>
  );
}

function lineClass(number: number, here: readonly TextMark[], { lit, changed }: FieldMarks): string {
  const wrong = here.some((mark) => mark.severity === 'error');
  return ['l', wrong ? 'err' : '', lit.has(number) ? 'lit' : '', changed.has(number) ? 'chg' : ''].filter(Boolean).join(' ');
}

function markClass(mark: TextMark | undefined): string | undefined {
  return mark?.severity === 'error' ? undefined : 'soft';
}

/** A token's text with the marks that fall on it. Where marks overlap, the first one wins. */
function marked(token: { readonly text: string; readonly start: number }, marks: readonly TextMark[]): ComponentChildren {
  const end = token.start + token.text.length;
  const pieces: ComponentChildren[] = [];
  let at = token.start;
  const slice = (from: number, to: number) => token.text.slice(from - token.start, to - token.start);
  for (const mark of [...marks].sort((a, b) => a.start - b.start)) {
    const from = Math.max(mark.start, at);
    const to = Math.min(mark.end, end);
    if (from >= to) continue;
    if (from > at) pieces.push(slice(at, from));
    pieces.push(
      <mark key={from} class={markClass(mark)}>
        {slice(from, to)}
      </mark>,
    );
    at = to;
  }
  if (at < end) pieces.push(slice(at, end));
  return pieces;
}
