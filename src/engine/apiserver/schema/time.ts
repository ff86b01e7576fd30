const layout = '2006-01-02T15:04:05Z07:00';
const steps: readonly (readonly [pattern: RegExp, element: string, name?: string, least?: number, most?: number])[] = [
  [/^\d{4}/, '2006'],
  [/^-/, '-'],
  [/^\d\d/, '01', 'month', 1, 12],
  [/^-/, '-'],
  [/^\d\d/, '02', 'day', 1, 31],
  [/^T/, 'T'],
  [/^\d{1,2}/, '15', 'hour', 0, 23],
  [/^:/, ':'],
  [/^\d\d/, '04', 'minute', 0, 59],
  [/^:/, ':'],
  [/^\d\d(?:[.,]\d+)?/, '05', 'second', 0, 59],
  [/^(?:Z|[-+]\d\d:\d\d)/, 'Z07:00'],
];

/**
 * Why Go cannot read a time; `undefined` when it can.
 *
 * Models: Go's time.Parse with RFC 3339. Days are not checked against their month.
 */
export function timeProblem(text: string): string | undefined {
  let rest = text;
  const problem = (detail: string) => `parsing time ${quote(text)}${detail}`;
  for (const [pattern, element, name, least, most] of steps) {
    const match = pattern.exec(rest);
    if (match === null) return problem(` as "${layout}": cannot parse ${quote(rest)} as "${element}"`);
    const amount = Number.parseInt(match[0], 10);
    if (name !== undefined && (amount < (least ?? 0) || amount > (most ?? 0))) return problem(`: ${name} out of range`);
    rest = rest.slice(match[0].length);
  }
  return rest === '' ? undefined : problem(`: extra text: ${quote(rest)}`);
}

/** As Go's time package quotes: bytes, not characters, and everything beyond ASCII in hexadecimal. */
function quote(text: string): string {
  let out = '"';
  for (const character of text) {
    if (character === '"' || character === '\\') out += `\\${character}`;
    else if (character >= ' ' && character <= '\x7e') out += character;
    else
      out += encodeURIComponent(/^[\ud800-\udfff]$/.test(character) ? '\ufffd' : character).replace(
        /%(..)|[^%]/g,
        (c, hex?: string) => `\\x${(hex ?? c.charCodeAt(0).toString(16)).toLowerCase()}`,
      );
  }
  return `${out}"`;
}
