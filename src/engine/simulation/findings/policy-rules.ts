import type { NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort, PolicyType } from '../../api/network-policy.ts';

/** A rule of either direction in one shape. Absent lists are empty, and mean "any". */
export interface PolicyRule {
  readonly direction: PolicyType;
  /** `spec.ingress[0]` */
  readonly path: string;
  readonly peersPath: string;
  readonly peers: readonly NetworkPolicyPeer[];
  readonly ports: readonly NetworkPolicyPort[];
}

/** The rules that count: those of a direction that `policyTypes` names. */
export function rulesInForce({ spec }: NetworkPolicy): readonly PolicyRule[] {
  const ingress = (spec.ingress ?? []).map(({ from = [], ports = [] }, index): PolicyRule => {
    const path = `spec.ingress[${index}]`;
    return { direction: 'Ingress', path, peersPath: `${path}.from`, peers: from, ports };
  });
  const egress = (spec.egress ?? []).map(({ to = [], ports = [] }, index): PolicyRule => {
    const path = `spec.egress[${index}]`;
    return { direction: 'Egress', path, peersPath: `${path}.to`, peers: to, ports };
  });
  return [...ingress, ...egress].filter(({ direction }) => spec.policyTypes.includes(direction));
}
