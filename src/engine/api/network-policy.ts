import type { KubeObject } from './kube-object.ts';
import type { LabelSelector } from './label-selector.ts';
import type { Protocol } from './protocol.ts';

export type PolicyType = 'Ingress' | 'Egress';

/** Absent, and empty, lists of a rule mean "any". */
export interface NetworkPolicyPort {
  readonly protocol: Protocol;
  /** A number, or a name that each Pod resolves for itself; absent: every port. */
  readonly port?: number | string;
  /** The last port of a range that begins with a numeric `port`. */
  readonly endPort?: number;
}

/** Either an `ipBlock`, or one or both selectors (then a Pod must meet both). */
export interface NetworkPolicyPeer {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

export interface NetworkPolicyIngressRule {
  readonly from?: readonly NetworkPolicyPeer[];
  readonly ports?: readonly NetworkPolicyPort[];
}

export interface NetworkPolicyEgressRule {
  readonly to?: readonly NetworkPolicyPeer[];
  readonly ports?: readonly NetworkPolicyPort[];
}

/** A NetworkPolicy as stored: the API server has filled in protocols and `policyTypes`. */
export interface NetworkPolicy extends KubeObject {
  readonly kind: 'NetworkPolicy';
  readonly spec: {
    /** Of Pods in the policy's own namespace; empty: all of them. */
    readonly podSelector: LabelSelector;
    readonly policyTypes: readonly PolicyType[];
    readonly ingress?: readonly NetworkPolicyIngressRule[];
    readonly egress?: readonly NetworkPolicyEgressRule[];
  };
}
