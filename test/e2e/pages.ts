import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A page of the built site and the template it is made by. */
export interface SitePage {
  readonly path: string;
  readonly template: string;
}

/** Pages whose siblings look alike: one stands for all of them. */
const templates: readonly (readonly [pattern: RegExp, template: string])[] = [
  [/^lessons\/[^/]+\/$/, 'lesson'],
  [/^labs\/[^/]+\/$/, 'lab'],
  [/^reference\/diagnostics\/[^/]+\/$/, 'diagnostic'],
];

/** Every page of the built site, sorted; `404.html` included. */
export function everyPage(): readonly SitePage[] {
  const dist = join(import.meta.dirname, '..', '..', 'dist');
  return readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.html'))
    .map((file) => file.replace(/(^|\/)index\.html$/, '$1'))
    .sort()
    .map((path) => ({ path, template: templates.find(([pattern]) => pattern.test(path))?.[1] ?? path }));
}

/** One page of each template; all of them when `EVERY_PAGE` is set (npm run test:full). */
export function pagesToTest(): readonly SitePage[] {
  const all = everyPage();
  if (process.env.EVERY_PAGE !== undefined) return all;
  return all.filter((page, index) => all.findIndex(({ template }) => template === page.template) === index);
}
