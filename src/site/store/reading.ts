import { load, save } from './progress-store.ts';

/** How far a reader came in one lesson. */
export interface Reading {
  /** Share of the lesson's sections gone through, 0 to 1; it never goes back. */
  readonly share: number;
  /** When the lesson was last read, in milliseconds of the browser's clock. */
  readonly at: number;
}

function isReading(value: unknown): value is Reading {
  return (
    typeof value === 'object' &&
    value !== null &&
    'share' in value &&
    typeof value.share === 'number' &&
    'at' in value &&
    typeof value.at === 'number'
  );
}

/** What is kept about a lesson; `undefined` when nothing is, or the browser keeps nothing. An older text's reading still counts. */
export async function loadReading(slug: string): Promise<Reading | undefined> {
  const loaded = await load(`reading/${slug}`, 0, isReading);
  return loaded.kind === 'found' ? loaded.saved.value : undefined;
}

/** Keeps the farthest point. Trouble is not told: losing a bookmark is no reason to interrupt a reader. */
export async function keepReading(slug: string, version: number, share: number, at: number): Promise<void> {
  const before = await loadReading(slug);
  await save(`reading/${slug}`, version, { share: Math.max(share, before?.share ?? 0), at } satisfies Reading);
}
