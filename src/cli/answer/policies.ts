import {
  applyFiles,
  bootCluster,
  type ClusterSpec,
  type JsonObject,
  type JsonValue,
  judgePolicies,
  type PolicyEnd,
  type Protocol,
  parseClusterFile,
  parseIPv4,
  type Snapshot,
} from '#engine';
import { worldLibrary } from '../files.ts';

export interface PolicyQuestion {
  readonly id: string;
  /** Addresses by name. */
  readonly nodes: Readonly<Record<string, string>>;
  readonly namespaces: readonly { readonly name: string; readonly labels?: JsonObject }[];
  readonly pods: readonly (JsonObject & { readonly node?: string; readonly ip?: string })[];
  readonly policies: readonly JsonObject[];
  readonly probes: readonly PolicyProbe[];
}

interface PolicyProbe {
  /** `namespace/pod`, or an address. */
  readonly from: string;
  readonly to: string;
  readonly port?: number;
  readonly protocol?: Protocol;
}

const seed = 1;

/** What the policies, as the API server stores them, say about each connection: whether it may open, and each direction's part in that. */
export function answerPolicies(question: PolicyQuestion, world: ClusterSpec): object {
  const { snapshot, output } = applyFiles(bootCluster(policyCluster(question, world), seed), [manifests(question)]);
  const notModelled = output.exitCode === 0 ? {} : { notModelled: ['a refused object'], problem: output.stderr };
  return { id: question.id, probes: question.probes.map((probe) => ({ ...probe, ...verdictOf(snapshot, probe) })), ...notModelled };
}

/** The recordings' world with the record's own nodes and Pods in it. */
function policyCluster({ id, nodes, pods }: PolicyQuestion, world: ClusterSpec): ClusterSpec {
  const text = JSON.stringify({
    name: id,
    extends: [world.name],
    nodes: Object.entries(nodes).map(([name, address]) => {
      const known = world.nodes.find((node) => node.name === name)?.podCIDR.text;
      const own = pods.find((pod) => pod.node === name)?.ip;
      return { name, address, podCIDR: known ?? `${own ?? address}/24` };
    }),
    pods,
  });
  const { value, diagnostics } = parseClusterFile(text, id, worldLibrary());
  if (value === undefined) throw new TypeError(diagnostics.map(({ message }) => message).join('; '));
  return value;
}

/** Namespaces and policies as one manifest; a namespace that every cluster has gets its labels all the same. */
function manifests({ namespaces, policies }: PolicyQuestion) {
  const owned = namespaces.map(({ name, labels }) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, ...(labels === undefined ? {} : { labels }) },
  }));
  const documents: readonly JsonValue[] = [...owned, ...policies];
  return { name: 'STDIN', text: documents.map((document) => JSON.stringify(document)).join('\n---\n') };
}

function verdictOf(snapshot: Snapshot, { from, to, port, protocol = 'TCP' }: PolicyProbe): object {
  const verdict = judgePolicies(snapshot, {
    from: endOf(from),
    to: endOf(to),
    protocol,
    ...(port === undefined ? {} : { destinationPort: port }),
  });
  if (verdict === undefined) return { notModelled: [`${from} -> ${to}: no such Pod`] };
  return { allowed: verdict.allowed, ingress: verdict.ingress.allowed, egress: verdict.egress.allowed };
}

function endOf(text: string): PolicyEnd {
  const address = parseIPv4(text);
  if (address !== undefined) return { kind: 'address', address };
  const [namespace = '', name = ''] = text.split('/');
  return { kind: 'pod', namespace, name };
}
