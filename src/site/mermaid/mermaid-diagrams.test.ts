import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mdxToJs } from 'satteri';
import { afterAll, describe, expect, it } from 'vitest';
import { mermaidDiagrams } from './mermaid-diagrams.ts';

const cacheFolder = mkdtempSync(join(tmpdir(), 'diagrams-'));
afterAll(() => rmSync(cacheFolder, { recursive: true }));

/** Compiles a lesson of the given lines, as the site's build does. */
async function compile(...lines: readonly string[]): Promise<string> {
  const { code } = await mdxToJs(lines.join('\n'), {
    mdastPlugins: [mermaidDiagrams(cacheFolder)],
    fileURL: pathToFileURL(join(process.cwd(), 'content/lessons/sample/index.mdx')),
  });
  return code;
}

const fence = (...code: readonly string[]) => ['머리글', '', '```mermaid caption="그림 1 · 견본"', ...code, '```', '', '끝'];

describe('mermaidDiagrams', () => {
  it('turns a fence into a picture with a title, a description and a caption', async () => {
    const code = await compile(
      ...fence('flowchart TB', '  accTitle: 제목', '  accDescr: 설명', '  a["파드 1<br/>10.244.1.10:8080"]:::pod --> b'),
    );
    expect(code).toContain('Diagram');
    expect(code).toContain('그림 1 · 견본');
    expect(code).toMatch(/<title id=\\?"chart-title-diagram-1\\?">제목<\/title>/);
    expect(code).toMatch(/<desc id=\\?"chart-desc-diagram-1\\?">설명<\/desc>/);
    expect(code).toContain('10.244.1.10:8080');
    expect(code).not.toContain('<style');
  });

  it('draws sequences without ids that two pictures could share', async () => {
    const code = await compile(
      ...fence(
        'sequenceDiagram',
        '  accTitle: 제목',
        '  accDescr: 설명',
        '  participant client',
        '  client->>pod: 보냄',
        '  pod-->>client: 답',
      ),
    );
    const ids = [...code.matchAll(/ id=\\?"([^"\\]+)/g)].map(([, id]) => id);
    expect(ids.length).toBeGreaterThan(0);
    for (const id of ids) expect(id).toContain('diagram-1');
  });

  it('names file and line of a fence that says nothing to those who cannot see it', async () => {
    await expect(compile(...fence('flowchart TB', '  accTitle: 제목', '  a --> b'))).rejects.toThrow(
      'content/lessons/sample/index.mdx:3 the diagram has no accDescr',
    );
    await expect(compile('```mermaid', 'flowchart TB', '  accTitle: 제목', '  accDescr: 설명', '  a --> b', '```')).rejects.toThrow(
      'content/lessons/sample/index.mdx:1 the diagram has no caption',
    );
  });

  it('names the line that Mermaid cannot read', async () => {
    await expect(compile(...fence('flowchart TB', '  accTitle: 제목', '  accDescr: 설명', '  a[iptables 모드(기본값)]'))).rejects.toThrow(
      /content\/lessons\/sample\/index\.mdx:7 Mermaid cannot read the diagram: /,
    );
  });

  it('leaves other code alone', async () => {
    expect(await compile('```yaml', 'kind: Service', '```')).toContain('kind: Service');
  });
});
