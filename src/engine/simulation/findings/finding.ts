import type { KubeObject } from '../../api/kube-object.ts';
import type { DiagnosticCode } from '../../diagnostics/codes.ts';
import type { Diagnostic, DiagnosticArgs, ObjectRef, QuickFix, Span } from '../../diagnostics/diagnostic.ts';
import { fieldSpan } from '../../kubectl/apply/field-span.ts';
import type { Snapshot, SourceMap } from '../snapshot.ts';

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
  /** The field to show where no manifest wrote `path`: the one its default came from. Absent: the nearest field above it. */
  readonly defaultedFrom?: string;
  /** What `path` says, and what it would have to say; only where nothing else can be meant. */
  readonly replacement?: Replacement | undefined;
}

export interface Replacement {
  readonly from: string | number;
  readonly to: string | number;
}

export function refOf({ apiVersion, kind, metadata }: KubeObject): ObjectRef {
  const { namespace, name } = metadata;
  return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

/** Whether a manifest wrote the object: of others there is nobody to tell. */
export function isAuthored(object: KubeObject, sources: SourceMap): boolean {
  return sources.locate({ object: refOf(object), path: 'metadata.name' }) !== undefined;
}

/** A finding with its object and its place. */
export function located({ code, message, args, path, ...rest }: Finding, object: KubeObject, { sources }: Snapshot): Diagnostic {
  const ref = refOf(object);
  const document = { locate: (at: string) => sources.locate({ object: ref, path: at }) };
  const written = document.locate(path)?.value;
  const shown = written === undefined && rest.defaultedFrom !== undefined ? rest.defaultedFrom : path;
  const span = fieldSpan(document, shown, 'value');
  const fix = written === undefined || rest.replacement === undefined ? undefined : replaced(written, rest.replacement);
  return {
    code,
    severity: 'finding',
    message,
    args,
    object: ref,
    path,
    related: [],
    ...(span === undefined ? {} : { span }),
    ...(fix === undefined ? {} : { fix }),
  };
}

/** What stood in quotes stays in quotes, so that JSON stays JSON; so does a word that YAML would not take for text. */
function replaced(span: Span, { from, to }: Replacement): QuickFix {
  const wasPlain = span.end.offset - span.start.offset === String(from).length;
  const isText = typeof to === 'string' && !/^[A-Za-z][\w./-]*$/.test(to);
  const isYamlWord = typeof to === 'string' && /^(y|yes|n|no|on|off|true|false|null)$/i.test(to);
  const quoted = typeof to === 'string' && (!wasPlain || isText || isYamlWord);
  return { title: 'replace-value', args: { value: String(to) }, edits: [{ span, newText: quoted ? JSON.stringify(to) : String(to) }] };
}
