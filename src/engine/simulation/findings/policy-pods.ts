import { matchesSelector } from '../../api/label-selector.ts';
import type { NetworkPolicy, NetworkPolicyPeer } from '../../api/network-policy.ts';
import { matchesPeer } from '../../policy/peer.ts';
import type { PolicyPod } from '../../policy/policy-world.ts';
import { policyWorldOf } from '../policy-world.ts';
import type { Snapshot } from '../snapshot.ts';

/** Pods that policies can speak of: those with an address of their own. */
export function policyPods(snapshot: Snapshot): readonly PolicyPod[] {
  return [...policyWorldOf(snapshot).podsByAddress.values()];
}

/** The Pods a policy is about. */
export function podsOfPolicy({ metadata, spec }: NetworkPolicy, snapshot: Snapshot): readonly PolicyPod[] {
  const namespace = metadata.namespace ?? 'default';
  return policyPods(snapshot).filter((pod) => pod.namespace === namespace && matchesSelector(spec.podSelector, pod.labels));
}

/** The Pods that one item of `from` or `to` speaks of. */
export function podsOfPeer(peer: NetworkPolicyPeer, { metadata }: NetworkPolicy, snapshot: Snapshot): readonly PolicyPod[] {
  return policyPods(snapshot).filter((pod) => matchesPeer(peer, metadata.namespace ?? 'default', { address: pod.address, pod }));
}
