import type { JsonObject } from '../api/json.ts';
import type { KubeObject } from '../api/kube-object.ts';
import type { ObjectStore } from '../api/object-store.ts';
import type { DiagnosticCode } from '../diagnostics/codes.ts';

/** What the API server answers to a write that it refuses: `metav1.Status`, as far as clients print it. */
export interface ApiFailure {
  readonly code: 400 | 403 | 404 | 409 | 422 | 500;
  readonly reason: string;
  readonly message: string;
  readonly causes: readonly StatusCause[];
  /** Fields that decoding refused (a BadRequest has no causes): the places its message speaks of. */
  readonly decoding?: readonly { readonly code: DiagnosticCode; readonly path: string; readonly message: string }[];
}

export interface StatusCause {
  /** `FieldValueRequired`, `FieldValueInvalid`, … */
  readonly reason: string;
  readonly message: string;
  readonly field: string;
}

/** The API server's answer to one write. `warnings` come with either outcome, in order. */
export type AdmissionResult =
  | {
      readonly ok: true;
      readonly code: 200 | 201;
      readonly stored: KubeObject;
      readonly store: ObjectStore;
      readonly warnings: readonly string[];
      /** Fields that were kept although this engine does not know their rules. */
      readonly notModelled?: readonly string[];
    }
  | { readonly ok: false; readonly failure: ApiFailure; readonly warnings: readonly string[]; readonly notModelled?: readonly string[] };

/** A POST (`create`) or PUT/PATCH result (`update`) of one object, decoded strictly (`fieldValidation=Strict`). */
export interface AdmissionRequest {
  readonly verb: 'create' | 'update';
  readonly object: JsonObject;
  /** The namespace of the request's URL. */
  readonly namespace: string;
}
