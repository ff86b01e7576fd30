import type { CniKind } from '../api/cluster-spec.ts';

/**
 * Whether a network plug-in does what NetworkPolicies say. The API server stores them in any case; without such a plug-in they are words.
 *
 * @models yes who enforces NetworkPolicy: Calico, Cilium and Weave Net do; Flannel and plain routes do not.
 */
export function enforcesNetworkPolicy(cni: CniKind): boolean {
  return enforcing[cni];
}

const enforcing: Readonly<Record<CniKind, boolean>> = { routes: false, flannel: false, calico: true, cilium: true, weave: true };
