import type { SimulationFailure } from '#sandbox/report.ts';
import { fill } from '#words/fill.ts';
import { sandboxWords } from '#words/ko.ts';

/** A failed simulation in Korean: what happened, where, and what to look at. */
export function failureSentence({ kind, message, line, loops = [] }: SimulationFailure): string {
  const where = line === undefined ? undefined : { line };
  switch (kind) {
    case 'timeout':
      if (loops.length === 0 || loops.length > 4) return sandboxWords.timeoutNoLine;
      return loops.length === 1
        ? fill(sandboxWords.timeout, { line: loops[0] ?? '' })
        : fill(sandboxWords.timeoutOneOf, { lines: loops.map((each) => fill(sandboxWords.lineName, { line: each })).join(', ') });
    case 'stack':
      return where === undefined ? sandboxWords.stackNoLine : fill(sandboxWords.stack, where);
    case 'memory':
      return sandboxWords.memory;
    case 'output':
      return sandboxWords.output;
    case 'syntax':
      return where === undefined ? fill(sandboxWords.syntaxNoLine, { message }) : fill(sandboxWords.syntax, { ...where, message });
    case 'thrown':
      return where === undefined ? fill(sandboxWords.thrownNoLine, { message }) : fill(sandboxWords.thrown, { ...where, message });
    case 'pending':
      return sandboxWords.pending;
    case 'not-modelled':
      return fill(sandboxWords.notModelled, { what: message });
    case 'unavailable':
      return sandboxWords.unavailable;
  }
}
