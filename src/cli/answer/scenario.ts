import {
  bootCluster,
  type ClusterSpec,
  type EndpointSlice,
  enumerate,
  type JsonObject,
  kubectl,
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
const modes = ['iptables', 'nftables', 'ipvs'] as const;
type Mode = (typeof modes)[number];

/** Everything a recording says about a cluster state: slices, rules of every node and mode, flows, DNS, environment and kubectl. */
export function answerScenario(question: ScenarioQuestion, world: ClusterSpec): object {
  const snapshots = new Map<Mode, Snapshot>();
  for (const mode of modes) {
    const cluster = scenarioCluster(question, world, mode);
    snapshots.set(mode, postObjects(bootCluster(cluster, seed), question.objects).snapshot);
  }
  const first = snapshots.get('iptables');
  if (first === undefined) throw new Error('no snapshot');
  const manifest = JSON.stringify(question.objects);
  const slices = first.store.list<EndpointSlice>('EndpointSlice').filter((slice) => slice.metadata.name !== 'kubernetes');
  const rules = (mode: Mode): object => {
    const snapshot = snapshots.get(mode) as Snapshot;
    return Object.fromEntries(
      world.nodes.flatMap(({ name }) => {
        const found = listRules(snapshot, name);
        return found === undefined ? [] : [[name, printRules(found)]];
      }),
    );
  };
  return {
    id: question.id,
    endpointSlices: slices.map((slice) => withGeneratedName(withAllocations(slice, manifest))),
    iptables: rules('iptables'),
    nftables: rules('nftables'),
    flows: (question.flows ?? []).map((flow) => answerFlow(question, flow, snapshots)),
    dns: (question.dns ?? []).map((asked) => ({ ...asked, ...queryDns(first, asked.name, asked.type) })),
    env: Object.fromEntries((question.env ?? []).map((pod) => [pod, podEnvironment(first, namespaceOf(question, pod), pod)])),
    kubectl: Object.fromEntries((question.kubectl ?? []).map((command) => [command, runKubectl(first, command)])),
  };
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

/** `web-abcde` reads `web-xxxxx`, as in recordings. */
function withGeneratedName(slice: object): object {
  const { metadata } = slice as { metadata: { name: string; generateName?: string } };
  const { generateName } = metadata;
  if (generateName === undefined) return slice;
  return { ...slice, metadata: { ...metadata, name: `${generateName}xxxxx` } };
}

/** What the command prints, with names that the cluster generated as recordings have them. */
function runKubectl(snapshot: Snapshot, command: string): string {
  const { stdout, stderr } = kubectl(snapshot, command.split(/\s+/).slice(1));
  return snapshot.store.list('EndpointSlice').reduce((text, { metadata: { name, generateName } }) => {
    return generateName === undefined ? text : text.replaceAll(name, `${generateName}xxxxx`);
  }, stdout + stderr);
}

function answerFlow(question: ScenarioQuestion, flow: FlowQuestion, snapshots: ReadonlyMap<Mode, Snapshot>): object {
  const protocol = (flow.proto ?? 'tcp').toLowerCase();
  const parsed = parseProbe(senderOf(question, flow.from), `${protocol}://${flow.to}`);
  if (!parsed.ok) throw new TypeError(parsed.reason);
  const outcomes: Record<string, readonly string[]> = {};
  const sticky: Record<string, true> = {};
  const notModelled: string[] = [];
  for (const mode of ['iptables', 'nftables'] as const) {
    const snapshot = snapshots.get(mode) as Snapshot;
    const found = enumerate(snapshot, parsed.probe);
    const ends = found.possible.map(({ trace }) => recordedOutcome(trace.end));
    if (ends.includes(undefined)) notModelled.push(`flows in ${mode} mode`);
    else outcomes[mode] = [...new Set(ends as string[])].sort();
    if (found.sticky) sticky[mode] = true;
  }
  return { ...flow, outcomes, ...(Object.keys(sticky).length > 0 ? { sticky } : {}), ...(notModelled.length > 0 ? { notModelled } : {}) };
}
