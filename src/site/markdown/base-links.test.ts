import { markdownToHtml } from 'satteri';
import { describe, expect, test } from 'vitest';
import { baseLinks } from './base-links.ts';

async function hrefs(text: string, base: string): Promise<readonly string[]> {
  const { html } = await markdownToHtml(text, { hastPlugins: [baseLinks(base)] });
  return [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href ?? '');
}

describe('baseLinks', () => {
  test('puts the base before absolute links only', async () => {
    const text = '[a](/labs/) [b](#c) [d](../e/) [f](https://kubernetes.io/) [g](//h/)';
    expect(await hrefs(text, '/course/')).toEqual(['/course/labs/', '#c', '../e/', 'https://kubernetes.io/', '//h/']);
  });

  test('changes nothing at the root', async () => {
    expect(await hrefs('[a](/labs/)', '/')).toEqual(['/labs/']);
  });
});
