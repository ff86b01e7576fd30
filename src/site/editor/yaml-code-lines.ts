import { highlightYaml } from '#views/highlight-yaml.ts';
import { type CodeLine, tokenClass } from './HighlightedCode.tsx';

/** YAML as lines of coloured pieces. */
export function yamlCodeLines(text: string): readonly CodeLine[] {
  return highlightYaml(text).map((line) => ({
    ...line,
    tokens: line.tokens.map((token) => ({ class: tokenClass(token), text: token.text, start: token.start })),
  }));
}
