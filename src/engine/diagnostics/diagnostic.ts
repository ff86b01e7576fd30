import type { DiagnosticCode } from './codes.ts';

/** A place in a source text. Lines and columns count from 1, columns and offsets in UTF-16 units (as editors do). */
export interface Position {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** A stretch of one source file; `end` is exclusive. */
export interface Span {
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
}

/** Names an object of the cluster. `namespace` is absent for cluster-scoped kinds. */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** One field of one object: the end of the thread that ties a rule or a hop back to a line of YAML. */
export interface FieldOrigin {
  readonly object: ObjectRef;
  /** As Kubernetes prints it, e.g. `spec.ports[0].nodePort`. */
  readonly path: string;
}

/**
 * `error`: Kubernetes refuses. `warning`: Kubernetes accepts and warns. `finding`: Kubernetes accepts in
 * silence, but traffic will not do what the manifest seems to ask for.
 */
export type Severity = 'error' | 'warning' | 'finding';

export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

/** A change that is safe to offer: it repairs the text without deciding what the learner is to decide. */
export interface QuickFix {
  /** Key of the Korean title in `#words`. */
  readonly title: string;
  readonly args: DiagnosticArgs;
  readonly edits: readonly TextEdit[];
}

export interface RelatedSpan {
  readonly span: Span;
  readonly message: string;
}

/** Values that the Korean explanation in `content/diagnostics/<code>.md` fills in. */
export type DiagnosticArgs = Readonly<Record<string, string | number>>;

/** The one shape of everything the engine has to say about somebody's input. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** Kubernetes' own words, verbatim, for errors and warnings; one English sentence for findings. */
  readonly message: string;
  readonly args: DiagnosticArgs;
  readonly object?: ObjectRef;
  /** Field path as Kubernetes prints it. */
  readonly path?: string;
  readonly span?: Span;
  readonly related: readonly RelatedSpan[];
  readonly fix?: QuickFix;
}

/** What every engine stage returns: what it could make of its input, and what it has to say about it. */
export interface Result<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}
