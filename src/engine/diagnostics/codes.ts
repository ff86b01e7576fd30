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
  'service-external-name-is-an-address',
  'service-headless-port-not-translated',
  'service-load-balancer-pending',
  'service-local-policy-without-local-pods',
  'service-port-protocol-mismatch',
  'service-selector-matches-no-pods',
  'service-target-port-name-unknown',
  'service-target-port-not-listened',
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
