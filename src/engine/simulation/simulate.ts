import type { ClusterSpec } from '../api/cluster-spec.ts';
import { admit } from '../apiserver/admit.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { applyManifests } from '../kubectl/apply.ts';
import type { CommandOutput } from '../kubectl/command-output.ts';
import type { SourceFile } from '../manifest/source-file.ts';
import { bootCluster } from './boot.ts';
import { findings } from './findings/index.ts';
import { settle } from './settle.ts';
import type { Snapshot } from './snapshot.ts';
import { sourceMap } from './source-map.ts';

/** Everything a run starts from: the same input gives the same run, in any host. */
export interface SimulationInput {
  readonly cluster: ClusterSpec;
  readonly files: readonly SourceFile[];
  readonly seed: number;
}

/** A cluster after somebody applied something, and what was said about it. */
export interface Simulation {
  readonly snapshot: Snapshot;
  /** What Kubernetes refused or warned of, and what we found besides, in the order of the files. */
  readonly diagnostics: readonly Diagnostic[];
  /** What `kubectl apply` printed. */
  readonly output: CommandOutput;
  /** Fields that were stored although their rules are not known here. */
  readonly notModelled: readonly string[];
}

/** Boots a world, applies files to it and lets its controllers settle. Pure; never throws, whatever the files hold. */
export function simulate({ cluster, files, seed }: SimulationInput): Simulation {
  return applyFiles(bootCluster(cluster, seed), files);
}

/**
 * `kubectl apply` of some files, one after the other, and what the controllers make of it. With `controllers: false` nobody but the API server
 * acts: the snapshot holds what was stored at the moment kubectl returned.
 */
export function applyFiles(before: Snapshot, files: readonly SourceFile[], { controllers = true } = {}): Simulation {
  const { cluster, seed } = before;
  const applied = applyManifests(files, before.store, (store, request) => admit(store, request, cluster, seed), cluster.installedApis);
  const stored = { ...before, store: applied.store, sources: sourceMap(applied.applied, before.sources) };
  const settled = controllers ? settle(stored) : stored;
  return {
    snapshot: settled,
    diagnostics: [...applied.diagnostics, ...findings(settled)],
    output: applied.output,
    notModelled: applied.notModelled,
  };
}
