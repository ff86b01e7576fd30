import { matchesSelector } from '../../api/label-selector.ts';
import type { NetworkPolicy } from '../../api/network-policy.ts';
import type { Pod } from '../../api/pod.ts';
import type { FindingRule } from './finding.ts';
import { podsOfPolicy } from './policy-pods.ts';

/** A policy about nobody: no Pod of its namespace has such labels, or only Pods that use their node's network, whom policies do not reach. */
export const networkPolicySelectsNoPods: FindingRule<NetworkPolicy> = (policy, snapshot) => {
  const { metadata, spec } = policy;
  const { matchLabels = {}, matchExpressions = [] } = spec.podSelector;
  const isEverybody = Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;
  if (isEverybody || podsOfPolicy(policy, snapshot).length > 0) return [];
  const namespace = metadata.namespace ?? 'default';
  const onHosts = snapshot.store
    .list<Pod>('Pod', namespace)
    .filter((pod) => pod.spec.hostNetwork === true && matchesSelector(spec.podSelector, pod.metadata.labels));
  const args = { name: metadata.name, namespace, pods: onHosts.map((pod) => pod.metadata.name).join(', ') };
  const path = 'spec.podSelector';
  if (onHosts.length > 0) {
    const message = `NetworkPolicy ${metadata.name} selects ${args.pods} only, on the network of the node, where policies do not reach.`;
    return [{ code: 'network-policy-selects-host-network', message, args, path }];
  }
  const message = `NetworkPolicy ${metadata.name} selects no Pod in ${namespace}: it isolates nobody.`;
  return [{ code: 'network-policy-selects-no-pods', message, args, path }];
};
