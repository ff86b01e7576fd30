import type { IPv4 } from '../api/ipv4.ts';
import type { KubeObject, ObjectMeta } from '../api/kube-object.ts';
import type { Labels } from '../api/label-selector.ts';
import type { NetworkPolicy } from '../api/network-policy.ts';
import type { ContainerPort, Pod } from '../api/pod.ts';

/** A Pod with an address of its own, as policies see it. */
export interface PolicyPod {
  readonly namespace: string;
  readonly name: string;
  readonly node: string;
  readonly address: IPv4;
  readonly labels: Labels;
  readonly namespaceLabels: Labels;
  /** What its containers declare: where port names are looked up. */
  readonly ports: readonly ContainerPort[];
}

/** Everything a verdict depends on, at one moment. Immutable. */
export interface PolicyWorld {
  /** By namespace, in order of name. */
  readonly policies: ReadonlyMap<string, readonly NetworkPolicy[]>;
  readonly podsByAddress: ReadonlyMap<IPv4, PolicyPod>;
  /** The node that has an address: its own, and that of its bridge. */
  readonly nodesByAddress: ReadonlyMap<IPv4, string>;
}

export interface PolicyWorldInput {
  readonly policies: readonly NetworkPolicy[];
  readonly pods: readonly Pod[];
  readonly namespaces: readonly KubeObject[];
  readonly nodes: readonly { readonly name: string; readonly addresses: readonly IPv4[] }[];
}

/**
 * @models partly host network Pods and NetworkPolicy: they count as their node, and policies that select them do nothing; the API leaves both
 * to the network plug-in.
 */
export function policyWorld({ policies, pods, namespaces, nodes }: PolicyWorldInput): PolicyWorld {
  const labelsOf = new Map(namespaces.map(({ metadata }) => [metadata.name, metadata.labels ?? {}]));
  const known = pods.flatMap((pod) => policyPod(pod, labelsOf.get(namespaceOf(pod.metadata)) ?? {}));
  const byNamespace = new Map<string, NetworkPolicy[]>();
  for (const policy of [...policies].sort(byName)) {
    const namespace = namespaceOf(policy.metadata);
    const list = byNamespace.get(namespace);
    if (list === undefined) byNamespace.set(namespace, [policy]);
    else list.push(policy);
  }
  return {
    policies: byNamespace,
    podsByAddress: new Map(known.map((pod) => [pod.address, pod])),
    nodesByAddress: new Map(nodes.flatMap(({ name, addresses }) => addresses.map((address) => [address, name] as const))),
  };
}

/** Nothing for a Pod that has no address, has given it back, or uses its node's. */
function policyPod({ metadata, spec, status }: Pod, namespaceLabels: Labels): readonly PolicyPod[] {
  const { phase, podIP } = status;
  const ended = phase === 'Succeeded' || phase === 'Failed';
  if (podIP === undefined || spec.nodeName === undefined || spec.hostNetwork === true || ended) return [];
  // An init container that goes on running beside the others serves its ports too.
  const sidecars = (spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  const ports = [...spec.containers, ...sidecars].flatMap((container) => container.ports ?? []);
  const { name, labels = {} } = metadata;
  return [{ namespace: namespaceOf(metadata), name, node: spec.nodeName, address: podIP, labels, namespaceLabels, ports }];
}

function namespaceOf({ namespace }: ObjectMeta): string {
  return namespace ?? 'default';
}

function byName(one: NetworkPolicy, other: NetworkPolicy): number {
  return one.metadata.name < other.metadata.name ? -1 : 1;
}
