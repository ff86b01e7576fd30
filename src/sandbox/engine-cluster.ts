import {
  advance,
  applyFiles,
  type ClusterSpec,
  type Enumeration,
  enumerate,
  listRules,
  type Probe,
  parseProbe,
  printRules,
  type Snapshot,
  type SourceFile,
  simulate,
  type Trace,
  tally,
  trace,
} from '#engine';
import { type ClusterHost, HostRefusal, NotModelled } from './cluster-host.ts';

/** What a scene's cluster starts from: plain data, so that it can be posted to a worker. */
export interface ClusterStart {
  readonly cluster: ClusterSpec;
  readonly files: readonly SourceFile[];
}

/** What the cluster left to chance (cluster IPs, node ports) is the same in every run of a simulation. */
const clusterSeed = 1;

/** A scene's cluster: the engine behind the calls a guest may make. */
export function newEngineCluster({ cluster, files }: ClusterStart): ClusterHost {
  let snapshot: Snapshot = simulate({ cluster, files, seed: clusterSeed }).snapshot;
  return {
    apply(yaml) {
      const applied = applyFiles(snapshot, [{ name: 'STDIN', text: yaml }]);
      snapshot = applied.snapshot;
      return { ok: applied.output.exitCode === 0, output: applied.output.stdout + applied.output.stderr };
    },
    kubectl() {
      throw new NotModelled('kubectl get, kubectl describe');
    },
    mode(mode) {
      snapshot = { ...snapshot, cluster: { ...snapshot.cluster, proxy: { ...snapshot.cluster.proxy, mode } } };
    },
    advance(milliseconds) {
      snapshot = advance(snapshot, milliseconds);
    },
    trace: (from, to, seed): Trace => trace(snapshot, probeOf(from, to), seed),
    enumerate: (from, to): Enumeration => enumerate(snapshot, probeOf(from, to)),
    repeat(from, to, times, seed, stop) {
      const probe = probeOf(from, to);
      return tally(enumerate(snapshot, probe), (each) => trace(snapshot, probe, each), times, seed, stop);
    },
    rules(node) {
      if (!snapshot.cluster.nodes.some((each) => each.name === node)) throw new HostRefusal(`there is no node "${node}"`);
      const rules = listRules(snapshot, node);
      if (rules === undefined) throw new NotModelled(`${snapshot.cluster.proxy.mode}`);
      return printRules(rules);
    },
  };
}

function probeOf(from: string, to: string): Probe {
  const parsed = parseProbe(from, to);
  if (!parsed.ok) throw new HostRefusal(parsed.reason);
  return parsed.probe;
}
