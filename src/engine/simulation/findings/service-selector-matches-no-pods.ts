import { closestWord } from '../../api/closest-word.ts';
import type { KubeObject } from '../../api/kube-object.ts';
import { type Labels, matchesLabels, withLabels } from '../../api/label-selector.ts';
import type { Pod } from '../../api/pod.ts';
import type { Service } from '../../api/service.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Finding, FindingRule } from './finding.ts';
import { hasSelector, selectedPods } from './selected-pods.ts';

const workloads = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'] as const;

/**
 * A selector that finds nothing: the Service has an address, and every connection to it is refused. Where the very labels are to be found
 * somewhere else, on Pods of another namespace or on a workload that does not hand them to its Pods, it says so.
 */
export const serviceSelectorMatchesNoPods: FindingRule<Service> = (service, snapshot) => {
  const { metadata, spec } = service;
  const { selector = {} } = spec;
  if (!hasSelector(spec) || spec.type === 'ExternalName' || selectedPods(service, snapshot).length > 0) return [];
  const args = { name: metadata.name, namespace: metadata.namespace ?? 'default', selector: inWords(selector) };
  return [elsewhere(selector, args, snapshot) ?? onWorkload(selector, args, snapshot) ?? nowhere(selector, args, snapshot)];
};

interface Args extends Readonly<Record<string, string>> {
  readonly name: string;
  readonly namespace: string;
  readonly selector: string;
}

function elsewhere(selector: Labels, args: Args, { store }: Snapshot): Finding | undefined {
  const pods = withLabels(store.list<Pod>('Pod'), selector);
  const others = [...new Set(pods.map(({ metadata }) => metadata.namespace ?? 'default'))];
  const [first] = others;
  if (first === undefined) return undefined;
  return {
    code: 'service-pods-in-other-namespace',
    message: `Service ${args.namespace}/${args.name} selects ${args.selector}, and such Pods are in ${others.join(', ')} only; a selector sees its own namespace.`,
    args: { ...args, others: others.join(', '), count: pods.length },
    path: 'metadata.namespace',
    defaultedFrom: 'metadata.name',
  };
}

/** Labels of a Deployment are its own: its Pods have those of its template. */
function onWorkload(selector: Labels, args: Args, { store }: Snapshot): Finding | undefined {
  const owner = workloads
    .flatMap((kind) => store.list<KubeObject & { readonly kind: (typeof workloads)[number] }>(kind, args.namespace))
    .find(({ metadata }) => matchesLabels(selector, metadata.labels));
  if (owner === undefined) return undefined;
  const { template } = (owner.spec ?? {}) as { readonly template?: { readonly metadata?: { readonly labels?: Labels } } };
  const labels = template?.metadata?.labels ?? {};
  // A workload whose Pods are still to come is no reason: their labels will do.
  if (matchesLabels(selector, labels)) return undefined;
  return {
    code: 'service-selector-matches-workload-only',
    message: `Service ${args.name} selects ${args.selector}: labels of the ${owner.kind} ${owner.metadata.name} itself, not of its Pods.`,
    args: { ...args, kind: owner.kind, workload: owner.metadata.name, labels: inWords(labels) },
    path: 'spec.selector',
  };
}

/** Points at the label that nobody has, and names the values that Pods do have; at all of them where each is there, and never together. */
function nowhere(selector: Labels, args: Args, { store }: Snapshot): Finding {
  const neighbours = store.list<Pod>('Pod', args.namespace);
  const lonely = Object.entries(selector).find(([key, value]) => withLabels(neighbours, { [key]: value }).length === 0);
  const message = `Service ${args.namespace}/${args.name} selects ${args.selector}, and there is no such Pod in its namespace.`;
  const code = 'service-selector-matches-no-pods';
  if (lonely === undefined) return { code, message, args: { ...args, label: args.selector, values: '' }, path: 'spec.selector' };
  const [key, value] = lonely;
  const values = [...new Set(neighbours.flatMap((pod) => pod.metadata.labels?.[key] ?? []))].sort();
  const meant = closestWord(value, values);
  return {
    code,
    message,
    args: { ...args, label: `${key}: ${value}`, key, values: values.join(', ') },
    path: `spec.selector.${key}`,
    ...(meant === undefined ? {} : { replacement: { from: value, to: meant } }),
  };
}

function inWords(labels: Labels): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}: ${value}`)
    .join(', ');
}
