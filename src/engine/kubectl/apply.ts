import { goQuote } from '../api/go-text.ts';
import type { JsonObject, JsonValue } from '../api/json.ts';
import type { KubeObject } from '../api/kube-object.ts';
import type { ObjectStore } from '../api/object-store.ts';
import type { AdmissionRequest, AdmissionResult, ApiFailure } from '../apiserver/admission.ts';
import { clientForm, patchObject } from '../apiserver/patch-object.ts';
import { kindSchema } from '../apiserver/schema/schema.ts';
import { createThreeWayPatch, PatchFault, type PatchObject, patchValue } from '../apiserver/strategic-merge-patch.ts';
import type { Diagnostic, ObjectRef } from '../diagnostics/diagnostic.ts';
import type { ManifestDocument } from '../manifest/manifest-document.ts';
import type { SourceFile } from '../manifest/source-file.ts';
import { addSource, type CommandError, printErrors } from './apply/command-error.ts';
import { apiVersionOf, diagnoseClientRefusal, diagnoseFailure, diagnoseWarning, refOf } from './apply/diagnose.ts';
import { goJsonText } from './apply/json-text.ts';
import { isObject, type ManifestObject, readObjects } from './apply/read-objects.ts';
import type { CommandOutput } from './command-output.ts';

/** The API server's part of the work. */
export type Admit = (store: ObjectStore, request: AdmissionRequest) => AdmissionResult;

export interface AppliedObject {
  readonly object: ObjectRef;
  readonly document: ManifestDocument;
}

export interface Applied {
  readonly store: ObjectStore;
  readonly output: CommandOutput;
  /** Every refusal and warning, with its place in the files. */
  readonly diagnostics: readonly Diagnostic[];
  /** What the server accepted, or had already, in the order of the files. */
  readonly applied: readonly AppliedObject[];
  /** Fields and kinds whose rules are not known here. */
  readonly notModelled: readonly string[];
}

const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * `kubectl apply -f FILE…`: reads the files, creates what is not there, patches what is. `installedApis` are API versions beyond the
 * built-in ones. Never throws, whatever the files hold.
 *
 * @models yes kubectl apply, client-side: texts on both streams, last-applied annotation, three-way strategic merge patches
 * @models no kubectl apply --server-side, --prune, --force
 *
 * Models: kubectl pkg/cmd/apply ApplyOptions.Run, v0.37.
 */
export function applyManifests(
  files: readonly SourceFile[],
  store: ObjectStore,
  admit: Admit,
  installedApis: readonly string[] = [],
): Applied {
  const read = readObjects(files, installedApis);
  const run = new ApplyRun(store, admit);
  for (const object of read.objects) run.apply(object);
  const errors = [...read.errors, ...run.errors];
  const nothing = read.objects.length === 0 && errors.length === 0;
  const failure = nothing ? 'error: no objects passed to apply\n' : printErrors(errors);
  const empty = nothing ? [emptyDiagnostic(files)] : [];
  return {
    store: run.store,
    output: { stdout: run.stdout, stderr: run.stderr + failure, exitCode: failure === '' ? 0 : 1 },
    diagnostics: [...read.diagnostics, ...run.diagnostics, ...empty],
    applied: run.applied,
    notModelled: [...new Set(run.notModelled)],
  };
}

function emptyDiagnostic(files: readonly SourceFile[]): Diagnostic {
  const start = { offset: 0, line: 1, column: 1 };
  const file = files[0]?.name;
  return {
    code: 'manifest-empty',
    severity: 'error',
    message: 'error: no objects passed to apply',
    args: {},
    ...(file !== undefined && { span: { file, start, end: start } }),
    related: [],
  };
}

class ApplyRun {
  store: ObjectStore;
  stdout = '';
  stderr = '';
  readonly errors: CommandError[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly applied: AppliedObject[] = [];
  readonly notModelled: string[] = [];
  private readonly admit: Admit;
  private readonly warned = new Set<string>();

  constructor(store: ObjectStore, admit: Admit) {
    this.store = store;
    this.admit = admit;
  }

  apply(target: ManifestObject): void {
    const error = this.applyOne(target);
    if (error !== undefined) this.errors.push(error);
  }

  private applyOne(target: ManifestObject): CommandError | undefined {
    const { name, namespace, mapping, document } = target;
    const source = document.file;
    if (name === '') {
      const metadata = isObject(target.object.metadata) ? target.object.metadata : {};
      const { generateName } = metadata;
      if (typeof generateName === 'string' && generateName !== '') {
        const message = `from ${generateName}: cannot use generate name with apply`;
        this.noteClientRefusal(target, `error: ${message}`, 'metadata.generateName');
        return { kind: 'message', message };
      }
    }
    const unreachable =
      pathProblem(namespace, 'namespace') ?? (name === '' ? 'resource name may not be empty' : pathProblem(name, 'resource name'));
    if (unreachable !== undefined) {
      const what = `retrieving current configuration of:\n${describe(target)}\nfrom server for:`;
      const error = addSource(what, source, { kind: 'message', message: unreachable });
      this.noteClientRefusal(
        target,
        `error: ${error.kind === 'message' ? error.message : unreachable}`,
        name === '' ? 'metadata' : 'metadata.name',
      );
      return error;
    }
    const stored = this.store.get(mapping.properKind, mapping.namespaced ? namespace : undefined, name);
    return stored === undefined ? this.create(target) : this.patch(target, stored);
  }

  private create(target: ManifestObject): CommandError | undefined {
    const { mapping, namespace, document } = target;
    if (mapping.kind !== mapping.properKind) return this.refuse(target, addSource('creating', document.file, unregisteredKind(target)));
    const object = withoutNulls(withLastApplied(target.object)) as JsonObject;
    const result = this.admit(this.store, { verb: 'create', object: withoutVersion(object), namespace });
    this.take(target, result);
    if (!result.ok) return this.refuse(target, addSource('creating', document.file, failureOf(result.failure, target)));
    this.store = result.store;
    this.print(target, 'created');
    return undefined;
  }

  private patch(target: ManifestObject, stored: KubeObject): CommandError | undefined {
    const { mapping, namespace, name } = target;
    const schema = kindSchema(apiVersionOf(target), mapping.properKind);
    const annotation = stored.metadata.annotations?.[lastAppliedAnnotation];
    if (annotation === undefined) this.warn(missingAnnotation(target));
    if (schema === undefined) {
      this.notModelled.push(`${mapping.properKind} ${name}`);
      return { kind: 'message', message: `not modelled: changes of ${mapping.properKind}` };
    }
    const original = parsePatchObject(annotation);
    const modified = patchValue(withLastApplied(target.object)) as PatchObject;
    const current = clientForm(stored);
    let patch: PatchObject;
    try {
      patch = createThreeWayPatch(original, modified, current, { kind: 'struct', struct: schema, goName: schema.goName, pointer: false });
    } catch (error) {
      if (!(error instanceof PatchFault)) throw error;
      // kubectl tries three sources of patch metadata, one after the other.
      this.stderr += `warning: error calculating patch from openapi v3 spec: ${error.message}\nwarning: error calculating patch from openapi spec: ${error.message}\n`;
      const texts = [annotation ?? '', `${goJsonText(modified)}\n`, `${goJsonText(current)}\n`];
      const message = `creating patch with:\noriginal:\n${texts[0]}\nmodified:\n${texts[1]}\ncurrent:\n${texts[2]}\nfor: ${error.message}`;
      const failed = this.whilePatching(target, '', { kind: 'message', message });
      this.noteClientRefusal(target, error.message, '');
      return failed;
    }
    const patchText = goJsonText(patch);
    if (patchText === '{}') {
      this.accept(target);
      this.print(target, 'unchanged');
      return undefined;
    }
    const resource = mapping.group === '' ? mapping.resource : `${mapping.resource}.${mapping.group}`;
    const patched = patchObject({ stored, schema, resource }, patch);
    if (patched.failure !== undefined) {
      const named = patched.failure.reason === 'Invalid' ? undefined : target;
      return this.refuse(target, this.whilePatching(target, patchText, failureOf(patched.failure, named)));
    }
    const result = this.admit(this.store, { verb: 'update', object: patched.object, namespace });
    this.take(target, result);
    if (!result.ok) return this.refuse(target, this.whilePatching(target, patchText, failureOf(result.failure, target)));
    this.store = result.store;
    if (stored.metadata.deletionTime !== undefined) {
      this.stderr += `Warning: Detected changes to resource ${name} which is currently being deleted.\n`;
    }
    this.print(target, 'configured');
    return undefined;
  }

  private whilePatching(target: ManifestObject, patchText: string, error: CommandError): CommandError {
    const source = target.document.file;
    return addSource(`applying patch:\n${patchText}\nto:\n${describe(target)}\nfor:`, source, addSource('patching', source, error));
  }

  /** Warnings come with refusals too. */
  private take(target: ManifestObject, result: AdmissionResult): void {
    for (const warning of result.warnings) {
      this.warn(warning);
      this.diagnostics.push(diagnoseWarning(target, warning));
    }
    if (result.notModelled !== undefined) this.notModelled.push(...result.notModelled);
    if (result.ok) this.accept(target);
  }

  private accept(target: ManifestObject): void {
    this.applied.push({ object: refOf(target), document: target.document });
  }

  private warn(text: string): void {
    if (this.warned.has(text)) return;
    this.warned.add(text);
    this.stderr += `Warning: ${text}\n`;
  }

  private refuse(target: ManifestObject, error: CommandError): CommandError {
    if (error.kind === 'status') this.diagnostics.push(...diagnoseFailure(target, error.failure, printErrors([error]).trimEnd()));
    return error;
  }

  private noteClientRefusal(target: ManifestObject, message: string, path: string): void {
    this.diagnostics.push(diagnoseClientRefusal(target, 'manifest-name-missing', message, path));
  }

  /** Models: cli-runtime printers NamePrinter. */
  private print({ mapping, name }: ManifestObject, operation: string): void {
    const group = mapping.group === '' ? '' : `.${mapping.group}`;
    this.stdout += `${mapping.properKind.toLowerCase()}${group}/${name} ${operation}\n`;
  }
}

/** Models: cli-runtime Info.String. */
function describe({ mapping, name, namespace }: ManifestObject): string {
  const groupVersion = `${mapping.group}/${mapping.version}`;
  return `Resource: "${groupVersion}, Resource=${mapping.resource}", GroupVersionKind: "${groupVersion}, Kind=${mapping.kind}"\nName: ${goQuote(name)}, Namespace: ${goQuote(namespace)}`;
}

/** Models: client-go rest.Request, whose URL a name must fit into. */
function pathProblem(text: string, what: string): string | undefined {
  const problems: string[] = [];
  if (text === '.' || text === '..') problems.push(`may not be '${text}'`);
  else for (const bad of ['/', '%']) if (text.includes(bad)) problems.push(`may not contain '${bad}'`);
  return problems.length === 0 ? undefined : `invalid ${what} ${goQuote(text)}: [${problems.join(' ')}]`;
}

function failureOf(failure: ApiFailure, target: ManifestObject | undefined): CommandError {
  const object = target === undefined ? undefined : { kind: target.mapping.properKind, name: target.name };
  return { kind: 'status', failure, message: failure.message, ...(object !== undefined && { object }) };
}

/** kubectl finds kinds in small letters; the server, reading the object, does not. */
function unregisteredKind(target: ManifestObject): CommandError {
  const { kind, properKind, version } = target.mapping;
  const unknown = `no kind ${goQuote(kind)} is registered for version ${goQuote(apiVersionOf(target))} in scheme "pkg/runtime/scheme.go:111"`;
  const message = `${kind} in version ${goQuote(version)} cannot be handled as a ${properKind}: ${unknown}`;
  const decoding = [{ code: 'manifest-unknown-kind' as const, path: 'kind', message: unknown }];
  return failureOf({ code: 400, reason: 'BadRequest', message, causes: [], decoding }, target);
}

/** Models: kubectl pkg/util/apply.go GetModifiedConfiguration and CreateApplyAnnotation. */
function withLastApplied(object: JsonObject): JsonObject {
  const metadata = isObject(object.metadata) ? object.metadata : {};
  const given = isObject(metadata.annotations) ? metadata.annotations : {};
  const { [lastAppliedAnnotation]: _old, ...annotations } = given;
  const plain = { ...object, metadata: { ...metadata, annotations } };
  return { ...object, metadata: { ...metadata, annotations: { ...annotations, [lastAppliedAnnotation]: `${goJsonText(plain)}\n` } } };
}

function missingAnnotation({ mapping, name }: ManifestObject): string {
  return `resource ${mapping.resource}/${name} is missing the ${lastAppliedAnnotation} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.`;
}

/** Models: kubectl pkg/cmd/apply pruneNullsFromMap: nulls in lists stay. Keys are in Go's order, which the server's errors follow. */
function withoutNulls(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutNulls);
  const object = value as JsonObject;
  return Object.fromEntries(
    Object.keys(object)
      .filter((key) => object[key] !== undefined && object[key] !== null)
      .sort()
      .map((key) => [key, withoutNulls(object[key] as JsonValue)]),
  );
}

/** Models: cli-runtime Helper.Create: a create may not name a version. */
function withoutVersion(object: JsonObject): JsonObject {
  if (!isObject(object.metadata) || object.metadata.resourceVersion === undefined) return object;
  const { resourceVersion: _version, ...metadata } = object.metadata;
  return { ...object, metadata };
}

function parsePatchObject(text: string | undefined): PatchObject {
  if (text === undefined) return {};
  try {
    const value = JSON.parse(text) as JsonValue;
    return isObject(value) ? (patchValue(value) as PatchObject) : {};
  } catch {
    return {};
  }
}
