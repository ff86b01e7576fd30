import type { KubeObject } from '../../api/kube-object.ts';
import type { DiagnosticCode } from '../../diagnostics/codes.ts';
import type { Diagnostic, DiagnosticArgs, ObjectRef } from '../../diagnostics/diagnostic.ts';
import type { Snapshot } from '../snapshot.ts';

/**
 * One thing that Kubernetes accepts although traffic will not do what the manifest seems to ask for. A finding is an observation about one
 * object as it stands in the snapshot; it never guesses what its author wanted.
 */
export type FindingRule<T extends KubeObject> = (object: T, snapshot: Snapshot) => readonly Finding[];

export interface Finding {
  readonly code: DiagnosticCode;
  /** One English sentence. */
  readonly message: string;
  readonly args: DiagnosticArgs;
  /** The field it points at. */
  readonly path: string;
}

export function refOf({ apiVersion, kind, metadata }: KubeObject): ObjectRef {
  const { namespace, name } = metadata;
  return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

/** A finding with its object and its place; nothing when no manifest wrote the object, as there is nobody to tell. */
export function located({ code, message, args, path }: Finding, object: KubeObject, { sources }: Snapshot): Diagnostic | undefined {
  const ref = refOf(object);
  if (sources.locate({ object: ref, path: 'metadata.name' }) === undefined) return undefined;
  const place = sources.locate({ object: ref, path }) ?? sources.locate({ object: ref, path: 'metadata.name' });
  const span = place?.value;
  return { code, severity: 'finding', message, args, object: ref, path, related: [], ...(span === undefined ? {} : { span }) };
}
