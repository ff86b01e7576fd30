import type { Pod } from '../api/pod.ts';
import { buildNetwork, type Network } from '../trace/network.ts';
import { nameResolver } from './name-resolution.ts';
import { nodeRules } from './node-rules.ts';
import type { Snapshot } from './snapshot.ts';

const known = new WeakMap<Snapshot, Network>();

/** The hosts, addresses, routes and rules that packets meet at the snapshot's moment. */
export function networkOf(snapshot: Snapshot): Network {
  const before = known.get(snapshot);
  if (before !== undefined) return before;
  const { cluster, store, programs } = snapshot;
  const network = buildNetwork({
    cluster,
    pods: store.list<Pod>('Pod'),
    programs,
    rules: nodeRules(snapshot),
    resolve: nameResolver(snapshot),
  });
  known.set(snapshot, network);
  return network;
}
