import type { AstroIntegration } from 'astro';

/**
 * Keeps the style sheets of what an island imports later (Monaco). Astro deletes every sheet that no page links to, and a sheet of
 * a dynamic import inside an island is linked by the browser's own loader, not by a page. A sheet counts as used when a chunk
 * names it among its assets, so each chunk is made to name those it imports.
 */
export function lazyStyles(): AstroIntegration {
  return {
    name: 'lazy-styles',
    hooks: {
      'astro:config:setup': ({ updateConfig }) => {
        updateConfig({
          vite: {
            plugins: [
              {
                name: 'lazy-styles',
                applyToEnvironment: (environment) => environment.name === 'client',
                generateBundle(_options, bundle) {
                  for (const chunk of Object.values(bundle)) {
                    if (chunk.type !== 'chunk' || !chunk.fileName.includes('monaco')) continue;
                    for (const sheet of chunk.viteMetadata?.importedCss ?? []) chunk.viteMetadata?.importedAssets.add(sheet);
                  }
                },
              },
            ],
          },
        });
      },
    },
  };
}
