/** Strings, comments, regular expressions of one line, loops and line ends, in one pass. */
const pattern =
  /\/\/.*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`|\b(?:for|while|do)\b(?=\s*[({]|\s+await\b)|\n/g;

/**
 * Lines (from 1) that begin a loop. QuickJS names only the function it was interrupted in, so these are the candidates for the loop
 * that did not end. A `while` that closes a `do` counts too.
 */
export function loopLines(code: string): readonly number[] {
  const lines = new Set<number>();
  let line = 1;
  for (const [token] of code.matchAll(pattern)) {
    if (/^(?:for|while|do)$/.test(token)) lines.add(line);
    line += token.split('\n').length - 1;
  }
  return [...lines];
}
