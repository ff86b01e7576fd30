import { cidrContains, parseCidr } from '../../api/cidr.ts';
import { ipv4FromNumber } from '../../api/ipv4.ts';
import type { NetworkPolicy, NetworkPolicyPeer } from '../../api/network-policy.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Finding, FindingRule } from './finding.ts';
import { podsOfPeer, policyPods } from './policy-pods.ts';
import { rulesInForce } from './policy-rules.ts';

/** An item of `from` or `to` that speaks of nobody, and why: two selectors that one Pod must meet, another namespace, addresses of Services. */
export const networkPolicyPeers: FindingRule<NetworkPolicy> = (policy, snapshot) =>
  rulesInForce(policy).flatMap(({ peers, peersPath }) =>
    peers.flatMap((peer, index) => {
      const found = ofPeer(peer, policy, `${peersPath}[${index}]`, snapshot);
      return found === undefined ? [] : [found];
    }),
  );

function ofPeer(peer: NetworkPolicyPeer, policy: NetworkPolicy, path: string, snapshot: Snapshot): Finding | undefined {
  const { name, namespace = 'default' } = policy.metadata;
  const args = { name, namespace };
  if (peer.ipBlock !== undefined) {
    const { cidr } = peer.ipBlock;
    const range = parseCidr(cidr);
    const { serviceCIDR } = snapshot.cluster;
    const inside = range !== undefined && [range.first, range.last].every((end) => cidrContains(serviceCIDR, ipv4FromNumber(end)));
    if (!inside) return undefined;
    const message = `NetworkPolicy ${name} names ${cidr}, addresses of Services: a policy sees the address of the Pod behind one.`;
    return { code: 'network-policy-block-of-services', message, args: { ...args, cidr }, path: `${path}.ipBlock.cidr` };
  }
  if (podsOfPeer(peer, policy, snapshot).length > 0) return undefined;
  const { podSelector, namespaceSelector } = peer;
  if (podSelector !== undefined && namespaceSelector === undefined) {
    const elsewhere = podsOfPeer({ podSelector, namespaceSelector: {} }, policy, snapshot);
    const others = [...new Set(elsewhere.map((pod) => pod.namespace))].sort().join(', ');
    if (others !== '') {
      const message = `NetworkPolicy ${name} names Pods of its own namespace ${namespace}; those with such labels are in ${others}.`;
      return { code: 'network-policy-peer-in-other-namespace', message, args: { ...args, others }, path: `${path}.podSelector` };
    }
  }
  if (podSelector !== undefined && namespaceSelector !== undefined) {
    const apart = [{ podSelector }, { namespaceSelector }].every((half) => podsOfPeer(half, policy, snapshot).length > 0);
    if (apart) {
      const message = `NetworkPolicy ${name} names Pods that meet both selectors of one item, and there are none; there are Pods that meet either.`;
      return { code: 'network-policy-peer-needs-both', message, args, path };
    }
  }
  // In a world without a single Pod nobody is missing.
  if (policyPods(snapshot).length === 0) return undefined;
  const message = `NetworkPolicy ${name} names Pods that are nowhere: this item allows nothing.`;
  return { code: 'network-policy-peer-matches-no-pods', message, args, path };
}
