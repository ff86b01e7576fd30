/** Lines shown around a change. */
const context = 3;

interface Edit {
  readonly sign: ' ' | '-' | '+';
  readonly line: string;
}

/**
 * The difference of two texts, as `diff -u` prints it, without file names. Empty for equal texts.
 *
 * Models: apimachinery pkg/util/diff Diff, v1.37.
 */
export function unifiedDiff(before: readonly string[], after: readonly string[]): string {
  const edits = editScript(before, after);
  let out = '';
  for (const [start, end] of hunks(edits)) {
    const count = (sign: '-' | '+', from: number, to: number) => {
      let lines = 0;
      for (let i = from; i < to; i += 1) if (edits[i]?.sign === ' ' || edits[i]?.sign === sign) lines += 1;
      return lines;
    };
    const range = (sign: '-' | '+') => {
      const lines = count(sign, start, end);
      const first = count(sign, 0, start) + (lines === 0 ? 0 : 1);
      return lines === 1 ? `${first}` : `${first},${lines}`;
    };
    out += `@@ -${range('-')} +${range('+')} @@\n`;
    for (const { sign, line } of edits.slice(start, end)) out += `${sign}${line}\n`;
  }
  return out;
}

/** The longest common subsequence, from a table: specs are a few hundred lines. */
function editScript(before: readonly string[], after: readonly string[]): readonly Edit[] {
  const width = after.length + 1;
  const common = new Uint32Array((before.length + 1) * width);
  const at = (i: number, j: number) => common[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      common[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const edits: Edit[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    const [old, now] = [before[i], after[j]];
    if (old !== undefined && old === now) {
      edits.push({ sign: ' ', line: old });
      i += 1;
      j += 1;
    } else if (old !== undefined && (now === undefined || at(i + 1, j) >= at(i, j + 1))) {
      edits.push({ sign: '-', line: old });
      i += 1;
    } else {
      edits.push({ sign: '+', line: now ?? '' });
      j += 1;
    }
  }
  return edits;
}

/** Stretches of edits to show: changes with their surroundings, joined where these touch. */
function hunks(edits: readonly Edit[]): readonly [number, number][] {
  const found: [number, number][] = [];
  for (const [i, { sign }] of edits.entries()) {
    if (sign === ' ') continue;
    const start = Math.max(0, i - context);
    const end = Math.min(edits.length, i + context + 1);
    const last = found.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = end;
    else found.push([start, end]);
  }
  return found;
}
