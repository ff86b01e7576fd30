import { createHash } from 'node:crypto';
import { glob, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

/**
 * Writes a strict Content-Security-Policy into every built page: nothing but this origin, inline scripts by hash,
 * WebAssembly allowed (sandbox and search), `eval` not.
 *
 * Styles stay `'unsafe-inline'` because Monaco and SVG diagrams set style attributes. Astro's own `security.csp` is not
 * used: it lists the hashes of all files of the site in every page, misses `is:inline` scripts and, by hashing styles,
 * switches `'unsafe-inline'` off.
 */
export function contentSecurityPolicy(): AstroIntegration {
  return {
    name: 'content-security-policy',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const root = fileURLToPath(dir);
        let pages = 0;
        for await (const file of glob('**/*.html', { cwd: root })) {
          const path = join(root, file);
          await writeFile(path, withPolicy(await readFile(path, 'utf8'), file));
          pages += 1;
        }
        logger.info(`${pages} pages carry a policy`);
      },
    },
  };
}

/** The page with the policy as the first thing in its head after the character set. */
export function withPolicy(html: string, file: string): string {
  const meta = `<meta http-equiv="content-security-policy" content="${policyFor(html)}">`;
  const head = /<head[^>]*>(\s*<meta charset[^>]*>)?/i;
  if (!head.test(html)) {
    throw new Error(`${file} has no <head> to carry the Content-Security-Policy`);
  }
  return html.replace(head, (start) => start + meta);
}

export function policyFor(html: string): string {
  const hashes = [...new Set(inlineScripts(html).map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`))];
  return [
    "default-src 'self'",
    `script-src ${["'self'", "'wasm-unsafe-eval'", ...hashes].join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
  ].join('; ');
}

/** Texts of the inline scripts a browser would run; data blocks (JSON) are not scripts. */
function inlineScripts(html: string): readonly string[] {
  const texts: string[] = [];
  for (const [, attributes = '', text = ''] of html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/gi)) {
    const type = /\btype\s*=\s*["']?([^"'\s>]+)/i.exec(attributes)?.[1];
    const runs = type === undefined || type === 'module' || type === 'text/javascript';
    if (runs && !/\bsrc\s*=/i.test(attributes)) {
      texts.push(text);
    }
  }
  return texts;
}
