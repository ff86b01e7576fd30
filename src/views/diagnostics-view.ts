import type { Diagnostic, Severity, Span, TextEdit } from '#engine';
import { fill } from '#words/fill.ts';
import { diagnosticWords, quickFixTitles } from '#words/ko.ts';
import { suggestFix } from './quick-fix.ts';

/** Korean explanations by diagnostic code; `{name}` places are filled from the diagnostic's arguments. */
export type DiagnosticCatalogue = Readonly<Record<string, string>>;

export interface DiagnosticView {
  readonly code: string;
  readonly severity: Severity;
  readonly severityWord: string;
  /** Kubernetes' own words; for findings an English sentence of ours, which the page does not show first. */
  readonly message: string;
  readonly explanation: string;
  /** `9행 17열`; absent when the trouble has no place. */
  readonly place?: string;
  readonly span?: Span;
  readonly fix?: { readonly title: string; readonly edits: readonly TextEdit[] };
}

const order: Readonly<Record<Severity, number>> = { error: 0, warning: 1, finding: 2 };

/**
 * Diagnostics ready to be shown: errors first, then warnings, then findings, each by its place in the text. `texts` are the files by
 * name: with them, repairs that Kubernetes' own words point to are offered as well.
 */
export function diagnosticsView(
  diagnostics: readonly Diagnostic[],
  catalogue: DiagnosticCatalogue,
  texts: Readonly<Record<string, string>> = {},
): readonly DiagnosticView[] {
  return diagnostics
    .map((diagnostic) => diagnosticView(withFix(diagnostic, texts), catalogue))
    .sort((a, b) => order[a.severity] - order[b.severity] || (a.span?.start.offset ?? 0) - (b.span?.start.offset ?? 0));
}

function withFix(diagnostic: Diagnostic, texts: Readonly<Record<string, string>>): Diagnostic {
  const text = diagnostic.span === undefined ? undefined : texts[diagnostic.span.file];
  if (diagnostic.fix !== undefined || text === undefined) return diagnostic;
  const found = suggestFix(diagnostic, text);
  return found === undefined
    ? diagnostic
    : { ...diagnostic, fix: { title: 'replace-value', args: { value: found.value }, edits: found.edits } };
}

function diagnosticView(diagnostic: Diagnostic, catalogue: DiagnosticCatalogue): DiagnosticView {
  const { code, severity, message, span, fix } = diagnostic;
  const explanation = Object.hasOwn(catalogue, code) ? catalogue[code] : undefined;
  const title = fix === undefined || !Object.hasOwn(quickFixTitles, fix.title) ? undefined : quickFixTitles[fix.title];
  return {
    code,
    severity,
    severityWord: diagnosticWords.severity[severity],
    message,
    explanation: explanation === undefined ? diagnosticWords.noExplanation : fill(explanation, diagnostic.args),
    ...(span === undefined ? {} : { span, place: fill(diagnosticWords.place, { line: span.start.line, column: span.start.column }) }),
    ...(fix === undefined || title === undefined ? {} : { fix: { title: fill(title, fix.args), edits: fix.edits } }),
  };
}

/** The text with a quick fix's edits made. Edits are applied from the end, so that offsets stay true. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .sort((a, b) => b.span.start.offset - a.span.start.offset)
    .reduce((current, { span, newText }) => current.slice(0, span.start.offset) + newText + current.slice(span.end.offset), text);
}
