/** How far a behaviour is modelled. */
export type Fidelity = 'yes' | 'partly' | 'no';

/** One `@models <yes|partly|no> <thing>: <note>` line of the engine. `note` is empty when there is nothing to add. */
export interface FidelityTag {
  readonly modelled: Fidelity;
  readonly thing: string;
  readonly note: string;
}

/** A line with `@models` in it; `problem` says what its author has to change. */
export interface ReadTag {
  readonly line: number;
  readonly tag?: FidelityTag;
  readonly problem?: string;
}

const shape = /@models\s+(yes|partly|no)\s+([^:\n]+)(?::[ \t]*(.*))?$/;

/** The fidelity tags of one source file. */
export function fidelityTags(source: string): readonly ReadTag[] {
  return source.split('\n').flatMap((text, index): readonly ReadTag[] => {
    if (!text.includes('@models')) return [];
    const line = index + 1;
    const [, modelled, thing = '', note = ''] = shape.exec(text.replace(/\*\/\s*$/, '').trimEnd()) ?? [];
    if (modelled === undefined) return [{ line, problem: 'write "@models <yes|partly|no> <thing>: <note>"' }];
    if (modelled === 'partly' && note === '')
      return [{ line, problem: `"${thing}" is modelled partly: say after a colon what is left out` }];
    return [{ line, tag: { modelled: modelled as Fidelity, thing: thing.trim(), note: note.trim() } }];
  });
}
