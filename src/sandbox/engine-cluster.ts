import {
  advance,
  applyFiles,
  type ClusterSpec,
  type CommandOutput,
  connector,
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

/** The engine's kubectl. It stands apart because its printers are a large part of the engine, and few simulations print. */
export type Kubectl = (snapshot: Snapshot, argv: readonly string[]) => CommandOutput;

/** What the cluster left to chance (cluster IPs, node ports) is the same in every run of a simulation. */
const clusterSeed = 1;

/** A scene's cluster: the engine behind the calls a guest may make. */
export function newEngineCluster({ cluster, files }: ClusterStart, kubectl?: Kubectl): ClusterHost {
  let snapshot: Snapshot = simulate({ cluster, files, seed: clusterSeed }).snapshot;
  return {
    apply(yaml) {
      const applied = applyFiles(snapshot, [{ name: 'STDIN', text: yaml }]);
      snapshot = applied.snapshot;
      return { ok: applied.output.exitCode === 0, output: applied.output.stdout + applied.output.stderr };
    },
    kubectl(command) {
      if (kubectl === undefined) throw new NotModelled(`kubectl ${command}`);
      const { stdout, stderr } = kubectl(snapshot, command.split(/\s+/).filter(Boolean));
      return stdout + stderr;
    },
    mode(mode) {
      snapshot = { ...snapshot, cluster: { ...snapshot.cluster, proxy: { ...snapshot.cluster.proxy, mode } } };
      const [node] = snapshot.cluster.nodes;
      if (node !== undefined && listRules(snapshot, node.name) === undefined) throw new NotModelled(`kube-proxy --proxy-mode=${mode}`);
    },
    advance(milliseconds) {
      snapshot = advance(snapshot, milliseconds);
    },
    trace: (from, to, seed): Trace => trace(snapshot, probeOf(snapshot, from, to), seed),
    enumerate: (from, to): Enumeration => enumerate(snapshot, probeOf(snapshot, from, to)),
    repeat(from, to, times, seed, stop) {
      const probe = probeOf(snapshot, from, to);
      return tally(enumerate(snapshot, probe), connector(snapshot, probe), times, seed, stop);
    },
    rules(node) {
      if (!snapshot.cluster.nodes.some((each) => each.name === node)) throw new HostRefusal(`there is no node "${node}"`);
      const rules = listRules(snapshot, node);
      if (rules === undefined) throw new NotModelled(`kube-proxy --proxy-mode=${snapshot.cluster.proxy.mode}`);
      return printRules(rules);
    },
  };
}

function probeOf(snapshot: Snapshot, from: string, to: string): Probe {
  const parsed = parseProbe(from, to);
  if (!parsed.ok) throw new HostRefusal(parsed.reason);
  const senders = sendersOf(snapshot);
  const { from: sender } = parsed.probe;
  const name = sender.kind === 'pod' ? `pod/${sender.namespace}/${sender.name}` : `${sender.kind}/${sender.name}`;
  if (!senders.includes(name)) throw new HostRefusal(`there is no ${name}; there are ${senders.join(', ')}`);
  return parsed.probe;
}

function sendersOf({ store, cluster }: Snapshot): readonly string[] {
  return [
    ...store.list('Pod').map(({ metadata }) => `pod/${metadata.namespace ?? ''}/${metadata.name}`),
    ...cluster.nodes.map((node) => `node/${node.name}`),
    ...cluster.outside.map((host) => `outside/${host.name}`),
  ];
}
