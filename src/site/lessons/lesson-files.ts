/**
 * Texts beside the lessons, and the worlds they may extend. Vite watches them, so a saved file is on the page at once.
 * Keys are paths from the project's root.
 */
const lessonTexts = import.meta.glob<string>('/content/lessons/*/*.{yaml,ts}', { query: '?raw', import: 'default', eager: true });
const worldTexts = import.meta.glob<string>('/clusters/**/*.yaml', { query: '?raw', import: 'default', eager: true });

/** Worlds by the name that `extends:` uses: `ref3`, `workloads/my-app`. */
export const worlds: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(worldTexts).map(([path, text]) => [path.replace(/^\/clusters\//, '').replace(/\.yaml$/, ''), text]),
);

/** A text with the path its author knows it by. */
export interface LessonFile {
  /** `content/lessons/s3-clusterip/probes.yaml` */
  readonly path: string;
  readonly name: string;
  readonly text: string;
}

/** A mistake in a lesson's files. Ends the build with file, line, field and the next step. */
export class AuthorError extends Error {
  override readonly name = 'AuthorError';
}

/** A file beside a lesson's text. */
export function lessonFile(slug: string, name: string): LessonFile {
  const path = `content/lessons/${slug}/${name}`;
  const text = lessonTexts[`/${path}`];
  if (text !== undefined) return { path, name, text };
  const there = Object.keys(lessonTexts)
    .filter((each) => each.startsWith(`/content/lessons/${slug}/`))
    .map((each) => each.slice(each.lastIndexOf('/') + 1));
  throw new AuthorError(
    `${path}: there is no such file. ${there.length === 0 ? 'The folder holds no data.' : `There are: ${there.join(', ')}`}`,
  );
}
