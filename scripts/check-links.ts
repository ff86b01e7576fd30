/**
 * Every link, picture, style and script of the built site leads to a file of it, every #fragment to an element, and every page can be reached
 * from the home page. BASE is the path the site was built for.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { conclude, type Finding } from './findings.ts';
import { filesBelow, projectRoot } from './project.ts';
import { basePath } from './static-server.ts';

const base = basePath(process.env.BASE);
const pages = filesBelow('dist', ['.html']);
const texts = new Map(pages.map((page) => [page, readFileSync(join(projectRoot, page), 'utf8')]));

/** `dist/lessons/a/index.html` is served as `/lessons/a/`. */
function addressOf(page: string): URL {
  return new URL(base + page.slice('dist/'.length).replace(/(^|\/)index\.html$/, '$1'), 'http://site');
}

/** The file of dist/ that answers a path, or `undefined`. */
function fileAt(path: string): string | undefined {
  if (!path.startsWith(base)) return undefined;
  const inner = decodeURIComponent(path.slice(base.length));
  const candidates = [`dist/${inner}`, `dist/${inner}index.html`, `dist/${inner}/index.html`, `dist/${inner}.html`];
  return candidates.find((file) => {
    const full = join(projectRoot, file);
    return existsSync(full) && statSync(full).isFile();
  });
}

const attribute = /\s(href|src|srcset|data-src|component-url|renderer-url|action|poster)="([^"]*)"/g;

interface Reference {
  readonly target: string;
  readonly line: number;
  /** Whether a browser fetches it by itself. */
  readonly fetched: boolean;
}

function referencesOf(text: string): readonly Reference[] {
  return Array.from(text.matchAll(/<([a-z][\w-]*)\b[^>]*>/g)).flatMap((tag) =>
    Array.from(tag[0].matchAll(attribute), ([, , value = '']) => ({
      target: value.replaceAll('&amp;', '&').replaceAll('&#38;', '&'),
      line: text.slice(0, tag.index).split('\n').length,
      fetched: tag[1] !== 'a' && tag[1] !== 'form',
    })),
  );
}

const ids = new Map<string, ReadonlySet<string>>();

function idsOf(page: string): ReadonlySet<string> {
  const known = ids.get(page) ?? new Set(Array.from((texts.get(page) ?? '').matchAll(/\s(?:id|name)="([^"]+)"/g), ([, id = '']) => id));
  ids.set(page, known);
  return known;
}

const reached = new Map<string, Set<string>>();

function checkPage(page: string): readonly Finding[] {
  const text = texts.get(page) ?? '';
  const leads = new Set<string>();
  reached.set(page, leads);
  return referencesOf(text).flatMap(({ target, line, fetched }): readonly Finding[] => {
    if (/^(data:|mailto:|tel:|blob:|javascript:)/.test(target) || target === '') return [];
    const url = new URL(target, addressOf(page));
    if (url.host !== 'site') {
      // A canonical address names the site itself; it is not fetched.
      return fetched && !isMetadata(text, target) ? [{ file: page, line, message: `takes ${target} from another origin` }] : [];
    }
    const file = fileAt(url.pathname);
    if (file === undefined) return [{ file: page, line, message: `leads to ${target}, which is not there` }];
    if (file.endsWith('.html')) leads.add(file);
    const fragment = decodeURIComponent(url.hash.slice(1));
    if (fragment === '' || !file.endsWith('.html') || idsOf(file).has(fragment)) return [];
    return [{ file: page, line, message: `leads to ${target}, and that page has no "#${fragment}"` }];
  });
}

function isMetadata(text: string, target: string): boolean {
  return new RegExp(`<link[^>]*rel="(?:canonical|alternate|sitemap)"[^>]*href="${target.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}"`).test(
    text,
  );
}

function unreachable(): readonly Finding[] {
  const seen = new Set<string>();
  const waiting = ['dist/index.html'];
  for (let page = waiting.pop(); page !== undefined; page = waiting.pop()) {
    if (seen.has(page)) continue;
    seen.add(page);
    waiting.push(...(reached.get(page) ?? []));
  }
  return pages
    .filter((page) => !seen.has(page) && page !== 'dist/404.html')
    .map((file) => ({ file, message: 'no way leads here from the home page' }));
}

const findings = pages.flatMap(checkPage);
conclude('links', pages.length, [...findings, ...unreachable()]);
