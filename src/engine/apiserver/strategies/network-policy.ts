import type { Strategy } from '../strategy.ts';
import { type NetworkPolicyDraft, validateNetworkPolicyCreate, validateNetworkPolicyUpdate } from '../validation/network-policy.ts';
import { cidrWarnings } from '../warnings/ip.ts';

/** Models: pkg/registry/networking/networkpolicy/strategy.go, v1.37. */
export const networkPolicyStrategy: Strategy<NetworkPolicyDraft> = {
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'NetworkPolicy',
  resource: 'networkpolicies',
  namespaced: true,
  counted: 'spec',
  default: defaultNetworkPolicy,
  validateCreate: validateNetworkPolicyCreate,
  validateUpdate: validateNetworkPolicyUpdate,
  warnings: networkPolicyWarnings,
};

/**
 * Egress counts as asked for only when there is an egress rule: an empty list does not make one.
 *
 * Models: pkg/apis/networking/v1/defaults.go, v1.37.
 */
function defaultNetworkPolicy(policy: NetworkPolicyDraft): void {
  policy.spec ??= { podSelector: {} };
  const { spec } = policy;
  spec.podSelector ??= {};
  for (const rule of [...(spec.ingress ?? []), ...(spec.egress ?? [])]) for (const port of rule.ports ?? []) port.protocol ??= 'TCP';
  if ((spec.policyTypes?.length ?? 0) > 0) return;
  spec.policyTypes = (spec.egress?.length ?? 0) > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

/** Models: pkg/registry/networking/networkpolicy/strategy.go networkPolicyWarnings, v1.37. */
function networkPolicyWarnings({ spec }: NetworkPolicyDraft): readonly string[] {
  const warnings: string[] = [];
  const peers = (path: string, list: readonly { ipBlock?: { cidr?: string; except?: string[] } }[]) => {
    for (const [j, { ipBlock }] of list.entries()) {
      if (ipBlock === undefined) continue;
      warnings.push(...cidrWarnings(`${path}[${j}].ipBlock.cidr`, ipBlock.cidr ?? ''));
      for (const [k, except] of (ipBlock.except ?? []).entries())
        warnings.push(...cidrWarnings(`${path}[${j}].ipBlock.except[${k}]`, except));
    }
  };
  for (const [i, rule] of (spec.ingress ?? []).entries()) peers(`spec.ingress[${i}].from`, rule.from ?? []);
  for (const [i, rule] of (spec.egress ?? []).entries()) peers(`spec.egress[${i}].to`, rule.to ?? []);
  return warnings;
}
