import { cidrContains, parseCidr } from '../api/cidr.ts';
import type { IPv4 } from '../api/ipv4.ts';
import { matchesSelector } from '../api/label-selector.ts';
import type { NetworkPolicyPeer } from '../api/network-policy.ts';
import type { PolicyPod } from './policy-world.ts';

/** The other end of a connection. `pod` absent: no Pod has this address, so only an `ipBlock` can speak of it. */
export interface PolicyParty {
  readonly address: IPv4;
  readonly pod?: PolicyPod;
}

/**
 * Whether one item of `from` or `to` speaks of this party. Without a `namespaceSelector` it speaks of the policy's own namespace; an `ipBlock`
 * compares addresses, those of Pods too.
 */
export function matchesPeer(
  { podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer,
  ownNamespace: string,
  party: PolicyParty,
): boolean {
  if (ipBlock !== undefined)
    return inRange(ipBlock.cidr, party.address) && !(ipBlock.except ?? []).some((range) => inRange(range, party.address));
  const { pod } = party;
  if (pod === undefined) return false;
  const inNamespace =
    namespaceSelector === undefined ? pod.namespace === ownNamespace : matchesSelector(namespaceSelector, pod.namespaceLabels);
  return inNamespace && (podSelector === undefined || matchesSelector(podSelector, pod.labels));
}

/** An IPv6 range holds no address of this simulator. */
function inRange(text: string, address: IPv4): boolean {
  const range = parseCidr(text);
  return range !== undefined && cidrContains(range, address);
}
