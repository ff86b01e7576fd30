import type { ClusterSpec } from '../api/cluster-spec.ts';
import type { FieldError } from '../api/field-error.ts';
import { nameSuffix } from '../api/generated-name.ts';
import type { JsonObject } from '../api/json.ts';
import type { KubeObject } from '../api/kube-object.ts';
import type { ObjectStore } from '../api/object-store.ts';
import { sameValue } from '../api/same-value.ts';
import type { AdmissionRequest, AdmissionResult, ApiFailure } from './admission.ts';
import { decode } from './decode.ts';
import { draftOf, type ObjectDraft } from './draft.ts';
import { alreadyExists, badRequest, invalidObject, notFound } from './failures.ts';
import { strategyOf } from './registry.ts';
import { dropEmpty } from './stored-form.ts';
import type { AdmissionContext, Strategy } from './strategy.ts';

/**
 * Puts one write through the API server: decodes it, fills in defaults, allocates, validates and stores.
 * `store` is not changed; a write that is accepted gives another store. `seed` decides what the server would leave to chance.
 *
 * Models: apiserver pkg/endpoints/handlers create.go and update.go, pkg/registry/generic/registry/store.go, v1.37.
 */
export function admit(store: ObjectStore, request: AdmissionRequest, cluster: ClusterSpec, seed: number): AdmissionResult {
  const apiVersion = text(request.object.apiVersion);
  const kind = text(request.object.kind);
  const strategy = strategyOf(apiVersion, kind, cluster.installedApis);
  if (strategy === undefined) {
    const failure = badRequest(`no kind ${JSON.stringify(kind)} is registered for version ${JSON.stringify(apiVersion)}`);
    return { ok: false, failure, warnings: [], notModelled: [`${apiVersion} ${kind}`] };
  }
  const decoded = decode(request.object, { group: strategy.group, version: strategy.version, kind });
  const refusal = decodingFailure(decoded, apiVersion, kind);
  const result =
    refusal !== undefined
      ? refused(refusal)
      : admitDecoded(store, { ...request, object: decoded.value }, strategy, { store, cluster, seed });
  return strategy.deprecation === undefined ? result : { ...result, warnings: [strategy.deprecation, ...result.warnings] };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function refused(failure: ApiFailure): AdmissionResult {
  return { ok: false, failure, warnings: [] };
}

function decodingFailure({ strictErrors, fatal }: ReturnType<typeof decode>, apiVersion: string, kind: string): ApiFailure | undefined {
  if (fatal === undefined && strictErrors.length === 0) return undefined;
  const detail = fatal?.message ?? `strict decoding error: ${strictErrors.map((error) => error.message).join(', ')}`;
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
  const decoding =
    fatal === undefined
      ? strictErrors.map(({ path, message }) => ({ code: 'decode-unknown-field' as const, path, message }))
      : [{ code: 'decode-wrong-type' as const, path: fatal.path, message: fatal.message }];
  return { ...badRequest(`${kind} in version "${version}" cannot be handled as a ${kind}: ${detail}`), decoding };
}

function admitDecoded(store: ObjectStore, request: AdmissionRequest, strategy: Strategy, context: AdmissionContext): AdmissionResult {
  const draft = draftOf(request.object as JsonObject);
  const { metadata } = draft;
  strategy.default(draft);
  if (strategy.namespaced) {
    metadata.namespace ??= request.namespace;
    if (metadata.namespace !== request.namespace) {
      return refused(badRequest('the namespace of the provided object does not match the namespace sent on the request'));
    }
  } else {
    delete metadata.namespace;
  }
  const old = stored(store, strategy, metadata.namespace, metadata.name ?? '');
  if (request.verb === 'update') {
    if (old === undefined) return refused(notFound(resourceOf(strategy), metadata.name ?? ''));
    return update(draft, old, strategy, context);
  }
  return create(draft, old, strategy, context);
}

function create(draft: ObjectDraft, existing: ObjectDraft | undefined, strategy: Strategy, context: AdmissionContext): AdmissionResult {
  const { metadata } = draft;
  if (strategy.namespaced && !namespaceExists(context.store, metadata.namespace ?? '')) {
    return refused(notFound('namespaces', metadata.namespace ?? ''));
  }
  clearServerFields(draft);
  const mutated = strategy.mutate?.(draft, undefined, context);
  if (mutated !== undefined) return refused(mutated);
  if (metadata.name === undefined && metadata.generateName !== undefined)
    metadata.name = generatedName(metadata.generateName, draft, context);
  const failed = strategy.allocate?.(draft, undefined, context);
  if (failed !== undefined) return refused(failed);
  strategy.prepare?.(draft, undefined);
  const errors: FieldError[] = [];
  strategy.validateCreate(draft, errors);
  if (errors.length > 0) return refused(invalidObject(strategy.group, strategy.kind, metadata.name ?? '', errors));
  if (existing !== undefined) return refused(alreadyExists(resourceOf(strategy), metadata.name ?? ''));
  if (strategy.counted !== 'nothing') metadata.generation = 1;
  return accept(draft, undefined, strategy, context);
}

function update(draft: ObjectDraft, old: ObjectDraft, strategy: Strategy, context: AdmissionContext): AdmissionResult {
  const { metadata } = draft;
  keepServerFields(draft, old);
  const mutated = strategy.mutate?.(draft, old, context);
  if (mutated !== undefined) return refused(mutated);
  const failed = strategy.allocate?.(draft, old, context);
  if (failed !== undefined) return refused(failed);
  strategy.prepare?.(draft, old);
  const errors: FieldError[] = [];
  strategy.validateUpdate(draft, old, errors);
  if (errors.length > 0) return refused(invalidObject(strategy.group, strategy.kind, metadata.name ?? '', errors));
  return accept(draft, old, strategy, context);
}

function accept(draft: ObjectDraft, old: ObjectDraft | undefined, strategy: Strategy, context: AdmissionContext): AdmissionResult {
  const warnings = strategy.warnings?.(draft, old) ?? [];
  const notModelled = strategy.notModelled?.(draft) ?? [];
  strategy.finish?.(draft);
  dropEmpty(draft, strategy.alwaysListed);
  if (old !== undefined && strategy.counted !== 'nothing' && changed(draft, old, strategy.counted)) {
    draft.metadata.generation = (old.metadata.generation ?? 0) + 1;
  }
  const code = old === undefined ? 201 : 200;
  const same = old !== undefined && sameValue(draft, old);
  // A draft that has been validated has a name, and every field's type is its kind's.
  const object = (same ? old : draft) as unknown as KubeObject;
  const store = same ? context.store : context.store.put(object);
  return { ok: true, code, stored: object, store, warnings: [...new Set(warnings)], ...(notModelled.length > 0 && { notModelled }) };
}

function changed(draft: ObjectDraft, old: ObjectDraft, counted: Strategy['counted']): boolean {
  if (counted === 'object') {
    const counts = (object: ObjectDraft) => ({ ...object, metadata: object.metadata.labels });
    return !sameValue(counts(draft), counts(old));
  }
  if (counted === 'spec and annotations' && !sameValue(draft.metadata.annotations, old.metadata.annotations)) return true;
  const spec = (object: ObjectDraft) => (object as { spec?: unknown }).spec;
  return !sameValue(spec(draft), spec(old));
}

function stored(store: ObjectStore, strategy: Strategy, namespace: string | undefined, name: string): ObjectDraft | undefined {
  // What the store holds went through admission itself, so that it has the shape of its kind's draft. Strategies do not write to it.
  return store.get(strategy.kind, strategy.namespaced ? namespace : undefined, name) as unknown as ObjectDraft | undefined;
}

/** Namespaces that the server makes by itself. */
const builtInNamespaces = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease']);

function namespaceExists(store: ObjectStore, namespace: string): boolean {
  return builtInNamespaces.has(namespace) || store.get('Namespace', undefined, namespace) !== undefined;
}

/** `deployments.apps`, as messages name resources outside the core group. */
function resourceOf({ group, resource }: Strategy): string {
  return group === '' ? resource : `${resource}.${group}`;
}

function clearServerFields({ metadata }: ObjectDraft): void {
  delete metadata.uid;
  delete metadata.resourceVersion;
  delete metadata.creationTimestamp;
  delete metadata.deletionTimestamp;
  delete metadata.deletionGracePeriodSeconds;
  delete metadata.selfLink;
  delete metadata.managedFields;
  delete metadata.generation;
}

/** What only the server writes survives whatever the client sends. */
function keepServerFields(draft: ObjectDraft, { metadata: old }: ObjectDraft): void {
  const { uid } = draft.metadata;
  clearServerFields(draft);
  const { metadata } = draft;
  // A client that names another UID speaks of another object.
  const kept = uid ?? old.uid;
  if (kept !== undefined) metadata.uid = kept;
  if (old.generation !== undefined) metadata.generation = old.generation;
  if (old.creationTime !== undefined) metadata.creationTime = old.creationTime;
  if (old.deletionTime !== undefined) metadata.deletionTime = old.deletionTime;
  if (old.generateName !== undefined && metadata.generateName === undefined) metadata.generateName = old.generateName;
}

/** Models: apiserver pkg/storage/names/generate.go: five characters after at most 58 of the prefix. */
function generatedName(prefix: string, draft: ObjectDraft, { store, seed }: AdmissionContext): string {
  const base = prefix.slice(0, 58);
  for (let attempt = 0; ; attempt += 1) {
    const name = base + nameSuffix(seed, `${draft.kind} ${draft.metadata.namespace ?? ''}/${prefix} ${attempt}`);
    // The server would answer a clash with an error; nobody learns from one.
    if (store.get(draft.kind, draft.metadata.namespace, name) === undefined) return name;
  }
}
