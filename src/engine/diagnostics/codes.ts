/**
 * Every diagnostic code. Codes are permanent: a code is never renamed and never given a second meaning.
 * Each has a page `content/diagnostics/<code>.md` and a test that emits it (`scripts/check-diagnostics.ts`).
 * Component first, kebab-case, sorted.
 */
export const diagnosticCodes = ['cluster-file-invalid', 'service-selector-matches-no-pods'] as const;

export type DiagnosticCode = (typeof diagnosticCodes)[number];
