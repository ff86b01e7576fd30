import { defineHastPlugin } from 'satteri';

/**
 * Puts the site's base path before absolute links (`/labs/` in Markdown is `/course/labs/` when the site is served
 * under `/course/`). Astro does this for its own assets only.
 */
export function baseLinks(base: string) {
  const prefix = base.replace(/\/$/, '');
  return defineHastPlugin({
    name: 'base-links',
    element: {
      filter: ['a'],
      visit(node, ctx) {
        const href = node.properties?.href;
        if (typeof href === 'string' && href.startsWith('/') && !href.startsWith('//')) {
          ctx.setProperty(node, 'href', prefix + href);
        }
      },
    },
  });
}
