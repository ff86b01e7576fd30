/** The one word that a misspelled one was probably meant to be; `undefined` when none is near, or several are equally near. */
export function closestWord(word: string, words: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  const sameLetters = words.filter((other) => other.toLowerCase() === lower && other !== word);
  if (sameLetters.length === 1) return sameLetters[0];
  // Short words are near to everything.
  const limit = word.length < 4 ? 1 : 2;
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const other of words) {
    if (other === word || Math.abs(other.length - word.length) > limit) continue;
    const distance = editDistance(lower, other.toLowerCase(), limit);
    if (distance > bestDistance) continue;
    best = distance === bestDistance ? undefined : other;
    bestDistance = distance;
  }
  return best;
}

/** Letters to add, take away, change or swap with a neighbour; anything above `limit` counts as `limit + 1`. */
function editDistance(a: string, b: string, limit: number): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((row[j - 1] ?? 0) + 1, (previous[j] ?? 0) + 1, (previous[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    if (Math.min(...row) > limit) return limit + 1;
    before = previous;
    previous = row;
  }
  return previous[b.length] ?? limit + 1;
}
