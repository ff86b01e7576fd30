import type { NetworkPolicy } from '../../api/network-policy.ts';
import type { FindingRule } from './finding.ts';

/** A NetworkPolicy in a cluster whose network plug-in does not read them: stored, and without any effect. */
export const networkPolicyNotEnforced: FindingRule<NetworkPolicy> = ({ metadata }, { cluster }) => {
  const plugin = cluster.cni.kind === 'flannel' ? 'Flannel' : 'routes';
  return [
    {
      code: 'network-policy-not-enforced',
      message: `NetworkPolicy ${metadata.name} is stored, and this cluster's network (${plugin}) does not enforce it: every connection stays open.`,
      args: { name: metadata.name, plugin },
      path: 'kind',
    },
  ];
};
