import type { Receiver, Step, Trace, TraceEnd } from '#engine';

/** What a simulation drew, as plain data. Traces and steps are the engine's own: a guest can only name one it was given. */
export type Drawing =
  | { readonly kind: 'packet'; readonly step: Step; readonly title?: string }
  | { readonly kind: 'trace'; readonly trace: Trace }
  | { readonly kind: 'sequence'; readonly trace: Trace }
  | {
      readonly kind: 'table';
      readonly caption: string;
      readonly columns: readonly string[];
      readonly rows: readonly (readonly (string | number)[])[];
    }
  | {
      readonly kind: 'histogram';
      readonly caption?: string;
      readonly times: number;
      readonly receivers: readonly Receiver[];
    }
  | {
      readonly kind: 'number-line';
      readonly caption: string;
      readonly min: number;
      readonly max: number;
      readonly marks: readonly { readonly at: number; readonly label: string }[];
    }
  /** As a terminal prints it. */
  | { readonly kind: 'output'; readonly text: string; readonly command?: string }
  | { readonly kind: 'note'; readonly text: string };

/** One question of a scene. `id` is stable while the questions before it in the scene are. */
export type Question = { readonly id: string; readonly text: string } & (
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'outcome' }
  | { readonly kind: 'number'; readonly min: number; readonly max: number; readonly tolerance: number; readonly unit?: string }
);

/** What really happened: a text, a number, or how a packet ended. */
export type Observation =
  | { readonly kind: 'choice'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'outcome'; readonly value: TraceEnd };

export interface ObservedQuestion {
  readonly question: Question;
  readonly observation?: Observation;
  /** Short name of the row in 「예측과 관찰」; the question's text when absent. */
  readonly label?: string;
}

export interface Control {
  readonly label: string;
  readonly values: readonly string[];
  readonly value: string;
}

export interface SceneReport {
  readonly id: string;
  readonly title: string;
  readonly run?: string;
  readonly twinOf?: string;
  readonly controls: readonly Control[];
  /** Notes drawn before the first question: they describe the situation, and are on the page before anything runs. */
  readonly situation: readonly string[];
  readonly questions: readonly ObservedQuestion[];
  readonly drawings: readonly Drawing[];
  readonly explanations: readonly string[];
}

export type FailureKind = 'timeout' | 'stack' | 'memory' | 'output' | 'syntax' | 'thrown' | 'pending' | 'not-modelled' | 'unavailable';

/** Failures after which an instance of QuickJS may hold broken values and is not used again. */
export const mayBeInPieces: ReadonlySet<FailureKind> = new Set(['timeout', 'memory', 'stack', 'output', 'pending', 'unavailable']);

/** Why a simulation did not end well. `line` counts from 1 in the file the reader sees; absent when nothing tells it. */
export interface SimulationFailure {
  readonly kind: FailureKind;
  /** The engine's or the language's own words, in English; for `not-modelled` what is not modelled. */
  readonly message: string;
  readonly line?: number;
  /** Of a run out of time: lines of the loops it may have been in, in order. */
  readonly loops?: readonly number[];
}

/** What became of a run: the scenes asked for, and why it stopped if it did. Plain data, safe to post between threads. */
export interface SimulationReport {
  readonly scenes: readonly SceneReport[];
  readonly failure?: SimulationFailure;
}

/** What to run. Without `scene` every scene runs; `controls` gives the values chosen, by scene and then by label. */
export interface SimulationRequest {
  readonly file: string;
  /** JavaScript with the line numbers of the file the reader sees. */
  readonly code: string;
  readonly scene?: string;
  readonly controls: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** How much a run may use. */
export interface Limits {
  readonly milliseconds: number;
  /** Of the whole WebAssembly instance, 16 MiB at least (see `quickjs.ts`). */
  readonly memoryBytes: number;
  /** Of QuickJS's own stack. Small, so that it ends before the stack of a browser's worker does, and the line is known. */
  readonly stackBytes: number;
  /** Characters of all texts a run hands out, as JSON. */
  readonly outputCharacters: number;
  readonly hostCalls: number;
  readonly connections: number;
}

export const defaultLimits: Limits = {
  milliseconds: 2000,
  memoryBytes: 48 * 1024 * 1024,
  stackBytes: 96 * 1024,
  outputCharacters: 400_000,
  hostCalls: 5000,
  connections: 10_000,
};
