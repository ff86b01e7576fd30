import { fieldHelps } from '#words/fields.ts';

/** What a field of a manifest means, in Korean Markdown; `undefined` for words that are no field of this course. */
export function fieldHelp(name: string): string | undefined {
  return Object.hasOwn(fieldHelps, name) ? fieldHelps[name] : undefined;
}
