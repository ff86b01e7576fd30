import type { JsonValue } from '../../api/json.ts';
import type { ApiFailure } from '../../apiserver/admission.ts';
import type { DiagnosticCode } from '../../diagnostics/codes.ts';
import type { Diagnostic, DiagnosticArgs, ObjectRef, QuickFix, Severity } from '../../diagnostics/diagnostic.ts';
import { explainCause, explainFailure, explainWarning } from '../../diagnostics/refusals.ts';
import { exactPlace, fieldSpan, jsonAt } from './field-span.ts';
import { renameField, replace, replaceBySupported, replaceByType } from './quick-fix.ts';
import type { ManifestObject } from './read-objects.ts';

/** Of one object: nobody reads more, and thousands would keep a page busy. What kubectl prints has them all. */
const MAX_DIAGNOSTICS = 100;

/** One diagnostic for each thing the server found wrong, each at the text that holds it. `printed` is what kubectl printed for all of it. */
export function diagnoseFailure(target: ManifestObject, failure: ApiFailure, printed: string): Diagnostic[] {
  if (failure.decoding !== undefined) return failure.decoding.map((one) => diagnoseDecoding(target, failure, one, printed));
  const { properKind: kind } = target.mapping;
  const causes = failure.causes.filter((cause) => cause.field !== '' && cause.field !== 'patch');
  if (causes.length === 0) {
    const explained = explainFailure(failure.message) ?? { code: 'field-invalid', args: {} };
    return [diagnosticOf(target, { ...explained, message: printed, path: failure.code === 404 ? 'metadata.namespace' : 'metadata.name' })];
  }
  return causes.slice(0, MAX_DIAGNOSTICS).map(({ field, message }) => {
    const explained = explainCause(kind, field, message) ?? { code: 'field-invalid', args: { field } };
    const { path, part } = exactPlace(target.document, field, message);
    const value = target.document.locate(path)?.value;
    const fix = value === undefined ? undefined : replaceBySupported(message, value);
    return diagnosticOf(target, {
      ...explained,
      message: `The ${kind} "${target.name}" is invalid: ${field}: ${message}`,
      path,
      part,
      field,
      fix,
    });
  });
}

type DecodingProblem = NonNullable<ApiFailure['decoding']>[number];

function diagnoseDecoding(
  target: ManifestObject,
  failure: ApiFailure,
  { code, path, message }: DecodingProblem,
  printed: string,
): Diagnostic {
  const { document } = target;
  const apiVersion = apiVersionOf(target);
  const found = document.locate(path);
  let fix: QuickFix | undefined;
  if (code === 'decode-unknown-field' && found?.key !== undefined) {
    fix = renameField(apiVersion, target.mapping.properKind, path, found.key, valueAtParent(document.value, path));
  } else if (code === 'decode-wrong-type' && found !== undefined) {
    fix = replaceByType(message, found.value, jsonAt(document.value, path));
  } else if (code === 'manifest-unknown-kind' && found !== undefined) {
    fix = replace(found.value, target.mapping.properKind);
  }
  const part = code === 'decode-unknown-field' ? 'key' : 'value';
  const args: DiagnosticArgs = { field: path, ...(typeof fix?.args.value === 'string' && { value: fix.args.value }) };
  return diagnosticOf(target, { code, args, message: `${printedStart(printed, failure)}${message}`, path, part, fix });
}

/** What kubectl prints before the words of one decoding error. */
function printedStart(printed: string, { message }: ApiFailure): string {
  const at = printed.indexOf(message);
  if (at < 0) return '';
  const detail = /^.*? cannot be handled as an? \S+: (?:strict decoding error: )?/.exec(message);
  return printed.slice(0, at) + (detail?.[0] ?? '');
}

export function diagnoseWarning(target: ManifestObject, warning: string): Diagnostic {
  const explained = explainWarning(warning) ?? { code: 'field-invalid', args: {} };
  const { field } = explained.args;
  const path = typeof field === 'string' ? exactPlace(target.document, field, warning).path : undefined;
  return diagnosticOf(target, { ...explained, message: `Warning: ${warning}`, path, severity: 'warning' });
}

/** A refusal by kubectl itself of an object it has read. */
export function diagnoseClientRefusal(target: ManifestObject, code: DiagnosticCode, message: string, path: string): Diagnostic {
  return diagnosticOf(target, { code, args: { kind: target.mapping.properKind }, message, path });
}

interface Finding {
  readonly code: DiagnosticCode;
  readonly args: DiagnosticArgs;
  readonly message: string;
  /** Where to point; absent: at the object as a whole. */
  readonly path?: string | undefined;
  /** The path as Kubernetes prints it, when it is another. */
  readonly field?: string;
  readonly part?: 'key' | 'value';
  readonly fix?: QuickFix | undefined;
  readonly severity?: Severity;
}

function diagnosticOf(target: ManifestObject, { code, args, message, path, field, part, fix, severity }: Finding): Diagnostic {
  const span = fieldSpan(target.document, path ?? '', part ?? 'value');
  const printedPath = field ?? path;
  return {
    code,
    severity: severity ?? 'error',
    message,
    args,
    object: refOf(target),
    ...(printedPath !== undefined && printedPath !== '' && { path: printedPath }),
    ...(span !== undefined && { span }),
    related: [],
    ...(fix !== undefined && { fix }),
  };
}

export function apiVersionOf({ mapping: { group, version } }: ManifestObject): string {
  return group === '' ? version : `${group}/${version}`;
}

export function refOf(target: ManifestObject): ObjectRef {
  const { mapping, name, namespace } = target;
  return { apiVersion: apiVersionOf(target), kind: mapping.properKind, ...(mapping.namespaced && { namespace }), name };
}

function valueAtParent(root: JsonValue, path: string): JsonValue | undefined {
  const dot = path.lastIndexOf('.');
  return dot < 0 ? root : jsonAt(root, path.slice(0, dot));
}
