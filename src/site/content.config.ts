import { defineCollection } from 'astro:content';
import { docsSchema, i18nSchema } from '@astrojs/starlight/schema';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';
import { siteWords } from '#words/site.ts';

/**
 * Frontmatter of content/lessons/<slug>/index.mdx. `description` is the sentence under the title and the page's summary
 * for search engines. Minutes, session and lab come from content/course.yaml.
 */
const lesson = z.strictObject({
  kind: z.literal('lesson'),
  description: z.string().min(1),
  /** Raised when a stored answer or prediction of an older text no longer fits. */
  version: z.int().min(1),
  /** What a reader can do at the end: one sentence each. */
  goals: z.array(z.string().min(1)).min(1).max(4),
});

/** Frontmatter of content/diagnostics/<code>.md. The file name is the code. */
const diagnostic = z.strictObject({
  kind: z.literal('diagnostic'),
  severity: z.enum(['error', 'warning', 'finding']),
  /** Kubernetes' own words for one typical input; absent for findings. */
  message: z.string().optional(),
  /** What editor and command line show under Kubernetes' words: two or three sentences, with `{name}` places for the diagnostic's arguments. */
  summary: z.string().min(1),
});

/** Frontmatter of a plain page under content/reference/. */
const reference = z.strictObject({
  kind: z.literal('reference'),
  description: z.string().min(1),
});

/** The address of an entry: its path, with diagnostics filed under the reference. */
function addressOf(entry: string): string {
  return entry
    .replace(/\.mdx?$/, '')
    .replace(/\/index$/, '')
    .replace(/^diagnostics\//, 'reference/diagnostics/');
}

/** labs/<folder>/brief.mdx: the task in words. Everything else about a lab stands in its lab.yaml. */
const brief = z.strictObject({});

export const collections = {
  /** The few strings Starlight still says by itself, out of our table of words. */
  i18n: defineCollection({ loader: () => [{ id: 'ko', 'skipLink.label': siteWords.skip }], schema: i18nSchema() }),
  briefs: defineCollection({
    loader: glob({ base: './labs', pattern: '[^_]*/brief.mdx', generateId: ({ entry }) => entry.replace(/\/brief\.mdx$/, '') }),
    schema: brief,
  }),
  docs: defineCollection({
    loader: glob({
      base: './content',
      pattern: ['lessons/*/index.mdx', 'diagnostics/*.md', 'reference/*.{md,mdx}'],
      generateId: ({ entry }) => addressOf(entry),
    }),
    schema: docsSchema({ extend: z.discriminatedUnion('kind', [lesson, diagnostic, reference]) }),
  }),
};
