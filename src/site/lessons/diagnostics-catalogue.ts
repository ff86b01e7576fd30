const pages = import.meta.glob<string>('/content/diagnostics/*.md', { query: '?raw', import: 'default', eager: true });

/**
 * The Korean explanation of every diagnostic, by code: what its page says before its first heading. Places `{name}` are filled from
 * the diagnostic's values where it is shown.
 */
export function diagnosticsCatalogue(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(pages)
      .map(([path, text]) => [path.replace(/^.*\//, '').replace(/\.md$/, ''), explanation(text)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function explanation(page: string): string {
  const body = page.replace(/^---\n[\s\S]*?\n---\n/, '');
  const opening = /^([\s\S]*?)(?=\n#|\n```|$(?![\s\S]))/.exec(body)?.[1] ?? '';
  return opening
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*([^*]*)\*\*/g, '$1')
    .replace(/\s*\n\s*/g, ' ')
    .trim();
}
