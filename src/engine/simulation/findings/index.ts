import type { KubeObject } from '../../api/kube-object.ts';
import type { NetworkPolicy } from '../../api/network-policy.ts';
import type { Service } from '../../api/service.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Snapshot } from '../snapshot.ts';
import { externalNameIsAnAddress } from './external-name-is-an-address.ts';
import { type FindingRule, located } from './finding.ts';
import { networkPolicyNotEnforced } from './network-policy-not-enforced.ts';
import { serviceHeadlessPortNotTranslated } from './service-headless-port-not-translated.ts';
import { serviceLoadBalancerPending } from './service-load-balancer-pending.ts';
import { serviceLocalPolicyWithoutLocalPods } from './service-local-policy-without-local-pods.ts';
import { serviceSelectorMatchesNoPods } from './service-selector-matches-no-pods.ts';
import { serviceTargetPort } from './service-target-port.ts';

const serviceRules: readonly FindingRule<Service>[] = [
  serviceSelectorMatchesNoPods,
  serviceTargetPort,
  serviceHeadlessPortNotTranslated,
  externalNameIsAnAddress,
  serviceLocalPolicyWithoutLocalPods,
  serviceLoadBalancerPending,
];

const policyRules: readonly FindingRule<NetworkPolicy>[] = [networkPolicyNotEnforced];

/** What Kubernetes accepted in silence although traffic will not do what the manifest seems to ask for. Only objects that a manifest wrote. */
export function findings(snapshot: Snapshot): readonly Diagnostic[] {
  return [
    ...findingsOf(snapshot.store.list<Service>('Service'), serviceRules, snapshot),
    ...findingsOf(snapshot.store.list<NetworkPolicy>('NetworkPolicy'), policyRules, snapshot),
  ];
}

function findingsOf<T extends KubeObject>(
  objects: readonly T[],
  rules: readonly FindingRule<T>[],
  snapshot: Snapshot,
): readonly Diagnostic[] {
  return objects.flatMap((object) =>
    rules.flatMap((rule) => rule(object, snapshot).flatMap((finding) => located(finding, object, snapshot) ?? [])),
  );
}
