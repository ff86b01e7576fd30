import { duplicate, type FieldError, forbidden, invalid, required, tooLong } from '../../api/field-error.ts';
import { byteLength } from '../../api/go-text.ts';
import { dnsLabelProblems, dnsSubdomainProblems, labelKeyProblems, labelValueProblems, type Problems } from '../../api/name-formats.ts';
import type { MetadataDraft } from '../draft.ts';

/** What is wrong with a kind's name. */
export type NameRule = (name: string) => Problems;

const annotationsLimit = 256 * 1024;

/**
 * Models: apimachinery pkg/api/validation/objectmeta.go ValidateObjectMeta, v1.37.
 * The server walks label and annotation maps in no fixed order; here they go by key.
 */
export function validateObjectMeta(
  metadata: MetadataDraft,
  namespaced: boolean,
  nameRule: NameRule,
  path: string,
  errors: FieldError[],
): void {
  // A generated name is checked like any other; its prefix is not.
  const { name } = metadata;
  if (name === undefined) {
    errors.push(required(`${path}.name`, 'name or generateName is required'));
  } else {
    for (const problem of nameRule(name)) errors.push(invalid(`${path}.name`, name, problem));
  }
  if (namespaced) {
    if (!metadata.namespace) errors.push(required(`${path}.namespace`));
    else for (const problem of dnsLabelProblems(metadata.namespace)) errors.push(invalid(`${path}.namespace`, metadata.namespace, problem));
  } else if (metadata.namespace !== undefined) {
    errors.push(forbidden(`${path}.namespace`, 'not allowed on this type'));
  }
  validateMetadataMaps(metadata, path, errors);
}

/** Labels, annotations, owners and finalizers: what creation and update have in common. */
function validateMetadataMaps(metadata: MetadataDraft, path: string, errors: FieldError[]): void {
  if (metadata.labels !== undefined) validateLabels(metadata.labels, `${path}.labels`, errors);
  if (metadata.annotations !== undefined) validateAnnotations(metadata.annotations, `${path}.annotations`, errors);
  validateOwnerReferences(metadata, path, errors);
  for (const finalizer of metadata.finalizers ?? []) {
    for (const problem of labelKeyProblems(finalizer)) errors.push(invalid(`${path}.finalizers`, finalizer, problem));
  }
}

function validateOwnerReferences(metadata: MetadataDraft, path: string, errors: FieldError[]): void {
  let controller: string | undefined;
  for (const [i, owner] of (metadata.ownerReferences ?? []).entries()) {
    const ownerPath = `${path}.ownerReferences[${i}]`;
    if (!owner.apiVersion) errors.push(required(`${ownerPath}.apiVersion`));
    if (!owner.kind) errors.push(required(`${ownerPath}.kind`));
    if (!owner.name) errors.push(required(`${ownerPath}.name`));
    if (!owner.uid) errors.push(required(`${ownerPath}.uid`));
    if (owner.controller !== true) continue;
    if (controller === undefined) controller = `${owner.kind ?? ''}/${owner.name ?? ''}`;
    else {
      errors.push(
        invalid(
          `${path}.ownerReferences`,
          { json: metadata.ownerReferences?.map((reference) => ({ ...reference })) },
          `Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${owner.kind ?? ''}/${owner.name ?? ''}`,
        ),
      );
    }
  }
}

/** What may not change on an update, and what must hold afterwards. */
export function validateObjectMetaUpdate(metadata: MetadataDraft, old: MetadataDraft, path: string, errors: FieldError[]): void {
  for (const field of ['name', 'namespace', 'uid'] as const) {
    if ((metadata[field] ?? '') !== (old[field] ?? ''))
      errors.push(invalid(`${path}.${field}`, metadata[field] ?? '', 'field is immutable'));
  }
  validateMetadataMaps(metadata, path, errors);
}

export function validateLabels(labels: Readonly<Record<string, string>>, path: string, errors: FieldError[]): void {
  for (const key of sortedKeys(labels)) {
    for (const problem of labelKeyProblems(key)) errors.push(invalid(path, key, problem));
    const value = labels[key] ?? '';
    for (const problem of labelValueProblems(value)) errors.push(invalid(path, value, problem));
  }
}

export function validateAnnotations(annotations: Readonly<Record<string, string>>, path: string, errors: FieldError[]): void {
  let size = 0;
  for (const key of sortedKeys(annotations)) {
    for (const problem of labelKeyProblems(key.toLowerCase())) errors.push(invalid(path, key, problem));
    size += byteLength(key) + byteLength(annotations[key] ?? '');
  }
  if (size > annotationsLimit) errors.push(tooLong(path, annotationsLimit));
}

/** Keys in the order Go's `sort.Strings` gives, which is that of UTF-16 units but for astral characters. */
export function sortedKeys(map: Readonly<Record<string, unknown>>): readonly string[] {
  const keys = Object.keys(map);
  return keys.length > 1 ? keys.sort() : keys;
}

export const nameIsDnsSubdomain: NameRule = dnsSubdomainProblems;
export const nameIsDnsLabel: NameRule = dnsLabelProblems;

/** Reports a value that stands in a list twice. */
export function validateUnique(values: readonly string[], pathOf: (index: number) => string, errors: FieldError[]): void {
  const seen = new Set<string>();
  for (const [i, value] of values.entries()) {
    if (seen.has(value)) errors.push(duplicate(pathOf(i), value));
    seen.add(value);
  }
}
