import type { AstroGlobal } from 'astro';
import { AuthorError } from './lesson-files.ts';

/** The lesson a component stands in. */
export interface LessonContext {
  readonly slug: string;
  readonly version: number;
  /** The site's root with a slash at its end. */
  readonly base: string;
}

/** Tells the lesson from the page; `lesson` overrides it where a component stands on another page. */
export function lessonContext(astro: Pick<AstroGlobal, 'url' | 'locals'>, component: string, lesson?: string): LessonContext {
  const slug = lesson ?? /\/lessons\/([^/]+)\/?$/.exec(astro.url.pathname)?.[1];
  if (slug === undefined) {
    throw new AuthorError(
      `<${component}> on ${astro.url.pathname} knows no lesson. Write lesson="…", the folder's name under content/lessons.`,
    );
  }
  const data: unknown = Reflect.get(astro.locals, 'starlightRoute')?.entry?.data;
  const version = typeof data === 'object' && data !== null && 'version' in data ? Number(data.version) : 1;
  return { slug, version, base: import.meta.env.BASE_URL.replace(/\/?$/, '/') };
}
