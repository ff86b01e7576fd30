/** Cells of one line; every cell but the last was ended by a tab. */
export type TabbedLine = readonly string[];

/**
 * Lines with their cells aligned as Go's text/tabwriter does it: a column is a run of neighbouring lines that all have a cell there which
 * a tab ends; each run has its own width. The last cell of a line belongs to no column.
 *
 * Models: Go text/tabwriter with blanks as padding and no flags.
 */
export function alignTabs(lines: readonly TabbedLine[], minWidth: number, padding: number): string {
  const out: string[] = [];
  format(lines, 0, lines.length, [], { minWidth, padding }, out);
  return out.map((line) => `${line}\n`).join('');
}

/** A text with tabs and newlines, aligned; the form most of kubectl's describers are written in. */
export function alignText(text: string, minWidth: number, padding: number): string {
  const lines = text.replace(/\n$/, '').split('\n');
  return alignTabs(
    lines.map((line) => line.split('\t')),
    minWidth,
    padding,
  );
}

interface Widths {
  readonly minWidth: number;
  readonly padding: number;
}

function format(lines: readonly TabbedLine[], from: number, to: number, widths: readonly number[], options: Widths, out: string[]): void {
  const column = widths.length;
  let written = from;
  for (let i = from; i < to; i += 1) {
    if (!hasColumn(lines[i], column)) continue;
    for (; written < i; written += 1) out.push(writeLine(lines[written] ?? [], widths));
    let width = options.minWidth;
    let end = i;
    for (; end < to && hasColumn(lines[end], column); end += 1)
      width = Math.max(width, length(lines[end]?.[column] ?? '') + options.padding);
    format(lines, i, end, [...widths, width], options, out);
    written = end;
    i = end - 1;
  }
  for (; written < to; written += 1) out.push(writeLine(lines[written] ?? [], widths));
}

function hasColumn(line: TabbedLine | undefined, column: number): boolean {
  return line !== undefined && column < line.length - 1;
}

function writeLine(line: TabbedLine, widths: readonly number[]): string {
  return line.map((cell, i) => cell + ' '.repeat(Math.max(0, (widths[i] ?? 0) - length(cell)))).join('');
}

/** Characters, not UTF-16 units. */
function length(text: string): number {
  return Array.from(text).length;
}
