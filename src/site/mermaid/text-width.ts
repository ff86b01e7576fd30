/**
 * Advance widths in thousandths of an em, the wider of a regular and a bold cut, over the fonts a reader is likely to have. Mermaid
 * places boxes at build time, before anybody knows the reader's font, so a box is made for the widest of them.
 */
const classes: readonly (readonly [string, number])[] = [
  [' ', 280],
  ["il!,.:;'|", 330],
  ['jI', 330],
  ['()[]{}-/\\`ft', 420],
  ['r"', 480],
  ['sz_^?*', 560],
  ['cvxyk', 590],
  ['abdeghnopqu0123456789+<=>~$#', 640],
  ['FJLTZ', 650],
  ['ABCEKPRSVXY', 700],
  ['DGHNOQU&', 780],
  ['MWwm%@', 1000],
];

const widths = new Map<string, number>(classes.flatMap(([characters, width]) => [...characters].map((character) => [character, width])));
const hangul = 930;
const fullWidth = 1000;
const other = 650;

/** Width of one line of text, in the unit of `fontSize`. */
export function textWidth(text: string, fontSize: number): number {
  let thousandths = 0;
  for (const character of text) thousandths += widths.get(character) ?? wide(character.codePointAt(0) ?? 0);
  return (thousandths / 1000) * fontSize;
}

function wide(codePoint: number): number {
  if (codePoint >= 0xac00 && codePoint <= 0xd7a3) return hangul;
  const isFullWidth =
    (codePoint >= 0x1100 && codePoint <= 0x11ff) ||
    (codePoint >= 0x2010 && codePoint <= 0x2fff) ||
    (codePoint >= 0x3000 && codePoint <= 0x9fff) ||
    (codePoint >= 0xf900 && codePoint <= 0xffef);
  return isFullWidth ? fullWidth : other;
}
