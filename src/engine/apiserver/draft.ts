import type { JsonObject } from '../api/json.ts';

/**
 * An object on its way through admission: a private copy that defaulting and allocation write to, in place, as the API server does with
 * its own. A field that is absent holds Go's zero value. Lists and maps may be empty: what that means is each kind's matter.
 */
export interface ObjectDraft {
  apiVersion: string;
  kind: string;
  metadata: MetadataDraft;
}

export interface MetadataDraft {
  name?: string;
  generateName?: string;
  namespace?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  generation?: number;
  finalizers?: string[];
  ownerReferences?: OwnerReferenceDraft[];
  uid?: string;
  resourceVersion?: string;
  creationTime?: number;
  deletionTime?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  selfLink?: string;
  managedFields?: unknown;
}

export interface OwnerReferenceDraft {
  apiVersion?: string;
  kind?: string;
  name?: string;
  uid?: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

/**
 * The writable view of a decoded object. Decoding has made the copy, checked every field's type against the kind's schema and dropped what
 * Go cannot tell from absence; required texts and numbers may be empty or 0.
 */
export function draftOf(decoded: JsonObject): ObjectDraft {
  const draft = decoded as unknown as ObjectDraft;
  draft.metadata ??= {};
  return draft;
}
