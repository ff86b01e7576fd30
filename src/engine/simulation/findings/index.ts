import type { Service } from '../../api/service.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Snapshot } from '../snapshot.ts';
import { externalNameIsAnAddress } from './external-name-is-an-address.ts';
import { type FindingRule, located } from './finding.ts';
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

/** What Kubernetes accepted in silence although traffic will not do what the manifest seems to ask for. Only objects that a manifest wrote. */
export function findings(snapshot: Snapshot): readonly Diagnostic[] {
  return snapshot.store
    .list<Service>('Service')
    .flatMap((service) =>
      serviceRules.flatMap((rule) => rule(service, snapshot).flatMap((finding) => located(finding, service, snapshot) ?? [])),
    );
}
