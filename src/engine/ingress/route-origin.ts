import type { KubeObject } from '../api/kube-object.ts';
import type { FieldOrigin } from '../diagnostics/diagnostic.ts';

/** One field of an object, as the end of the thread from a decision to its line of YAML. */
export function originOf({ apiVersion, kind, metadata }: KubeObject, path: string): FieldOrigin {
  const { namespace, name } = metadata;
  return { object: { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) }, path };
}

/** `namespace/name`. */
export function keyOf({ metadata }: Pick<KubeObject, 'metadata'>): string {
  return `${metadata.namespace ?? 'default'}/${metadata.name}`;
}
