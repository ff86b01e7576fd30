import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';

/** A path of pages as Astro takes it: `/`, or with a slash at either end. */
export function basePath(base: string | undefined): string {
  const inner = (base ?? '').replace(/^\/+|\/+$/g, '');
  return inner === '' ? '/' : `/${inner}/`;
}

/** Serves a built site below `base`, with its own page for what is not there. */
export function siteServer(folder: string, base: string): Server {
  const notFound = readFileSync(join(folder, '404.html'));
  const files = sirv(folder, { etag: true, gzip: true, brotli: true });
  return createServer((request, response) => {
    const answerNotFound = () => {
      response.writeHead(404, { 'content-type': 'text/html; charset=utf-8' }).end(notFound);
    };
    const path = request.url ?? '/';
    if (path.startsWith(base)) {
      request.url = path.slice(base.length - 1);
      files(request, response, answerNotFound);
    } else if (path === '/' || `${path}/` === base) {
      response.writeHead(302, { location: base }).end();
    } else {
      answerNotFound();
    }
  });
}
