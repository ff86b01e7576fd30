import type { DiagnosticCode } from '../diagnostics/codes.ts';
import type { YamlFault } from './yaml-fault.ts';

const codes: readonly (readonly [RegExp, DiagnosticCode])[] = [
  [/tab character/, 'yaml-tab-indentation'],
  [/unexpected (?:end of stream|document indicator)/, 'yaml-unclosed-quote'],
  [/mapping values are not allowed/, 'yaml-colon-not-allowed'],
  [/expected key|expected '-' indicator|not allowed in this context/, 'yaml-bad-indentation'],
  [/could not find expected ':'/, 'yaml-missing-colon'],
  [/expected ',' or/, 'yaml-unclosed-flow'],
  [/^unknown anchor|alphabetic or numeric character/, 'yaml-unknown-alias'],
  [/map key/, 'yaml-unusable-key'],
  [/^control characters/, 'yaml-control-character'],
  [/excessive aliasing|contains itself/, 'yaml-alias-bomb'],
  [/escape/, 'yaml-unknown-escape'],
];

/** The family of a go-yaml problem; which page explains it. */
export function yamlFaultCode(fault: YamlFault, text: string): DiagnosticCode {
  if (fault.problem === 'found character that cannot start any token') {
    return text.charAt(fault.offset) === '\t' ? 'yaml-tab-indentation' : 'yaml-reserved-character';
  }
  return codes.find(([pattern]) => pattern.test(fault.problem))?.[1] ?? 'yaml-syntax';
}

/**
 * The text to point at. go-yaml's line is where it gave up; for a quote or a brace that never closes, and for a key without its colon,
 * that is far behind the place to mend.
 */
export function yamlFaultPlace(fault: YamlFault, text: string): { readonly start: number; readonly end: number } {
  const unfinished = /unexpected (?:end of stream|document indicator)|expected ':'|expected ',' or/.test(fault.problem);
  let start = unfinished ? (fault.context ?? fault.offset) : fault.offset;
  // At the end of the text there is nothing to point at: take the last character that is something.
  while (start > 0 && (start >= text.length || (!unfinished && start === fault.offset && text.charAt(start) === '\n'))) start--;
  const word = /^(?:\t+|[^\s]+)/.exec(text.slice(start, start + 200));
  return { start, end: start + (word?.[0].length ?? 1) };
}
