import { type FidelityTag, fidelityTags } from './fidelity-tags.ts';

/** The tags of one engine folder, those that hold back first. */
export interface ComponentFidelity {
  /** Folder of src/engine. */
  readonly folder: string;
  readonly tags: readonly FidelityTag[];
}

const sources: Readonly<Record<string, string>> = import.meta.glob(['../../engine/**/*.ts', '!../../engine/**/*.test.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

const order = { no: 0, partly: 1, yes: 2 } as const;

/** What the engine models and what it does not, as its sources say it: read while the site is built. */
export const fidelity: readonly ComponentFidelity[] = byFolder();

function byFolder(): readonly ComponentFidelity[] {
  const folders = new Map<string, FidelityTag[]>();
  for (const [path, source] of Object.entries(sources)) {
    const folder = /engine\/([^/]+)\//.exec(path)?.[1] ?? 'engine';
    const tags = fidelityTags(source).flatMap(({ tag }) => (tag === undefined ? [] : [tag]));
    if (tags.length > 0) folders.set(folder, [...(folders.get(folder) ?? []), ...tags]);
  }
  return [...folders]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([folder, tags]) => ({
      folder,
      tags: tags.sort((a, b) => order[a.modelled] - order[b.modelled] || (a.thing < b.thing ? -1 : 1)),
    }));
}
