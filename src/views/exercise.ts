import {
  type ClusterSpec,
  type CommandOutput,
  connector,
  type Diagnostic,
  enumerate,
  type Probe,
  type Snapshot,
  type SourceFile,
  simulate,
  type Tally,
  type Trace,
  tally,
  trace,
} from '#engine';

/** One of the requests an exercise sends after every change. */
export interface ExerciseProbe {
  readonly id: string;
  /** Shown beside the outcome; the command when absent. */
  readonly label?: string;
  readonly probe: Probe;
  /** How many connections 「N번 보내기」 makes. */
  readonly count: number;
}

export interface Exercise {
  readonly cluster: ClusterSpec;
  readonly files: readonly SourceFile[];
  readonly probes: readonly ExerciseProbe[];
}

/** What the cluster made of the files, and where each probe went. */
export interface ExerciseRun {
  readonly seed: number;
  readonly snapshot: Snapshot;
  readonly diagnostics: readonly Diagnostic[];
  /** What `kubectl apply` printed. */
  readonly output: CommandOutput;
  /** False when Kubernetes refused any of it: then the traces are not of the files as they stand. */
  readonly accepted: boolean;
  /** By probe id. */
  readonly traces: ReadonlyMap<string, Trace>;
}

/** What the cluster itself left to chance (cluster IPs, node ports) stays the same when only the connection is made anew. */
const clusterSeed = 1;

/**
 * The whole pipeline in one go: read, decode, default, validate, allocate, reconcile, sync, trace. `seed` is the connection's.
 * Never throws for anything typed.
 */
export function runExercise(exercise: Exercise, seed: number): ExerciseRun {
  const { snapshot, diagnostics, output } = simulate({ cluster: exercise.cluster, files: exercise.files, seed: clusterSeed });
  const accepted = !diagnostics.some((diagnostic) => diagnostic.severity === 'error');
  const traces = new Map(accepted ? exercise.probes.map(({ id, probe }) => [id, trace(snapshot, probe, seed)]) : []);
  return { seed, snapshot, diagnostics, output, accepted, traces };
}

/** Many connections of one probe. */
export function sendMany(run: ExerciseRun, { probe, count }: ExerciseProbe): Tally {
  return tally(enumerate(run.snapshot, probe), connector(run.snapshot, probe), count, run.seed);
}
