import { markdownToHtml } from 'satteri';
import { describe, expect, test } from 'vitest';
import { baseLinks } from './base-links.ts';

function hrefs(text: string, base: string): readonly string[] {
  const { html } = markdownToHtml(text, { hastPlugins: [baseLinks(base)] });
  return [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href ?? '');
}

describe('baseLinks', () => {
  test('puts the base before absolute links only', () => {
    const text = '[a](/labs/) [b](#c) [d](../e/) [f](https://kubernetes.io/) [g](//h/)';
    expect(hrefs(text, '/course/')).toEqual(['/course/labs/', '#c', '../e/', 'https://kubernetes.io/', '//h/']);
  });

  test('changes nothing at the root', () => {
    expect(hrefs('[a](/labs/)', '/')).toEqual(['/labs/']);
  });
});
