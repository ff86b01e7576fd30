import { readFileSync, writeFileSync } from 'node:fs';
import type { Verdict } from './compare/score.ts';

const file = new URL('known-misses.txt', import.meta.url);

/** Misses that are known, by key, with their reasons. */
export type KnownMisses = ReadonlyMap<string, string>;

/** `kind what | record`: what a line of the list says. */
export function missKey(kind: string, { what, id }: Pick<Verdict, 'what' | 'id'>): string {
  return `${kind} ${what} | ${id}`;
}

/** Reads the list: a reason after `## `, and under it one miss a line. A miss without a reason, or listed twice, is an error. */
export function parseKnownMisses(text: string): KnownMisses {
  const misses = new Map<string, string>();
  let reason = '';
  for (const [index, line] of text.split('\n').entries()) {
    if (line.startsWith('## ')) reason = line.slice(3).trim();
    if (line === '' || line.startsWith('#')) continue;
    if (reason === '') throw new Error(`known-misses.txt:${index + 1}: a miss needs a reason ("## …") above it`);
    if (misses.has(line)) throw new Error(`known-misses.txt:${index + 1}: "${line}" is listed twice`);
    misses.set(line, reason);
  }
  return misses;
}

export function printKnownMisses(misses: KnownMisses): string {
  const reasons = [...new Set(misses.values())].sort();
  const sections = reasons.map((reason) => {
    const keys = [...misses].filter(([, one]) => one === reason).map(([key]) => key);
    return `\n## ${reason}\n${keys.sort().join('\n')}\n`;
  });
  return `# What the engine does not answer yet, and why. The list may only shrink (README.md).\n${sections.join('')}`;
}

export function readKnownMisses(): KnownMisses {
  return parseKnownMisses(readFileSync(file, 'utf8'));
}

export function writeKnownMisses(misses: KnownMisses): void {
  writeFileSync(file, printKnownMisses(misses));
}

/** What a run says about the list: misses it does not know, and lines of it that are met by now (or name nothing that was asked). */
export function judge(seen: ReadonlyMap<string, boolean>, known: KnownMisses): { readonly fresh: string[]; readonly met: string[] } {
  const fresh = [...seen].filter(([key, met]) => !met && !known.has(key)).map(([key]) => key);
  const met = [...known.keys()].filter((key) => seen.get(key) !== false);
  return { fresh, met };
}
