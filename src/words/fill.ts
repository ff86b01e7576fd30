/** Values for the `{name}` places of a sentence. */
export type WordArgs = Readonly<Record<string, string | number>>;

/**
 * Puts values into the `{name}` places of a sentence. A place without a value stays as it is, so that a missing value is seen and
 * not silently dropped. The sentence is split first: a value that itself contains `{…}` is not read again.
 */
export function fill(sentence: string, args: WordArgs): string {
  return sentence.replace(/\{([a-zA-Z]+)\}/g, (place, name: string) => (Object.hasOwn(args, name) ? String(args[name]) : place));
}
