import { goPrint } from '../api/go-format.ts';
import { goQuote } from '../api/go-text.ts';
import type { JsonObject } from '../api/json.ts';
import type { KubeObject } from '../api/kube-object.ts';
import type { ApiFailure } from './admission.ts';
import { badRequest, conflict } from './failures.ts';
import { restoreObject } from './restore-object.ts';
import type { StructType } from './schema/schema.ts';
import { applyStrategicPatch, PatchFault, type PatchObject, patchValue } from './strategic-merge-patch.ts';

/** An object as clients read it, as far as patches can see: the store keeps neither times nor versions in their printed form. */
export function clientForm({ metadata, ...object }: KubeObject): PatchObject {
  const { creationTime: _created, deletionTime: _deleted, ...kept } = metadata;
  const shown = { resourceVersion: '', creationTimestamp: '1970-01-01T00:00:00Z', ...kept };
  // A stored object is JSON: its types say nothing else, but an interface has no index signature.
  return patchValue({ ...object, metadata: shown } as unknown as JsonObject) as PatchObject;
}

/** A name of the resource for messages, as `services` or `deployments.apps`. */
export interface PatchTarget {
  readonly stored: KubeObject;
  readonly schema: StructType;
  readonly resource: string;
}

/**
 * Applies a strategic merge patch to a stored object, strictly: the object to be admitted as an update, or why there is none.
 * `patch` is used up.
 *
 * @models partly PATCH: strategic merge patches of kubectl apply; other patch types and server-side apply are not there
 *
 * Models: apiserver pkg/endpoints/handlers/patch.go applyPatchToObject, v1.37.
 */
export function patchObject(
  { stored, schema, resource }: PatchTarget,
  patch: PatchObject,
): { readonly object: JsonObject; readonly failure?: undefined } | { readonly failure: ApiFailure } {
  const before = clientForm(stored);
  const version = metadataOf(patch)?.resourceVersion;
  let patched: PatchObject;
  try {
    patched = applyStrategicPatch(before, patch, { kind: 'struct', struct: schema, goName: schema.goName, pointer: false });
  } catch (error) {
    if (error instanceof PatchFault) return { failure: badRequest(error.message) };
    throw error;
  }
  const { value, fatal, strictErrors } = restoreObject(patched, schema);
  const problem =
    fatal?.message ??
    (strictErrors.length > 0 ? `strict decoding error: ${strictErrors.map((error) => error.message).join(', ')}` : undefined);
  if (problem !== undefined) {
    const message = `Invalid value: ${goQuote(goPrint(patch))}: ${problem}`;
    const decoding = (fatal === undefined ? strictErrors : [fatal]).map((error) => ({
      code: fatal === undefined ? ('decode-unknown-field' as const) : ('decode-wrong-type' as const),
      path: error.path,
      message: error.message,
    }));
    const causes = [{ reason: 'FieldValueInvalid', message, field: 'patch' }];
    return { failure: { code: 422, reason: 'Invalid', message: ` "" is invalid: patch: ${message}`, causes, decoding } };
  }
  // The store counts no versions: whoever names one has copied it from an earlier reading.
  if (version !== undefined && version !== null && version !== '') {
    const detail = 'the object has been modified; please apply your changes to the latest version and try again';
    return { failure: conflict(resource, stored.metadata.name, detail) };
  }
  return { object: value as JsonObject };
}

function metadataOf(patch: PatchObject): PatchObject | undefined {
  const { metadata } = patch;
  return typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata) ? metadata : undefined;
}
