import type { JsonObject, JsonValue } from '../api/json.ts';

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

/** A type whose fields may all be written, at every depth. */
export type Draft<T> = T extends string | number | boolean | undefined | null
  ? T
  : T extends readonly (infer Item)[]
    ? Draft<Item>[]
    : { -readonly [Key in keyof T]: Draft<T[Key]> };

/**
 * Fields whose Go type is a pointer, so that an empty string, 0 or false is not the same as absence. Every other scalar is dropped when
 * it is zero, as Go's `omitempty` does. Maps of strings (labels, data, …) are not structs: all their values are kept.
 */
const pointerFields = new Set([
  'activeDeadlineSeconds',
  'allocateLoadBalancerNodePorts',
  'allowPrivilegeEscalation',
  'apiGroup',
  'appProtocol',
  'automountServiceAccountToken',
  'backoffLimit',
  'backoffLimitPerIndex',
  'blockOwnerDeletion',
  'completionMode',
  'completions',
  'controller',
  'defaultMode',
  'deletionGracePeriodSeconds',
  'enableServiceLinks',
  'endPort',
  'expirationSeconds',
  'failedJobsHistoryLimit',
  'fsGroup',
  'fsGroupChangePolicy',
  'hostUsers',
  'hostnameOverride',
  'immutable',
  'ingressClassName',
  'internalTrafficPolicy',
  'ipFamilyPolicy',
  'ipMode',
  'loadBalancerClass',
  'managedBy',
  'manualSelector',
  'maxFailedIndexes',
  'maxSurge',
  'maxUnavailable',
  'minDomains',
  'mode',
  'nodeAffinityPolicy',
  'nodeTaintsPolicy',
  'optional',
  'parallelism',
  'partition',
  'pathType',
  'podReplacementPolicy',
  'preemptionPolicy',
  'privileged',
  'procMount',
  'progressDeadlineSeconds',
  'readOnlyRootFilesystem',
  'ready',
  'recursiveReadOnly',
  'replicas',
  'revisionHistoryLimit',
  'runAsGroup',
  'runAsNonRoot',
  'runAsUser',
  'runAsUserName',
  'runtimeClassName',
  'scope',
  'serving',
  'setHostnameAsFQDN',
  'shareProcessNamespace',
  'startingDeadlineSeconds',
  'stopSignal',
  'storageClassName',
  'successfulJobsHistoryLimit',
  'suspend',
  'terminating',
  'terminationGracePeriodSeconds',
  'timeZone',
  'tolerationSeconds',
  'trafficDistribution',
  'ttlSecondsAfterFinished',
  'volumeAttributesClassName',
  'volumeMode',
  'zone',
]);

/** Fields that are pointers in some kinds only. */
const pointerFieldsOf: Readonly<Record<string, ReadonlySet<string>>> = {
  EndpointSlice: new Set(['hostname', 'name', 'nodeName', 'port', 'protocol']),
  Endpoints: new Set(['nodeName']),
  NetworkPolicy: new Set(['port', 'protocol']),
  IngressClass: new Set(['namespace']),
  Service: new Set(['timeoutSeconds']),
};
const noFields: ReadonlySet<string> = new Set();

/** Fields that are maps: every value in them counts, the empty string too. */
const mapFields = new Set([
  'labels',
  'annotations',
  'selector',
  'matchLabels',
  'nodeSelector',
  'data',
  'stringData',
  'binaryData',
  'limits',
  'requests',
  'overhead',
  'capacity',
  'allocatable',
]);

/**
 * A private, writable copy of a decoded object, without nulls and without scalars that are zero in Go.
 *
 * Models: encoding/json into the API's Go types and back.
 */
export function draftOf(object: JsonObject): ObjectDraft {
  const kind = typeof object.kind === 'string' ? object.kind : '';
  const copy = copyStruct(object, pointerFieldsOf[kind] ?? noFields, false);
  copy.metadata ??= {};
  // Decoding has checked every field's type against the kind's schema.
  return copy as unknown as ObjectDraft;
}

function copyStruct(object: JsonObject, pointers: ReadonlySet<string>, inMetadata: boolean): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const key in object) {
    const value = object[key];
    if (value === null || value === undefined) continue;
    if (typeof value === 'object') {
      copy[key] = mapFields.has(key) && !isSelectorStruct(key, value) ? copyMap(value) : copyValue(value, pointers, key === 'metadata');
    } else if ((value !== '' && value !== 0 && value !== false) || isPointer(key, pointers, inMetadata)) {
      copy[key] = value;
    }
  }
  return copy;
}

/** `selector` is a map in a Service and a LabelSelector elsewhere. */
function isSelectorStruct(key: string, value: JsonValue): boolean {
  return key === 'selector' && value !== null && typeof value === 'object' && ('matchLabels' in value || 'matchExpressions' in value);
}

function isPointer(key: string, pointers: ReadonlySet<string>, inMetadata: boolean): boolean {
  if (inMetadata) return key === 'deletionGracePeriodSeconds';
  return pointerFields.has(key) || pointers.has(key);
}

function copyValue(value: JsonValue, pointers: ReadonlySet<string>, inMetadata: boolean): unknown {
  // A null in a list of structs is a struct without values.
  if (Array.isArray(value)) return value.map((item) => copyValue(item ?? {}, pointers, false));
  if (typeof value === 'object' && value !== null) return copyStruct(value as JsonObject, pointers, inMetadata);
  return value;
}

function copyMap(value: JsonValue): unknown {
  // `fromEntries` defines properties: a key `__proto__` is a key like any other.
  return Object.fromEntries(Object.entries(value ?? {}).map(([key, item]) => [key, item ?? '']));
}
