import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

export interface DrawRequest {
  readonly number: number;
  readonly code: string;
  /** Prefix of every id in the picture. */
  readonly id: string;
}

/** What the worker answers: a picture or Mermaid's complaint. */
export type Drawing =
  | { readonly number: number; readonly svg: string; readonly error?: never }
  | { readonly number: number; readonly error: string; readonly svg?: never };

/** Stands for the picture's id in the cache, where a picture belongs to no page yet. */
const placeholder = 'diagram-id-placeholder';

/**
 * Draws Mermaid text as an SVG element whose ids start with `id`. Rejects with Mermaid's own words when it cannot read the text.
 * Pictures are kept in `cacheFolder` under a hash of the text and of everything that draws.
 */
export function diagramDrawer(cacheFolder: string): (code: string, id: string) => Promise<string> {
  const version = versionOfDrawing();
  const thread = drawingThread();
  return async (code, id) => {
    const file = join(cacheFolder, `${createHash('sha256').update(version).update(code).digest('hex').slice(0, 24)}.svg`);
    let svg = readIfThere(file);
    if (svg === undefined) {
      svg = await thread(code);
      mkdirSync(cacheFolder, { recursive: true });
      writeFileSync(file, svg);
    }
    return svg.replaceAll(placeholder, id);
  };
}

/** Starts the worker at the first picture and lets the process end when none is under way. */
function drawingThread(): (code: string) => Promise<string> {
  let worker: Worker | undefined;
  let number = 0;
  const waiting = new Map<number, { readonly resolve: (svg: string) => void; readonly reject: (error: Error) => void }>();
  const start = (): Worker => {
    const started = new Worker(new URL('./draw.worker.ts', import.meta.url));
    started.on('message', (drawing: Drawing) => {
      const asked = waiting.get(drawing.number);
      waiting.delete(drawing.number);
      if (waiting.size === 0) started.unref();
      if (drawing.svg === undefined) asked?.reject(new Error(drawing.error));
      else asked?.resolve(drawing.svg);
    });
    started.on('error', (error) => {
      for (const { reject } of waiting.values()) reject(error instanceof Error ? error : new Error(String(error)));
      waiting.clear();
      worker = undefined;
    });
    return started;
  };
  return (code) =>
    new Promise((resolve, reject) => {
      worker ??= start();
      worker.ref();
      number += 1;
      waiting.set(number, { resolve, reject });
      const request: DrawRequest = { number, code, id: placeholder };
      worker.postMessage(request);
    });
}

function versionOfDrawing(): string {
  const sources = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .sort()
    .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'));
  const mermaid = createRequire(import.meta.url).resolve('mermaid/package.json');
  return JSON.stringify([...sources, readFileSync(mermaid, 'utf8')]);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
