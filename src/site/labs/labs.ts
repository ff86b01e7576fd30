import type { Lab } from '#grading/lab.ts';
import { parseLabFile, problemText } from '#grading/lab-file.ts';
import { worlds } from '#site/worlds/worlds.ts';
import { labFolders } from './folders.ts';

/** A lab as the site shows it. `folder` is its address: `/labs/<folder>/`. */
export interface PublishedLab extends Lab {
  readonly folder: string;
}

const labTexts = import.meta.glob<string>(['/labs/*/lab.yaml', '/labs/*/*.yaml', '/labs/*/start/*'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Every lab that exists, by id. A mistake in a lab stops the build with its place. */
export const publishedLabs: readonly PublishedLab[] = [...labFolders]
  .sort(([a], [b]) => a.localeCompare(b))
  .map(([, folder]) => {
    const file = `labs/${folder}/lab.yaml`;
    const { lab, problems } = parseLabFile(labTexts[`/${file}`] ?? '', file, (path) => labTexts[`/labs/${folder}/${path}`], worlds);
    if (lab === undefined) {
      throw new Error(problems.map(problemText).join('\n'));
    }
    return { ...lab, folder };
  });
