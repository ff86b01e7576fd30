// Draws diagrams in a thread of its own, because drawing takes a page's global scope and the build must keep its own.
import { parentPort } from 'node:worker_threads';
import { fontSize } from './bounding-box.ts';
import type { Drawing, DrawRequest } from './draw.ts';
import { becomePage } from './headless-dom.ts';
import { tidySvg } from './tidy-svg.ts';

const page = becomePage();
// Mermaid looks for a page while it loads.
const { default: mermaid } = await import('mermaid');
const fontFamily = 'sans-serif';

mermaid.initialize({
  startOnLoad: false,
  securityLevel: 'strict',
  theme: 'base',
  layout: 'dagre',
  look: 'classic',
  htmlLabels: false,
  deterministicIds: true,
  fontFamily,
  themeVariables: { fontSize: `${fontSize}px` },
  // Authors break lines with <br/>: Mermaid would break Korean words in two.
  flowchart: {
    htmlLabels: false,
    wrappingWidth: 2000,
    padding: 10,
    minNodeWidth: 56,
    nodeSpacing: 36,
    rankSpacing: 44,
    subGraphTitleMargin: { top: 8, bottom: 12 },
  },
  sequence: {
    actorFontSize: fontSize,
    messageFontSize: fontSize,
    noteFontSize: fontSize,
    actorFontFamily: fontFamily,
    messageFontFamily: fontFamily,
    noteFontFamily: fontFamily,
    mirrorActors: false,
    actorMargin: 28,
    width: 110,
    height: 56,
    boxMargin: 8,
    boxTextMargin: 4,
    noteMargin: 8,
    messageMargin: 38,
    diagramMarginX: 4,
    diagramMarginY: 4,
  },
});

// Mermaid draws one diagram at a time.
let last: Promise<void> = Promise.resolve();

parentPort?.on('message', ({ number, code, id }: DrawRequest) => {
  last = last.then(async () => {
    let drawing: Drawing;
    try {
      const { svg } = await mermaid.render(id, code);
      drawing = { number, svg: tidySvg(page, svg) };
    } catch (error) {
      drawing = { number, error: error instanceof Error ? error.message : String(error) };
    }
    parentPort?.postMessage(drawing);
  });
});
