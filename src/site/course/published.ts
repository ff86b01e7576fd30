import { type CollectionEntry, getCollection } from 'astro:content';
import { slugOf } from './slug.ts';

/** Slugs of the lessons that exist. A lesson of the course map without a page is shown as coming and not linked. */
export async function publishedLessons(): Promise<ReadonlySet<string>> {
  const entries = await getCollection('docs', (entry: CollectionEntry<'docs'>) => entry.data.kind === 'lesson');
  return new Set(entries.map(({ id }: { id: string }) => slugOf(id)));
}
