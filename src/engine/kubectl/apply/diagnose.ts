import type { ApiFailure } from '../../apiserver/admission.ts';
import type { Diagnostic, DiagnosticArgs, ObjectRef, Span } from '../../diagnostics/diagnostic.ts';
import { type Explained, explainCause, explainFailure, explainWarning } from '../../diagnostics/refusals.ts';
import type { ManifestObject } from './read-objects.ts';

/** One diagnostic for each thing the server found wrong, each at the text that holds it. `printed` is what kubectl printed for all of it. */
export function diagnoseFailure(target: ManifestObject, failure: ApiFailure, printed: string): Diagnostic[] {
  const { properKind: kind } = target.mapping;
  if (failure.decoding !== undefined) {
    return failure.decoding.map(({ code, path, message }) => {
      // An unknown field is a matter of its key, a wrong type one of its value.
      const span = spanAt(target, path, code === 'decode-unknown-field' ? 'key' : 'value');
      return diagnostic(target, { code, args: { field: path } }, `${printedStart(printed, failure)}${message}`, path, span);
    });
  }
  const fields = failure.causes.filter((cause) => cause.field !== '' && cause.field !== 'patch');
  if (fields.length === 0) {
    const explained = explainFailure(failure.message) ?? { code: 'field-invalid' as const, args: {} };
    return [diagnostic(target, explained, printed, undefined, spanAt(target, failure.code === 404 ? 'metadata.namespace' : '', 'value'))];
  }
  return fields.map(({ field, message }) => {
    const explained = explainCause(kind, field, message) ?? { code: 'field-invalid' as const, args: { field } };
    const text = `The ${kind} "${target.name}" is invalid: ${field}: ${message}`;
    return diagnostic(target, explained, text, field, spanAt(target, field, 'value'));
  });
}

/** What kubectl prints before the words of one decoding error. */
function printedStart(printed: string, { message }: ApiFailure): string {
  const at = printed.indexOf(message);
  if (at < 0) return '';
  const detail = /^.*? cannot be handled as an? \S+: (?:strict decoding error: )?/.exec(message);
  return printed.slice(0, at) + (detail?.[0] ?? '');
}

export function diagnoseWarning(target: ManifestObject, warning: string): Diagnostic {
  const explained = explainWarning(warning) ?? { code: 'field-invalid' as const, args: {} };
  const { field } = explained.args;
  const path = typeof field === 'string' ? field : undefined;
  return { ...diagnostic(target, explained, `Warning: ${warning}`, path, spanAt(target, path ?? '', 'value')), severity: 'warning' };
}

function diagnostic(
  target: ManifestObject,
  { code, args }: Explained,
  message: string,
  path: string | undefined,
  span: Span | undefined,
): Diagnostic {
  const { mapping, name, namespace } = target;
  const object: ObjectRef = {
    apiVersion: mapping.group === '' ? mapping.version : `${mapping.group}/${mapping.version}`,
    kind: mapping.properKind,
    ...(mapping.namespaced && { namespace }),
    name,
  };
  const allArgs: DiagnosticArgs = args;
  return {
    code,
    severity: 'error',
    message,
    args: allArgs,
    object,
    ...(path !== undefined && { path }),
    ...(span !== undefined && { span }),
    related: [],
  };
}

/**
 * The text of a field. A field that the manifest does not have (a required one, or one of `clusterIPs` when only `clusterIP` is given)
 * is shown at the nearest thing above it that is there.
 */
function spanAt({ document }: ManifestObject, path: string, part: 'key' | 'value'): Span | undefined {
  for (let at = path; ; ) {
    const found = document.locate(at) ?? (/^spec\.(clusterIPs|clusterIPs\[0\])$/.test(at) ? document.locate('spec.clusterIP') : undefined);
    if (found !== undefined) {
      // Of something above the field only the key is shown: its whole text would say nothing.
      return part === 'key' || at !== path ? (found.key ?? firstLine(found.value)) : found.value;
    }
    const cut = Math.max(at.lastIndexOf('.'), at.lastIndexOf('['));
    if (cut < 0 && at === '') return undefined;
    at = cut < 0 ? '' : at.slice(0, cut);
  }
}

function firstLine(span: Span): Span {
  return span.start.line === span.end.line
    ? span
    : { ...span, end: { ...span.start, offset: span.start.offset + 1, column: span.start.column + 1 } };
}
