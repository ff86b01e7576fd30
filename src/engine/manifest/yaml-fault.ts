/** A place in YAML text as libyaml counts it: lines and columns from 0, columns in characters, breaks also at NEL, LS and PS. */
export interface Mark {
  /** UTF-16 offset. */
  readonly offset: number;
  /** Characters (code points) before it. */
  readonly index: number;
  readonly line: number;
  readonly column: number;
}

/**
 * Ends the reading of one YAML document. It never leaves `readYaml`, which turns it into a value.
 *
 * `problem` is go-yaml's text without the line; `line` is the number go-yaml prints, which is often not the line at fault: its parser
 * forgets to count from 1. `offset` is the place at fault, `context` where the unfinished construct began.
 */
export class YamlFault extends Error {
  override readonly name = 'YamlFault';
  readonly problem: string;
  readonly line: number | undefined;
  readonly offset: number;
  readonly context: number | undefined;

  constructor(problem: string, line: number | undefined, offset: number, context?: number) {
    super(problem);
    this.problem = problem;
    this.line = line;
    this.offset = offset;
    this.context = context;
  }
}

/** Models: go-yaml v2 decode.go parser.fail: a scanner's problem counts its line from 1, a parser's from 0; line 0 falls back to the context. */
export function scannerFault(problem: string, at: Mark, context: Mark): YamlFault {
  return new YamlFault(problem, at.line > 0 ? at.line + 1 : context.line || undefined, at.offset, context.offset);
}

export function parserFault(problem: string, at: Mark, context?: Mark): YamlFault {
  return new YamlFault(problem, at.line || context?.line || undefined, at.offset, context?.offset);
}
