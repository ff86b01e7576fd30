/**
 * Lines of a table whose columns line up. Each entry of `rows` is a row of cells and the lines that hang under it; a hanging line has an
 * empty first cell and one text, which may run over all columns. Hangul counts two columns, as terminals draw it.
 */
export function textTable(rows: readonly (readonly (readonly string[])[])[], align: readonly ('<' | '>')[]): readonly string[] {
  const heads = rows.flatMap((row) => row.slice(0, 1));
  const widths = align.map((_, column) => Math.max(0, ...heads.map((cells) => columns(cells[column] ?? ''))));
  return rows.flatMap(([head = [], ...hanging]) => [
    `  ${head.map((cell, column) => pad(cell, widths[column] ?? 0, align[column] ?? '<')).join('  ')}`.trimEnd(),
    ...hanging.map((cells) => `  ${' '.repeat(widths[0] ?? 0)}    ${cells[1] ?? ''}`),
  ]);
}

function pad(text: string, width: number, align: '<' | '>'): string {
  const blanks = ' '.repeat(Math.max(0, width - columns(text)));
  return align === '<' ? text + blanks : blanks + text;
}

/** Columns of a text on a terminal: East Asian wide characters take two. */
function columns(text: string): number {
  let width = 0;
  for (const character of text)
    width += /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(character)
      ? 2
      : 1;
  return width;
}
