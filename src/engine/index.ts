/**
 * The engine's public door. Hosts (site, command line, grader, sandbox) import from here and from nowhere deeper.
 *
 * `simulate` makes a Snapshot of a cluster; everything else asks it questions. All of it is pure: no clock, no chance but the seeds given, no
 * input or output, and a Snapshot never changes.
 */
export type { Cidr } from './api/cidr.ts';
export { cidrContains } from './api/cidr.ts';
export { closestWord } from './api/closest-word.ts';
export type { ClusterEvent } from './api/cluster-event.ts';
export type { ClusterSpec, ListenSpec, NodeSpec, OutsideHostSpec, PodSpecShorthand, ProxyMode } from './api/cluster-spec.ts';
export type { EndpointSlice } from './api/endpoint-slice.ts';
export type { IPv4 } from './api/ipv4.ts';
export { ipv4FromNumber, parseIPv4 } from './api/ipv4.ts';
export type { JsonObject, JsonValue } from './api/json.ts';
export type { KubeObject } from './api/kube-object.ts';
export type { Pod } from './api/pod.ts';
export type { PacketProtocol, Protocol } from './api/protocol.ts';
export type { Service, ServicePortSpec } from './api/service.ts';
export type { AdmissionRequest, AdmissionResult, ApiFailure } from './apiserver/admission.ts';
export { admit } from './apiserver/admit.ts';
export { type DiagnosticCode, diagnosticCodes } from './diagnostics/codes.ts';
export type {
  Diagnostic,
  DiagnosticArgs,
  FieldOrigin,
  ObjectRef,
  Position,
  QuickFix,
  RelatedSpan,
  Result,
  Severity,
  Span,
  TextEdit,
} from './diagnostics/diagnostic.ts';
export { EngineBug } from './diagnostics/engine-bug.ts';
export type { NameLookup, NameQuery } from './dns/stub-resolver.ts';
export { type HttpRequest, httpRequest, type RequestParts } from './ingress/http-request.ts';
export { type L7Proxy, routeRequest } from './ingress/l7-proxy.ts';
export type { Peer, RouteDecision, RouteNote, RouteOutcome } from './ingress/route-decision.ts';
export { type IpvsListing, listIpvs } from './kernel/ipvs/print.ts';
export { type NodeRules, type PrintedRule, printedRules, printRules } from './kernel/node-rules.ts';
export type { CommandOutput } from './kubectl/command-output.ts';
export type { BalancedNode, LoadBalancer } from './load-balancer/load-balancer.ts';
export type { SourceFile } from './manifest/source-file.ts';
export { enforcesNetworkPolicy } from './policy/enforcement.ts';
export type { ConnectionVerdict, PolicyReason, PolicyVerdict } from './policy/judge-connection.ts';
export { bootCluster } from './simulation/boot.ts';
export { advance, type Disturbance, disturb } from './simulation/clock.ts';
export { parseClusterFile, type WorldLibrary } from './simulation/cluster-file.ts';
export { type DifferenceExplanation, explainDifference, type Turn } from './simulation/explain-difference.ts';
export type { FieldDifference } from './simulation/field-differences.ts';
export { kubectl } from './simulation/kubectl.ts';
export { l7Proxies } from './simulation/l7-proxies.ts';
export { loadBalancers } from './simulation/load-balancers.ts';
export { resolveNameFor } from './simulation/name-resolution.ts';
export { judgePolicies, type PolicyEnd } from './simulation/policy-world.ts';
export { type Posted, postObjects } from './simulation/post-objects.ts';
export type { Decision, OutcomeLevel } from './simulation/probe-outcome.ts';
export { type ParsedProbe, parseProbe } from './simulation/probe-text.ts';
export {
  connector,
  enumerate,
  listChain,
  listRules,
  type PrintedDnsAnswer,
  podEnvironment,
  queryDns,
  trace,
} from './simulation/queries.ts';
export { applyFiles, type Simulation, type SimulationInput, simulate } from './simulation/simulate.ts';
export type { PodProgram, Snapshot, SourceMap } from './simulation/snapshot.ts';
export { connectionSeed, type Receiver, type Tally, tally } from './simulation/tally.ts';
export { recordedOutcome } from './trace/recorded-outcome.ts';
export * from './trace/trace.ts';
