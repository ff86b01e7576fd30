import type { ClusterSpec } from '../api/cluster-spec.ts';
import type { ObjectStore } from '../api/object-store.ts';
import type { FieldOrigin, Span } from '../diagnostics/diagnostic.ts';
import type { Faults, Streaks } from '../nodes/prober.ts';
import type { PodProgram } from '../nodes/program.ts';
import type { ClusterEvent } from './cluster-event.ts';

export type { PodProgram } from '../nodes/program.ts';

/** Finds the YAML a field came from; `undefined` for fields that no manifest wrote. */
export interface SourceMap {
  locate(origin: FieldOrigin): { readonly key?: Span; readonly value: Span } | undefined;
}

/** The whole cluster at one moment of its clock. Immutable: every change makes another one. */
export interface Snapshot {
  readonly cluster: ClusterSpec;
  /** Milliseconds since the cluster's clock started. */
  readonly time: number;
  /** Seed of every choice the cluster made by chance (cluster IPs, node ports, Pod name suffixes). */
  readonly seed: number;
  readonly store: ObjectStore;
  /** Programs by `namespace/name` of the Pod. */
  readonly programs: ReadonlyMap<string, PodProgram>;
  readonly sources: SourceMap;
  /** Probes that fail whatever the program listens on, by `namespace/name` of the Pod. */
  readonly faults: ReadonlyMap<string, Faults>;
  /** Probe outcomes that are too few in a row to count yet, by `namespace/name` of the Pod. */
  readonly streaks: ReadonlyMap<string, Streaks>;
  /** What has happened while the clock ran, oldest first. */
  readonly events: readonly ClusterEvent[];
}
