import type { ListenSpec } from '../../api/cluster-spec.ts';
import type { IPv4 } from '../../api/ipv4.ts';
import type { Pod } from '../../api/pod.ts';
import type { Snapshot } from '../snapshot.ts';
import { listenersOf } from './listeners.ts';

/** Who has an address. `listen` is absent where it is not known who listens: on nodes, and at the API server. */
export interface AddressOwner {
  readonly name: string;
  readonly listen?: readonly ListenSpec[];
}

const known = new WeakMap<Snapshot, ReadonlyMap<IPv4, AddressOwner>>();

/** Everybody in the world who has an address of their own; `undefined`: nobody has this one. */
export function ownerOf(address: IPv4, snapshot: Snapshot): AddressOwner | undefined {
  const owners = known.get(snapshot) ?? allOwners(snapshot);
  known.set(snapshot, owners);
  return owners.get(address);
}

function allOwners(snapshot: Snapshot): ReadonlyMap<IPv4, AddressOwner> {
  const { cluster, store } = snapshot;
  const owners = new Map<IPv4, AddressOwner>();
  for (const pod of store.list<Pod>('Pod')) {
    const { phase, podIP } = pod.status;
    if (podIP === undefined || pod.spec.hostNetwork === true || phase === 'Succeeded' || phase === 'Failed') continue;
    owners.set(podIP, { name: pod.metadata.name, listen: listenersOf(pod, snapshot) });
  }
  for (const { name, address, listen } of cluster.outside) owners.set(address, { name, listen });
  for (const { name, address } of cluster.nodes) owners.set(address, { name });
  owners.set(cluster.apiServer.endpoint, { name: 'kube-apiserver' });
  if (cluster.dns.server !== undefined) owners.set(cluster.dns.server, { name: 'DNS' });
  return owners;
}
