import type { NetworkPolicy, PolicyType } from '../../api/network-policy.ts';
import type { FindingRule } from './finding.ts';

const directions: readonly PolicyType[] = ['Ingress', 'Egress'];

/** Rules of a direction that `policyTypes` does not name: nobody reads them, and the direction stays open. */
export const networkPolicyRulesIgnored: FindingRule<NetworkPolicy> = ({ metadata, spec }) =>
  directions.flatMap((direction) => {
    const field = direction === 'Ingress' ? 'ingress' : 'egress';
    if (spec.policyTypes.includes(direction) || (spec[field] ?? []).length === 0) return [];
    return [
      {
        code: 'network-policy-rules-ignored' as const,
        message: `NetworkPolicy ${metadata.name} has rules for ${field}, and its policyTypes do not name ${direction}: they do nothing.`,
        args: { name: metadata.name, field, direction },
        path: `spec.${field}`,
      },
    ];
  });
