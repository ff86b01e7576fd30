import type { Position } from '../diagnostics/diagnostic.ts';

/** Finds line and column of an offset. Lines end as editors end them: at LF, CRLF and CR. Made on first use: most texts never need it. */
export class LineIndex {
  private readonly text: string;
  private starts: readonly number[] | undefined;

  constructor(text: string) {
    this.text = text;
  }

  position(offset: number): Position {
    const starts = this.lineStarts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { offset, line: low + 1, column: offset - (starts[low] as number) + 1 };
  }

  private lineStarts(): readonly number[] {
    if (this.starts === undefined) {
      const starts = [0];
      for (const ending of this.text.matchAll(/\r\n|[\r\n]/g)) starts.push(ending.index + ending[0].length);
      this.starts = starts;
    }
    return this.starts;
  }
}
