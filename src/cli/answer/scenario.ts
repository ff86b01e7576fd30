import {
  bootCluster,
  type ClusterSpec,
  type EndpointSlice,
  enumerate,
  type IpvsListing,
  type JsonObject,
  kubectl,
  listIpvs,
  listRules,
  type ProxyMode,
  parseClusterFile,
  parseProbe,
  podEnvironment,
  postObjects,
  printRules,
  queryDns,
  recordedOutcome,
  type Snapshot,
} from '#engine';
import { worldLibrary } from '../files.ts';
import { withAllocations } from './admission.ts';

export interface ScenarioQuestion {
  readonly id: string;
  readonly pods: readonly JsonObject[];
  readonly objects: readonly JsonObject[];
  readonly flows?: readonly FlowQuestion[];
  readonly dns?: readonly { readonly name: string; readonly type: string }[];
  readonly env?: readonly string[];
  readonly kubectl?: readonly string[];
}

interface FlowQuestion {
  /** `pod/client`, `pod/NAMESPACE/NAME`, `node/node-a`, or an outside host's bare name. */
  readonly from: string;
  readonly to: string;
  readonly proto?: string;
}

const seed = 1;
const modes = ['iptables', 'nftables'] as const;
type Mode = (typeof modes)[number];

/** What could not be answered, and why; each once. */
class Gaps {
  readonly #known = new Set<string>();

  note(what: string): void {
    this.#known.add(what);
  }

  /** Answers one part. A bug in it costs that part only, and is owned up to. */
  attempt<T>(what: string, fallback: T, answer: () => T): T {
    try {
      return answer();
    } catch (error) {
      this.note(`${what}: ${error instanceof Error ? error.message : String(error)}`);
      return fallback;
    }
  }

  /** What an answer says of them: nothing when there are none. */
  fields(): { readonly notModelled?: readonly string[] } {
    return this.#known.size === 0 ? {} : { notModelled: [...this.#known] };
  }
}

/** Everything a recording says about a cluster state: slices, rules of every node and mode, flows, DNS, environment and kubectl. */
export function answerScenario(question: ScenarioQuestion, world: ClusterSpec): object {
  const gaps = new Gaps();
  const snapshots = new Map(modes.map((mode) => [mode, scenarioSnapshot(question, world, mode)]));
  const first = snapshots.get('iptables') ?? scenarioSnapshot(question, world, 'iptables');
  const manifest = JSON.stringify(question.objects);
  const slices = first.store.list<EndpointSlice>('EndpointSlice').filter((slice) => slice.metadata.name !== 'kubernetes');
  gaps.note('rules in ipvs mode');
  const attemptEach = <K, T>(what: string, keys: readonly K[] | undefined, name: (key: K) => string, one: (key: K) => T) =>
    (keys ?? []).flatMap((key): readonly (readonly [string, T])[] =>
      gaps.attempt(`${what} ${name(key)}`, [], () => [[name(key), one(key)] as const]),
    );
  return {
    id: question.id,
    endpointSlices: slices.map((slice) => asRecorded(withAllocations(slice, manifest))),
    iptables: rulesOf(snapshots, 'iptables', gaps),
    nftables: rulesOf(snapshots, 'nftables', gaps),
    ipvs: gaps.attempt('rules in ipvs mode', {}, () => ipvsOf(scenarioSnapshot(question, world, 'ipvs'))),
    flows: attemptEach('flow', question.flows, flowName, (flow) => answerFlow(question, flow, snapshots, gaps)).map(([, flow]) => flow),
    dns: attemptEach('dns', question.dns, dnsName, (asked) => ({ ...asked, ...queryDns(first, asked.name, asked.type) })).map(
      ([, reply]) => reply,
    ),
    env: Object.fromEntries(attemptEach('env', question.env, String, (pod) => podEnvironment(first, namespaceOf(question, pod), pod))),
    kubectl: Object.fromEntries(attemptEach('kubectl', question.kubectl, String, (command) => runKubectl(first, command))),
    ...gaps.fields(),
  };
}

function flowName({ from, to }: FlowQuestion): string {
  return `${from} -> ${to}`;
}

function dnsName({ name, type }: { readonly name: string; readonly type: string }): string {
  return `${name} ${type}`;
}

/** Virtual servers, ipsets, iptables rules and kube-ipvs0 by node. Recordings have no packets in IPVS mode: its kernel side was replaced. */
function ipvsOf(snapshot: Snapshot): Readonly<Record<string, IpvsListing>> {
  const listed = snapshot.cluster.nodes.flatMap(({ name }): readonly (readonly [string, IpvsListing])[] => {
    const rules = listRules(snapshot, name);
    return rules?.backend === 'ipvs' ? [[name, listIpvs(rules)]] : [];
  });
  return Object.fromEntries(listed);
}

function scenarioSnapshot(question: ScenarioQuestion, world: ClusterSpec, mode: ProxyMode): Snapshot {
  return postObjects(bootCluster(scenarioCluster(question, world, mode), seed), question.objects).snapshot;
}

/** Printed rules by node; a node whose rules are not modelled is left out, and that is said. */
function rulesOf(snapshots: ReadonlyMap<Mode, Snapshot>, mode: Mode, gaps: Gaps): Readonly<Record<string, readonly string[]>> {
  const snapshot = snapshots.get(mode);
  const nodes = snapshot?.cluster.nodes ?? [];
  const printed = nodes.flatMap(({ name }): readonly (readonly [string, readonly string[]])[] => {
    const found = snapshot && gaps.attempt(`rules in ${mode} mode`, undefined, () => listRules(snapshot, name));
    if (found === undefined) gaps.note(`rules in ${mode} mode`);
    return found === undefined ? [] : [[name, printRules(found)]];
  });
  return Object.fromEntries(printed);
}

/** The recordings' world with the record's Pods in it: their shorthand is a cluster file's. */
export function scenarioCluster({ id, pods }: Pick<ScenarioQuestion, 'id' | 'pods'>, world: ClusterSpec, mode: ProxyMode): ClusterSpec {
  const text = JSON.stringify({ name: id, extends: [world.name], pods });
  const { value, diagnostics } = parseClusterFile(text, id, worldLibrary());
  if (value === undefined) throw new TypeError(diagnostics.map(({ message }) => message).join('; '));
  return { ...value, proxy: { ...value.proxy, mode } };
}

/** Recordings call Pods by their bare names, whatever their namespace. */
function namespaceOf({ pods }: ScenarioQuestion, name: string): string {
  const pod = pods.find((candidate) => candidate.name === name);
  return typeof pod?.namespace === 'string' ? pod.namespace : 'default';
}

function senderOf(question: ScenarioQuestion, from: string): string {
  const [kind, name, more] = from.split('/');
  if (name === undefined) return `outside/${from}`;
  return kind === 'pod' && more === undefined ? `pod/${namespaceOf(question, name)}/${name}` : from;
}

/** As recordings have slices: `web-abcde` reads `web-xxxxx`, and no generation. */
function asRecorded(slice: object): object {
  const { metadata } = slice as { readonly metadata: Readonly<Record<string, unknown>> };
  const { generation: _, ...kept } = metadata;
  const { generateName } = metadata;
  return { ...slice, metadata: generateName === undefined ? kept : { ...kept, name: `${generateName}xxxxx` } };
}

function runKubectl(snapshot: Snapshot, command: string): string {
  const { stdout, stderr } = kubectl(snapshot, command.split(/\s+/).slice(1));
  return snapshot.store.list('EndpointSlice').reduce((text, { metadata: { name, generateName } }) => {
    return generateName === undefined ? text : text.replaceAll(name, `${generateName}xxxxx`);
  }, stdout + stderr);
}

function answerFlow(question: ScenarioQuestion, flow: FlowQuestion, snapshots: ReadonlyMap<Mode, Snapshot>, gaps: Gaps): object {
  const protocol = (flow.proto ?? 'tcp').toLowerCase();
  const parsed = parseProbe(senderOf(question, flow.from), `${protocol}://${flow.to}`);
  if (!parsed.ok) throw new TypeError(parsed.reason);
  const outcomes: Record<string, readonly string[]> = {};
  const sticky: Record<string, true> = {};
  for (const [mode, snapshot] of snapshots) {
    const { possible, sticky: held } = enumerate(snapshot, parsed.probe);
    const ends = possible.map(({ trace }) => recordedOutcome(trace.end));
    const known = ends.filter((end) => end !== undefined);
    if (known.length < ends.length) gaps.note(`flows in ${mode} mode`);
    else outcomes[mode] = [...new Set(known)].sort();
    if (held) sticky[mode] = true;
  }
  return { ...flow, outcomes, ...(Object.keys(sticky).length > 0 ? { sticky } : {}) };
}
