/** A Mermaid fence as an author wrote it. `line` is the line of the opening fence in its file, counted from 1. */
export interface DiagramSource {
  readonly code: string;
  readonly meta: string;
  readonly file: string;
  readonly line: number;
}

/** A mistake in a diagram; the message starts with file and line. */
export class DiagramMistake extends Error {
  constructor(source: DiagramSource, message: string, lineInside = 0) {
    super(`${source.file}:${source.line + lineInside} ${message}`);
    this.name = 'DiagramMistake';
  }
}

/**
 * The caption of a fence (```` ```mermaid caption="그림 9-1 …" ````), after checking that whoever cannot see the picture is told what it is
 * (`accTitle:`) and what it shows (`accDescr:`). Throws {@link DiagramMistake}.
 */
export function captionOf(source: DiagramSource): string {
  for (const [name, purpose] of [
    ['accTitle', 'what the picture is called'],
    ['accDescr', 'what it shows, in whole sentences'],
  ]) {
    if (!new RegExp(`^\\s*${name}\\s*[:{]\\s*\\S`, 'm').test(source.code)) {
      throw new DiagramMistake(
        source,
        `the diagram has no ${name}; add a line "${name}: …" that says ${purpose}, for those who cannot see it`,
      );
    }
  }
  const caption = /\bcaption="([^"]+)"/.exec(source.meta)?.[1];
  if (caption === undefined) throw new DiagramMistake(source, 'the diagram has no caption; open the fence with ```mermaid caption="…"');
  return caption;
}

/** Mermaid's complaint as a mistake at the author's line. */
export function unreadable(source: DiagramSource, complaint: string): DiagramMistake {
  const inside = Number(/line (\d+)/i.exec(complaint)?.[1] ?? 0);
  return new DiagramMistake(source, `Mermaid cannot read the diagram: ${complaint.trim().split('\n').slice(0, 3).join(' / ')}`, inside);
}
