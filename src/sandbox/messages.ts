import type { ClusterStart } from './engine-cluster.ts';
import type { Limits, SimulationReport, SimulationRequest } from './report.ts';

/** What a thread of the sandbox is asked to do. One question is answered by one report; nothing else is said. */
export interface SandboxQuestion {
  readonly request: SimulationRequest;
  readonly start: ClusterStart;
  readonly limits: Limits;
}

/** In the page, the question comes with the addresses of what the worker loads at its first run. */
export interface PageQuestion extends SandboxQuestion {
  readonly engine: string;
  /** Absent for code that never says `kubectl`. */
  readonly kubectl?: string;
  readonly wasm: string;
}

export type SandboxAnswer = SimulationReport;

/** Milliseconds a thread may take beyond its own limit before it is ended from outside: loading, and native loops that ask nobody. */
export const grace = { firstRun: 15_000, laterRuns: 1_500 } as const;
