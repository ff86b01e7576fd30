import type { EndpointSlice } from '../../api/endpoint-slice.ts';
import type { Endpoints } from '../../api/endpoints.ts';
import type { Ingress } from '../../api/ingress.ts';
import type { KubeObject } from '../../api/kube-object.ts';
import type { NetworkPolicy } from '../../api/network-policy.ts';
import type { Service } from '../../api/service.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { enforcesNetworkPolicy } from '../../policy/enforcement.ts';
import type { Snapshot } from '../snapshot.ts';
import { endpointsService } from './endpoints-service.ts';
import { endpointSliceAddresses } from './endpointslice-addresses.ts';
import { endpointSlicePorts } from './endpointslice-ports.ts';
import { endpointSliceService } from './endpointslice-service.ts';
import { type FindingRule, isAuthored, located } from './finding.ts';
import { ingressBackends } from './ingress-backends.ts';
import { ingressClass } from './ingress-class.ts';
import { networkPolicyBlocksDns } from './network-policy-blocks-dns.ts';
import { networkPolicyNotEnforced } from './network-policy-not-enforced.ts';
import { networkPolicyPeers } from './network-policy-peers.ts';
import { networkPolicyPorts } from './network-policy-ports.ts';
import { networkPolicyRulesIgnored } from './network-policy-rules-ignored.ts';
import { networkPolicySelectsNoPods } from './network-policy-selects-no-pods.ts';
import { nodePortClosedByFirewall } from './node-port-closed-by-firewall.ts';
import { podHostPortTaken } from './pod-host-port-taken.ts';
import { podProbePortNotListened } from './pod-probe-port-not-listened.ts';
import { podSubdomainWithoutService } from './pod-subdomain-without-service.ts';
import { serviceEndpointsNotReady } from './service-endpoints-not-ready.ts';
import { serviceExternalName } from './service-external-name.ts';
import { serviceHeadlessPortNotTranslated } from './service-headless-port-not-translated.ts';
import { serviceLoadBalancerPending } from './service-load-balancer-pending.ts';
import { serviceLocalPolicyWithoutLocalPods } from './service-local-policy-without-local-pods.ts';
import { servicePublishesNotReadyPods } from './service-publishes-not-ready-pods.ts';
import { serviceSelectorMatchesNoPods } from './service-selector-matches-no-pods.ts';
import { serviceSourceRangesLeaveNodePortsOpen } from './service-source-ranges-leave-node-ports-open.ts';
import { serviceTargetPort } from './service-target-port.ts';
import { serviceTargetPortUnused } from './service-target-port-unused.ts';
import { serviceTopologyHints } from './service-topology-hints.ts';
import { serviceWithoutEndpoints } from './service-without-endpoints.ts';
import { podKinds } from './written-pods.ts';

const serviceRules: readonly FindingRule<Service>[] = [
  serviceSelectorMatchesNoPods,
  serviceWithoutEndpoints,
  serviceEndpointsNotReady,
  serviceTargetPort,
  serviceTargetPortUnused,
  serviceHeadlessPortNotTranslated,
  servicePublishesNotReadyPods,
  serviceExternalName,
  serviceLocalPolicyWithoutLocalPods,
  serviceTopologyHints,
  serviceLoadBalancerPending,
  serviceSourceRangesLeaveNodePortsOpen,
  nodePortClosedByFirewall,
];

const sliceRules: readonly FindingRule<EndpointSlice>[] = [endpointSliceService, endpointSlicePorts, endpointSliceAddresses];

const endpointsRules: readonly FindingRule<Endpoints>[] = [endpointsService];

/** Of Pods and of whatever Pods are made by. */
const podRules: readonly FindingRule<KubeObject>[] = [podHostPortTaken, podProbePortNotListened, podSubdomainWithoutService];

const ingressRules: readonly FindingRule<Ingress>[] = [ingressClass, ingressBackends];

/** Of policies in force; of others there is only one thing to say. */
const policyRules: readonly FindingRule<NetworkPolicy>[] = [
  networkPolicySelectsNoPods,
  networkPolicyRulesIgnored,
  networkPolicyPeers,
  networkPolicyPorts,
  networkPolicyBlocksDns,
];

/** What Kubernetes accepted in silence although traffic will not do what the manifest seems to ask for. Only objects that a manifest wrote. */
export function findings(snapshot: Snapshot): readonly Diagnostic[] {
  return [
    ...podKinds.flatMap((kind) => findingsOf(kind, podRules, snapshot)),
    ...findingsOf('Service', serviceRules, snapshot),
    ...findingsOf('EndpointSlice', sliceRules, snapshot),
    ...findingsOf('Endpoints', endpointsRules, snapshot),
    ...findingsOf('Ingress', ingressRules, snapshot),
    ...findingsOf('NetworkPolicy', enforcesNetworkPolicy(snapshot.cluster.cni.kind) ? policyRules : [networkPolicyNotEnforced], snapshot),
  ];
}

function findingsOf<T extends KubeObject>(kind: T['kind'], rules: readonly FindingRule<T>[], snapshot: Snapshot): readonly Diagnostic[] {
  return snapshot.store
    .list<T>(kind)
    .filter((object) => isAuthored(object, snapshot.sources))
    .flatMap((object) => rules.flatMap((rule) => rule(object, snapshot).map((finding) => located(finding, object, snapshot))));
}
