import { type IPv4, ipv4FromNumber } from '../api/ipv4.ts';
import type { NetworkPolicy } from '../api/network-policy.ts';
import type { Pod } from '../api/pod.ts';
import { type ConnectionVerdict, judgeConnection, type PolicyConnection } from '../policy/judge-connection.ts';
import { type PolicyWorld, policyWorld } from '../policy/policy-world.ts';
import type { Snapshot } from './snapshot.ts';

const known = new WeakMap<Snapshot, PolicyWorld>();

/** All that NetworkPolicies judge by at the snapshot's moment, whether or not this world's network plug-in enforces them. */
export function policyWorldOf(snapshot: Snapshot): PolicyWorld {
  const before = known.get(snapshot);
  if (before !== undefined) return before;
  const { cluster, store } = snapshot;
  const world = policyWorld({
    policies: store.list<NetworkPolicy>('NetworkPolicy'),
    pods: store.list<Pod>('Pod'),
    namespaces: store.list('Namespace'),
    nodes: cluster.nodes.map(({ name, address, podCIDR }) => ({
      name,
      addresses: cluster.podNetwork === 'bridge' ? [address, ipv4FromNumber(podCIDR.first + 1)] : [address],
    })),
  });
  known.set(snapshot, world);
  return world;
}

/** One end of a connection to judge: a Pod by its name, or an address. */
export type PolicyEnd =
  | { readonly kind: 'pod'; readonly namespace: string; readonly name: string }
  | { readonly kind: 'address'; readonly address: IPv4 };

/**
 * What the stored NetworkPolicies say about a connection between two ends, with nothing translated on the way; `undefined` where an end is a Pod
 * that is not there or has no address. Whether anybody enforces the verdict is the network plug-in's matter.
 */
export function judgePolicies(
  snapshot: Snapshot,
  { from, to, ...rest }: { readonly from: PolicyEnd; readonly to: PolicyEnd } & Pick<PolicyConnection, 'protocol' | 'destinationPort'>,
): ConnectionVerdict | undefined {
  const source = addressOf(snapshot, from);
  const destination = addressOf(snapshot, to);
  if (source === undefined || destination === undefined) return undefined;
  return judgeConnection(policyWorldOf(snapshot), { ...rest, source, destination });
}

function addressOf({ store }: Snapshot, end: PolicyEnd): IPv4 | undefined {
  if (end.kind === 'address') return end.address;
  // The store holds Pods under this kind and nothing else.
  return (store.get('Pod', end.namespace, end.name) as Pod | undefined)?.status.podIP;
}
