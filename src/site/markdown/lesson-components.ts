import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineMdastPlugin, type MdastPluginEntry } from 'satteri';

/** What MDX may use without importing it: tag to module. */
const modules: Readonly<Record<string, string>> = {
  Term: '/src/site/components/Term.astro',
  Misconception: '/src/site/components/Misconception.astro',
  Note: '/src/site/components/Note.astro',
  Role: '/src/site/components/Role.astro',
  Outcome: '/src/site/components/Outcome.astro',
  Steps: '/src/site/components/Steps.astro',
  SelfCheck: '/src/site/components/SelfCheck.astro',
  LabLink: '/src/site/components/LabLink.astro',
  Diagram: '/src/site/components/Diagram.astro',
  LiveYaml: '/src/site/components/LiveYaml.astro',
  Trace: '/src/site/components/Trace.astro',
  Rules: '/src/site/components/Rules.astro',
  Simulation: '/src/site/components/Simulation.astro',
  Predict: '/src/site/components/Predict.astro',
};

/**
 * Gives every MDX document the course's components, so that authors write words and tags only. A tag that is neither
 * in the list nor imported by the document stops the build with file, line and the names that exist.
 */
export const lessonComponents: MdastPluginEntry = ({ fileURL, sourceFormat, source }) => {
  if (sourceFormat !== 'mdx') {
    return undefined;
  }
  const used = new Set<string>();
  const note = (name: string | null, line: number | undefined) => {
    if (name === null || !/^[A-Z]/.test(name) || used.has(name) || importedBy(source, name)) {
      return;
    }
    if (modules[name] === undefined || !existsSync(`.${modules[name]}`)) {
      const file = fileURL === undefined ? 'MDX' : relative(process.cwd(), fileURLToPath(fileURL));
      const names = Object.keys(modules).filter((each) => existsSync(`.${modules[each]}`));
      throw new Error(`${file}:${line ?? 1} there is no component <${name}>. There are: ${names.join(', ')}`);
    }
    used.add(name);
  };
  return defineMdastPlugin({
    name: 'lesson-components',
    options: { position: true },
    mdxJsxFlowElement: (node) => note(node.name, node.position?.start.line),
    mdxJsxTextElement: (node) => note(node.name, node.position?.start.line),
    after(root, ctx) {
      for (const name of used) {
        ctx.prependChild(root, { type: 'mdxjsEsm', value: `import ${name} from '${modules[name]}';` });
      }
    },
  });
};

function importedBy(source: string, name: string): boolean {
  return new RegExp(`^(import|export)\\b[^\\n]*\\b${name}\\b`, 'm').test(source);
}
