/** A stretch of text to underline. Offsets are UTF-16 units of the whole text; `end` is exclusive and after `start`. */
export interface TextMark {
  readonly start: number;
  readonly end: number;
  readonly severity: 'error' | 'warning' | 'finding';
  /** What is said about it: Kubernetes' words, then ours. */
  readonly message: string;
  readonly code: string;
}

/** Everything drawn on the text besides its own colours. Lines count from 1. */
export interface FieldMarks {
  readonly marks: readonly TextMark[];
  readonly lit: ReadonlySet<number>;
  readonly changed: ReadonlySet<number>;
}

/** The line (from 1) an offset is on. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let index = text.indexOf('\n'); index >= 0 && index < offset; index = text.indexOf('\n', index + 1)) line += 1;
  return line;
}

/** A mark that can be seen: an empty or outgrown span is widened to the character beside it. */
export function visibleMark(mark: TextMark, length: number): TextMark {
  const start = Math.max(0, Math.min(mark.start, length));
  const end = Math.max(start, Math.min(mark.end, length));
  if (end > start) return { ...mark, start, end };
  return start > 0 && start === length ? { ...mark, start: start - 1, end: start } : { ...mark, start, end: start + 1 };
}
