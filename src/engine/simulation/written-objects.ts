import type { JsonObject, JsonValue } from '../api/json.ts';
import type { KubeObject } from '../api/kube-object.ts';
import { bootCluster } from './boot.ts';
import type { Snapshot } from './snapshot.ts';

/** What somebody asked for, by `Kind/namespace/name`. */
export type WrittenObjects = ReadonlyMap<string, WrittenObject>;

export interface WrittenObject {
  readonly json: JsonObject;
  /** `apply`: a manifest that kubectl remembers; `post`: an object that came to the API server without kubectl, as stored. */
  readonly by: 'apply' | 'post';
}

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** Labels of objects that a controller keeps. */
const managedLabels = ['endpointslice.kubernetes.io/managed-by', 'endpoints.kubernetes.io/managed-by'];

/** Everything in the cluster that people wrote: not what the world brought along, and not what controllers made of it. */
export function writtenObjects({ cluster, seed, store }: Snapshot): WrittenObjects {
  const written = new Map<string, WrittenObject>();
  const brought = bootCluster(cluster, seed).store;
  // Namespaces first: everything else stands in one.
  const kinds = [...store.kinds()].sort((one, other) => Number(other === 'Namespace') - Number(one === 'Namespace'));
  for (const kind of kinds) {
    for (const object of store.list(kind)) {
      const { namespace, name, annotations } = object.metadata;
      const manifest = manifestOf(annotations?.[lastApplied]);
      const key = `${kind}/${namespace ?? ''}/${name}`;
      if (manifest !== undefined) written.set(key, { json: manifest, by: 'apply' });
      else if (brought.get(kind, namespace, name) === undefined && !isMade(object))
        written.set(key, { json: postedForm(object), by: 'post' });
    }
  }
  return written;
}

function manifestOf(annotation: string | undefined): JsonObject | undefined {
  if (annotation === undefined) return undefined;
  try {
    const value = JSON.parse(annotation) as JsonValue;
    return isJsonObject(value) ? withoutEmptyAnnotations(value) : undefined;
  } catch {
    return undefined;
  }
}

/** kubectl writes `annotations: {}` where there were none. */
function withoutEmptyAnnotations(manifest: JsonObject): JsonObject {
  const { metadata } = manifest;
  if (!isJsonObject(metadata) || !isJsonObject(metadata.annotations) || Object.keys(metadata.annotations).length > 0) return manifest;
  const { annotations: _, ...rest } = metadata;
  return { ...manifest, metadata: rest };
}

function isMade({ metadata }: KubeObject): boolean {
  return (metadata.ownerReferences?.length ?? 0) > 0 || managedLabels.some((label) => metadata.labels?.[label] !== undefined);
}

/** An object as it would be POSTed again. Only a Service's status is somebody's wish: a load balancer's address. */
function postedForm(object: KubeObject): JsonObject {
  const { name, namespace, labels, annotations } = object.metadata;
  const { metadata: _, status, ...rest } = object;
  const written = { ...rest, metadata: { name, namespace, labels, annotations }, ...(object.kind === 'Service' ? { status } : {}) };
  // A stored object is JSON, whatever its type says; absent fields are left out on the way.
  return JSON.parse(JSON.stringify(written)) as JsonObject;
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
