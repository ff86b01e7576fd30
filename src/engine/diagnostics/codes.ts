/**
 * Every diagnostic code. Codes are permanent: a code is never renamed and never given a second meaning.
 * Each has a page `content/diagnostics/<code>.md` and a test that emits it (`scripts/check-diagnostics.ts`).
 * Component first, kebab-case, sorted.
 */
export const diagnosticCodes = [
  'cluster-file-invalid',
  'decode-unknown-field',
  'decode-wrong-type',
  'json-syntax',
  'manifest-api-version-missing',
  'manifest-empty',
  'manifest-kind-missing',
  'manifest-label-not-text',
  'manifest-name-missing',
  'manifest-not-an-object',
  'manifest-unknown-kind',
  'service-selector-matches-no-pods',
  'yaml-alias-bomb',
  'yaml-bad-indentation',
  'yaml-bad-separator',
  'yaml-colon-not-allowed',
  'yaml-control-character',
  'yaml-missing-colon',
  'yaml-reserved-character',
  'yaml-syntax',
  'yaml-tab-indentation',
  'yaml-unclosed-flow',
  'yaml-unclosed-quote',
  'yaml-unknown-alias',
  'yaml-unknown-escape',
  'yaml-unusable-key',
] as const;

export type DiagnosticCode = (typeof diagnosticCodes)[number];
