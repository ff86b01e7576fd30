import type { ClusterSpec, NodeSpec } from '../api/cluster-spec.ts';
import { type IPv4, ipv4FromNumber } from '../api/ipv4.ts';
import type { ObjectStore } from '../api/object-store.ts';
import type { Pod } from '../api/pod.ts';

/** The network's own address and the bridge's come first, the broadcast address last; none of them is a Pod's. */
const reservedAtStart = 2;
const reservedAtEnd = 1;

/**
 * An address for a Pod out of its node's range. Where the search starts follows the seed and the Pod: the same Pod made again later, or
 * in another run, has another address, and a change elsewhere in the cluster moves nobody. `undefined` when the range is used up.
 *
 * Models: a CNI plug-in's address management (host-local), which hands out addresses in turn.
 */
export function choosePodAddress(store: ObjectStore, pod: Pod, node: NodeSpec, seed: number): IPv4 | undefined {
  const { first, last } = node.podCIDR;
  const start = first + reservedAtStart;
  const size = last - reservedAtEnd - start + 1;
  const taken = addressesInUse(store);
  const { namespace, name, creationTime } = pod.metadata;
  const offset = size > 0 ? scatter(`${seed} ${namespace}/${name} ${creationTime ?? 0}`) % size : 0;
  for (let i = 0; i < size; i += 1) {
    const address = ipv4FromNumber(start + ((offset + i) % size));
    if (!taken.has(address)) return address;
  }
  return undefined;
}

export function nodeOf(cluster: ClusterSpec, pod: Pod): NodeSpec | undefined {
  return cluster.nodes.find((node) => node.name === pod.spec.nodeName);
}

const inUse = new WeakMap<readonly Pod[], ReadonlySet<IPv4>>();

/** Finished Pods have given their addresses back. */
function addressesInUse(store: ObjectStore): ReadonlySet<IPv4> {
  const pods = store.list<Pod>('Pod');
  const known = inUse.get(pods);
  if (known !== undefined) return known;
  const addresses = new Set(
    pods.flatMap(({ status }) =>
      status.podIP === undefined || status.phase === 'Succeeded' || status.phase === 'Failed' ? [] : [status.podIP],
    ),
  );
  inUse.set(pods, addresses);
  return addresses;
}

function scatter(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
