import { pathToFileURL } from 'node:url';
import { mdxToJs } from 'satteri';
import { describe, expect, test } from 'vitest';
import { lessonComponents } from './lesson-components.ts';

async function compile(text: string): Promise<string> {
  const result = await mdxToJs(text, { mdastPlugins: [lessonComponents], fileURL: pathToFileURL('content/lessons/x/index.mdx') });
  return result.code;
}

describe('lessonComponents', () => {
  test('imports each used component once, in running text and on its own', async () => {
    const code = await compile('<Misconception>a</Misconception>\n\n글 <Role kind="pod">파드</Role>, <Role kind="node">노드</Role>\n');
    expect(code.match(/import (\w+) from "[^"]+"/g)).toHaveLength(2);
    expect(code).toContain('/src/site/components/Role.astro');
  });

  test('leaves alone what the document brings itself', async () => {
    const code = await compile("import Role from './own.astro';\n\n<Role>파드</Role>\n");
    expect(code).not.toContain('/src/site/components/Role.astro');
  });

  test('stops at an unknown tag with file, line and the names there are', async () => {
    await expect(compile('글\n\n<Misconcepton>a</Misconcepton>\n')).rejects.toThrow(
      /^content\/lessons\/x\/index\.mdx:3 there is no component <Misconcepton>\. There are: Term, Misconception, /,
    );
  });

  test('lets HTML tags pass', async () => {
    await expect(compile('<div>글</div>\n')).resolves.not.toContain('/src/site/components/');
  });
});
