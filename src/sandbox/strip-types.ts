import { transform } from 'sucrase';
import type { SimulationFailure } from './report.ts';

export type Stripped = { readonly ok: true; readonly code: string } | { readonly ok: false; readonly failure: SimulationFailure };

/** TypeScript to JavaScript by leaving the types out: every line stays where it is. Types are not checked. */
export function stripTypes(code: string): Stripped {
  try {
    return { ok: true, code: transform(code, { transforms: ['typescript'], disableESTransforms: true }).code };
  } catch (error) {
    // Sucrase says where at the end of its message: `Unexpected token (3:15)`.
    const message = error instanceof Error ? error.message : String(error);
    const [, words = message, line] = /^(?:Error transforming .*?: )?(.*?)(?: \((\d+):\d+\))?$/s.exec(message) ?? [];
    return { ok: false, failure: { kind: 'syntax', message: words, ...(line === undefined ? {} : { line: Number(line) }) } };
  }
}
