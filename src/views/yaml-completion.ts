import type { Pod, Snapshot } from '#engine';

/** What the cluster holds that a Service may name. */
export interface ClusterFacts {
  readonly namespaces: readonly string[];
  /** Per namespace: label keys of its Pods with the values there are. */
  readonly labels: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** Per namespace: names of its Pods' container ports. */
  readonly portNames: Readonly<Record<string, readonly string[]>>;
}

export interface CompletionItem {
  readonly label: string;
  readonly insert: string;
  readonly kind: 'field' | 'value';
}

/** What may stand at the cursor; `from` and `to` are offsets of the word it would replace. */
export interface Completion {
  readonly from: number;
  readonly to: number;
  readonly items: readonly CompletionItem[];
}

/** Fields that open a block of their own: a list or an object follows on the next line. */
const blocks: ReadonlySet<string> = new Set(['metadata', 'spec', 'labels', 'annotations', 'selector', 'sessionAffinityConfig', 'clientIP']);

const fieldsAt: Readonly<Record<string, readonly string[]>> = {
  '': ['apiVersion', 'kind', 'metadata', 'spec'],
  metadata: ['name', 'namespace', 'labels', 'annotations'],
  spec: [
    'type',
    'selector',
    'ports',
    'clusterIP',
    'sessionAffinity',
    'sessionAffinityConfig',
    'internalTrafficPolicy',
    'externalTrafficPolicy',
    'externalIPs',
    'externalName',
    'loadBalancerClass',
    'loadBalancerSourceRanges',
    'allocateLoadBalancerNodePorts',
    'healthCheckNodePort',
    'publishNotReadyAddresses',
    'trafficDistribution',
    'ipFamilyPolicy',
    'ipFamilies',
  ],
  'spec.ports': ['name', 'protocol', 'port', 'targetPort', 'nodePort', 'appProtocol'],
  'spec.sessionAffinityConfig': ['clientIP'],
  'spec.sessionAffinityConfig.clientIP': ['timeoutSeconds'],
};

const valuesOf: Readonly<Record<string, readonly string[]>> = {
  apiVersion: ['v1'],
  kind: ['Service'],
  'spec.type': ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'],
  'spec.clusterIP': ['None'],
  'spec.ports.protocol': ['TCP', 'UDP', 'SCTP'],
  'spec.sessionAffinity': ['None', 'ClientIP'],
  'spec.internalTrafficPolicy': ['Cluster', 'Local'],
  'spec.externalTrafficPolicy': ['Cluster', 'Local'],
  'spec.trafficDistribution': ['PreferSameZone', 'PreferSameNode'],
  'spec.ipFamilyPolicy': ['SingleStack', 'PreferDualStack', 'RequireDualStack'],
  'spec.publishNotReadyAddresses': ['true', 'false'],
  'spec.allocateLoadBalancerNodePorts': ['true', 'false'],
};

export function clusterFacts({ store }: Snapshot): ClusterFacts {
  const labels: Record<string, Record<string, string[]>> = {};
  const portNames: Record<string, string[]> = {};
  for (const { metadata, spec } of store.list<Pod>('Pod')) {
    const namespace = metadata.namespace ?? '';
    const known = labels[namespace] ?? {};
    labels[namespace] = known;
    for (const [key, value] of Object.entries(metadata.labels ?? {})) known[key] = [...new Set([...(known[key] ?? []), value])];
    const names = spec.containers.flatMap((container) =>
      (container.ports ?? []).flatMap((port) => (port.name === undefined ? [] : [port.name])),
    );
    portNames[namespace] = [...new Set([...(portNames[namespace] ?? []), ...names])];
  }
  return { namespaces: store.list('Namespace').map(({ metadata }) => metadata.name), labels, portNames };
}

/** What may be written at an offset of a Service's manifest; `undefined` where nothing is known. */
export function completeYaml(text: string, offset: number, facts: ClusterFacts): Completion | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(start, offset);
  const lines = documentLines(text, start);
  const kind = valueIn(lines.all, 'kind');
  if (kind !== undefined && !'Service'.startsWith(kind)) return undefined;
  const namespace = valueIn(lines.all, '  namespace') ?? 'default';
  const [, indent = '', dashes = '', rest = ''] = /^(\s*)((?:- +)*)(.*)$/.exec(before) ?? [];
  const path = pathAbove(lines.above, indent.length + dashes.length);
  const [, key, word = ''] = /^([\w./-]+):\s+(\S*)$/.exec(rest) ?? [];
  if (key !== undefined) return offer(offset, word, values([...path, key], facts, namespace), 'value');
  if (!/^[\w./-]*$/.test(rest)) return undefined;
  const present = siblings(lines.all, path, text, offset);
  const fields = path.join('.') === 'spec.selector' ? Object.keys(facts.labels[namespace] ?? {}) : (fieldsAt[path.join('.')] ?? []);
  return offer(
    offset,
    rest,
    fields.filter((field) => !present.has(field) || field === rest),
    'field',
  );
}

function offer(offset: number, word: string, labels: readonly string[], kind: 'field' | 'value'): Completion | undefined {
  if (labels.length === 0) return undefined;
  const items = labels.map((label) => ({ label, kind, insert: kind === 'value' ? label : insertion(label) }));
  return { from: offset - word.length, to: offset, items };
}

function insertion(field: string): string {
  if (field === 'ports') return 'ports:\n  - ';
  return blocks.has(field) ? `${field}:\n  ` : `${field}: `;
}

function values(path: readonly string[], facts: ClusterFacts, namespace: string): readonly string[] {
  const [parent, key = ''] = path.slice(-2);
  const whole = path.join('.');
  if (path.length === 3 && parent === 'selector') return facts.labels[namespace]?.[key] ?? [];
  if (whole === 'metadata.namespace') return facts.namespaces;
  if (whole === 'spec.ports.targetPort') return facts.portNames[namespace] ?? [];
  return valuesOf[whole] ?? [];
}

interface DocumentLines {
  readonly all: readonly string[];
  readonly above: readonly string[];
}

/** The lines of the document a line is in, and those of them above it. */
function documentLines(text: string, lineStart: number): DocumentLines {
  const before = text.slice(0, lineStart).split('\n').slice(0, -1);
  const from = before.findLastIndex((line) => /^---(\s|$)/.test(line)) + 1;
  const after = text.slice(lineStart).split('\n');
  const to = after.findIndex((line, index) => index > 0 && /^---(\s|$)/.test(line));
  return { above: before.slice(from), all: [...before.slice(from), ...(to < 0 ? after : after.slice(0, to))] };
}

/** Keys above a line that is indented so far, outermost first. A list's dash counts as indentation of what follows it. */
function pathAbove(lines: readonly string[], depth: number): readonly string[] {
  const path: string[] = [];
  let limit = depth;
  for (const line of [...lines].reverse()) {
    const [, indent = '', dashes = '', key] = /^(\s*)((?:- +)*)([\w./-]+):/.exec(line) ?? [];
    if (key === undefined) continue;
    const at = indent.length + dashes.length;
    // `ports:` and the dashes of its items may stand in the same column.
    if (
      at < limit ||
      (dashes === '' && at === limit && limit === depth && key === 'ports' && /^\s*-/.test(lines[lines.length - 1] ?? ''))
    ) {
      path.unshift(key);
      limit = at;
    }
    if (limit === 0) break;
  }
  return path;
}

function valueIn(lines: readonly string[], key: string): string | undefined {
  const found = lines.find((line) => line.startsWith(`${key}:`));
  return found?.slice(key.length + 1).trim();
}

/** Fields that stand beside the cursor already; within a list, only those of the same item. */
function siblings(lines: readonly string[], path: readonly string[], text: string, offset: number): ReadonlySet<string> {
  if (path.at(-1) === 'ports') {
    const item = text.slice(text.lastIndexOf('- ', offset), offset);
    return new Set([...item.matchAll(/([\w]+):/g)].map(([, key = '']) => key));
  }
  const depth = path.length * 2;
  return new Set(lines.flatMap((line) => new RegExp(`^ {${depth}}([\\w./-]+):`).exec(line)?.[1] ?? []));
}
