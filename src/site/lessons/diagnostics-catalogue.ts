import { parse } from 'yaml';

const pages = import.meta.glob<string>('/content/diagnostics/*.md', { query: '?raw', import: 'default', eager: true });

/**
 * The Korean explanation of every diagnostic, by code: the `summary` of its page. Places `{name}` are filled from the diagnostic's
 * values where it is shown.
 */
export function diagnosticsCatalogue(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(pages)
      .map(([path, text]) => [path.replace(/^.*\//, '').replace(/\.md$/, ''), summaryOf(path, text)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function summaryOf(path: string, page: string): string {
  const front = /^---\n([\s\S]*?)\n---\n/.exec(page)?.[1] ?? '';
  const { summary } = (parse(front) ?? {}) as { readonly summary?: unknown };
  if (typeof summary !== 'string') throw new Error(`${path}: the page has no summary; add "summary: …" to its frontmatter`);
  return summary;
}
