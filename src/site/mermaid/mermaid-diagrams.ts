import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineMdastPlugin, type MdastPluginEntry } from 'satteri';
import { captionOf, DiagramMistake, type DiagramSource, unreadable } from './diagram-source.ts';
import { diagramDrawer } from './draw.ts';

/** The fences that become pictures; everything else stays code. */
const language = 'mermaid';

/**
 * Draws the Mermaid fences of MDX documents while the site is built, so that a page carries pictures and no drawing code. A fence becomes
 * `<Diagram svg caption>`; a fence without title, description or caption, or that Mermaid cannot read, stops the build with file and line.
 */
export function mermaidDiagrams(cacheFolder = '.cache/mermaid'): MdastPluginEntry {
  const draw = diagramDrawer(cacheFolder);
  return ({ fileURL, sourceFormat, source: text }) => {
    if (!text.includes('```mermaid')) return undefined;
    const file = fileURL === undefined ? 'MDX' : relative(process.cwd(), fileURLToPath(fileURL));
    let drawn = 0;
    return defineMdastPlugin({
      name: 'mermaid-diagrams',
      options: { position: true },
      async code(node) {
        if (node.lang !== language) return undefined;
        const source: DiagramSource = { code: node.value, meta: node.meta ?? '', file, line: node.position?.start.line ?? 1 };
        if (sourceFormat !== 'mdx') throw new DiagramMistake(source, 'diagrams are drawn in .mdx pages only; rename the page');
        const caption = captionOf(source);
        drawn += 1;
        const svg = await draw(source.code, `diagram-${drawn}`).catch((error: Error) => {
          throw unreadable(source, error.message);
        });
        return {
          type: 'mdxJsxFlowElement',
          name: 'Diagram',
          attributes: [
            { type: 'mdxJsxAttribute', name: 'svg', value: svg },
            { type: 'mdxJsxAttribute', name: 'caption', value: caption },
          ],
          children: [],
        };
      },
    });
  };
}
