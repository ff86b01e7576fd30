import type { ClusterSpec } from '../api/cluster-spec.ts';
import type { FieldError } from '../api/field-error.ts';
import type { ObjectStore } from '../api/object-store.ts';
import type { ApiFailure } from './admission.ts';
import type { ObjectDraft } from './draft.ts';

/** What admission of one object may look at. */
export interface AdmissionContext {
  readonly store: ObjectStore;
  readonly cluster: ClusterSpec;
  readonly seed: number;
}

/**
 * What the API server knows about one kind: defaults, rules and everything that happens between decoding and storing.
 * Methods write to the draft, which is theirs. `old` is the stored object and is never written to.
 *
 * Models: apiserver pkg/registry/rest RESTCreateStrategy and RESTUpdateStrategy, v1.37.
 */
export interface Strategy<Draft extends ObjectDraft = ObjectDraft> {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Plural, as URLs and messages have it. */
  readonly resource: string;
  readonly namespaced: boolean;
  /** What `metadata.generation` counts changes of, if anything. */
  readonly counted: 'spec' | 'spec and annotations' | 'object' | 'nothing';
  /** Scheme defaulting: runs on every decoded object, before anything else. */
  default(draft: Draft): void;
  /** Takes addresses and ports. Runs before validation: its failure hides every other mistake. */
  allocate?(draft: Draft, old: Draft | undefined, context: AdmissionContext): ApiFailure | undefined;
  /** What built-in admission plugins write to the object. */
  mutate?(draft: Draft, old: Draft | undefined, context: AdmissionContext): ApiFailure | undefined;
  /** Drops what clients may not set, and what no longer applies. */
  prepare?(draft: Draft, old: Draft | undefined): void;
  /** The server's word about the API version itself, which comes with every answer. */
  readonly deprecation?: string;
  validateCreate(draft: Draft, errors: FieldError[]): void;
  validateUpdate(draft: Draft, old: Draft, errors: FieldError[]): void;
  warnings?(draft: Draft, old: Draft | undefined): readonly string[];
  /** Fields that are set and whose rules this engine does not know. */
  notModelled?(draft: Draft): readonly string[];
  /** What reading shows otherwise than what was stored. */
  finish?(draft: Draft): void;
  /** Top-level lists that are printed as `null` when they are empty. */
  readonly alwaysListed?: readonly string[];
}
