import type { DiagnosticCode } from './codes.ts';
import type { DiagnosticArgs } from './diagnostic.ts';
import { duplicateValue, type Family, invalidValue, notAPortNumber, quoted, unsupportedValue } from './family.ts';
import { networkFamilies } from './network-families.ts';

/** Which page explains a refusal or a warning of the API server, and the values its sentences fill in. */
export interface Explained {
  readonly code: DiagnosticCode;
  /** `field` (the path) and whatever the message names: `value`, `supported`, `first`, `last`. */
  readonly args: DiagnosticArgs;
}

const onlyLoadBalancer = /^Forbidden: may only be used when `type` is 'LoadBalancer'$/;

/** Tried in order; the first match explains. Texts: kubernetes-facts of v1.37, `pkg/apis/core/validation`, `ipallocator`, `portallocator`. */
const families: readonly Family[] = [
  // ---- any object's metadata
  {
    code: 'service-name-invalid',
    kind: 'Service',
    field: /^metadata\.(name|generateName)$/,
    message: invalidValue,
  },
  { code: 'object-name-required', field: /^metadata\.(name|generateName)$/, message: /^Required value/ },
  { code: 'object-name-invalid', field: /^metadata\.(name|generateName)$/, message: new RegExp(`^Invalid value: ${quoted}: (?!field is)`) },
  { code: 'object-label-invalid', field: /^metadata\.labels/, message: invalidValue },
  { code: 'object-annotation-invalid', field: /^metadata\.annotations/ },

  // ---- Service: type and ports
  { code: 'service-type-unsupported', kind: 'Service', field: /^spec\.type$/, message: unsupportedValue },
  { code: 'service-ports-required', kind: 'Service', field: /^spec\.ports$/, message: /^Required value$/ },
  { code: 'service-port-name-required', kind: 'Service', field: /^spec\.ports\[\d+\]\.name$/, message: /^Required value$/ },
  {
    code: 'service-port-name-duplicate',
    kind: 'Service',
    field: /^spec\.ports\[\d+\]\.name$/,
    message: duplicateValue,
  },
  {
    code: 'service-port-name-invalid',
    kind: 'Service',
    field: /^spec\.ports\[\d+\]\.name$/,
    message: invalidValue,
  },
  { code: 'service-port-out-of-range', kind: 'Service', field: /^spec\.ports\[\d+\]\.port$/, message: notAPortNumber },
  { code: 'service-port-protocol-unsupported', kind: 'Service', field: /^spec\.ports\[\d+\]\.protocol$/, message: unsupportedValue },
  {
    code: 'service-port-duplicate',
    kind: 'Service',
    field: /^spec\.ports\[\d+\]$/,
    message: /^Duplicate value: .*"Protocol":"(?<protocol>\w*)".*"Port":(?<value>\d+)/,
  },
  { code: 'service-target-port-out-of-range', kind: 'Service', field: /^spec\.ports\[\d+\]\.targetPort$/, message: notAPortNumber },
  {
    code: 'service-target-port-name-invalid',
    kind: 'Service',
    field: /^spec\.ports\[\d+\]\.targetPort$/,
    message: invalidValue,
  },
  {
    code: 'service-app-protocol-invalid',
    kind: 'Service',
    field: /^spec\.ports\[\d+\]\.appProtocol$/,
    message: invalidValue,
  },
  { code: 'service-selector-invalid', kind: 'Service', field: /^spec\.selector/, message: invalidValue },

  // ---- Service: node ports
  {
    code: 'service-node-port-out-of-range',
    field: /\.nodePort$/,
    message:
      /^Invalid value: (?<value>-?\d+): provided port is not in the valid range\. The range of valid ports is (?<first>\d+)-(?<last>\d+)$/,
  },
  { code: 'service-node-port-taken', field: /\.nodePort$/, message: /^Invalid value: (?<value>\d+): provided port is already allocated$/ },
  { code: 'service-node-port-duplicate', field: /\.nodePort$/, message: /^Duplicate value: (?<value>\d+)$/ },
  { code: 'service-node-port-not-allowed', field: /\.nodePort$/, message: /^Forbidden: may not be used when `type` is 'ClusterIP'$/ },

  // ---- Service: cluster IPs and families
  {
    code: 'service-headless-type-not-allowed',
    field: /^spec\.clusterIPs\[0\]$/,
    message: /may not be set to 'None' for (?<value>\w+) services$/,
  },
  {
    code: 'service-external-name-field-not-allowed',
    field: /^spec\.(clusterIPs|ipFamilies|ipFamilyPolicy)$/,
    message: /^Forbidden: may not be set for ExternalName services$/,
  },
  {
    code: 'service-cluster-ip-taken',
    field: /^spec\.clusterIPs$/,
    message: /failed to allocate IP (?<value>\S+): provided IP is already allocated$/,
  },
  {
    code: 'service-cluster-ip-out-of-range',
    field: /^spec\.clusterIPs$/,
    message: /failed to allocate IP (?<value>\S+): the provided (network does not match|IP)/,
  },
  {
    code: 'service-cluster-ip-immutable',
    field: /^spec\.clusterIPs\[\d+\]$/,
    message: /^Invalid value: \["(?<value>[^"]*)".*\]: may not change once set$/,
  },
  { code: 'service-cluster-ip-immutable', field: /^spec\.clusterIPs/, message: /primary clusterIP can not be unset$/ },
  {
    code: 'service-cluster-ip-invalid',
    field: /^spec\.clusterIPs?\[\d+\]$/,
    message: new RegExp(`^Invalid value: ${quoted}: must (be a valid IP address|not have leading 0s|not be an IPv4-mapped)`),
  },
  {
    code: 'service-dual-stack-unavailable',
    field: /^spec\.(ipFamilyPolicy|ipFamilies|clusterIPs)/,
    message: /(not configured|is not configured) (for dual-stack services|on this cluster)/,
  },
  { code: 'service-ip-family-invalid', field: /^spec\.(ipFamilyPolicy|ipFamilies)/ },
  { code: 'service-ip-family-invalid', field: /^spec\.clusterIPs/, message: /as indicated by `ipFamilies/ },
  { code: 'service-cluster-ips-mismatch', field: /^spec\.clusterIPs/ },

  // ---- Service: affinity
  { code: 'service-session-affinity-unsupported', field: /^spec\.sessionAffinity$/, message: unsupportedValue },
  {
    code: 'service-session-affinity-timeout-out-of-range',
    field: /^spec\.sessionAffinityConfig\.clientIP\.timeoutSeconds$/,
    message: /^Invalid value: (?<value>-?\d+): /,
  },
  { code: 'service-session-affinity-config-invalid', field: /^spec\.sessionAffinityConfig/ },

  // ---- Service: what leads outside
  { code: 'service-external-name-required', field: /^spec\.externalName$/, message: /^Required value$/ },
  { code: 'service-external-name-invalid', field: /^spec\.externalName$/, message: invalidValue },
  { code: 'service-external-ip-invalid', field: /^spec\.externalIPs\[\d+\]$/, message: invalidValue },
  { code: 'service-source-ranges-not-allowed', field: /source-?ranges/i, message: onlyLoadBalancer },
  { code: 'service-source-range-invalid', field: /source-?ranges/i, message: invalidValue },
  {
    code: 'service-load-balancer-field-not-allowed',
    field: /^spec\.(allocateLoadBalancerNodePorts|loadBalancerClass)$/,
    message: onlyLoadBalancer,
  },
  { code: 'service-load-balancer-class-immutable', field: /^spec\.loadBalancerClass$/, message: /may not change once set$/ },
  { code: 'service-load-balancer-class-invalid', field: /^spec\.loadBalancerClass$/, message: invalidValue },
  {
    code: 'service-external-traffic-policy-not-allowed',
    field: /^spec\.externalTrafficPolicy$/,
    message: new RegExp(`^Invalid value: ${quoted}: may only be set for externally-accessible services$`),
  },
  { code: 'service-traffic-policy-unsupported', field: /^spec\.(external|internal)TrafficPolicy$/, message: unsupportedValue },
  { code: 'service-traffic-distribution-unsupported', field: /^spec\.trafficDistribution$/, message: unsupportedValue },
  { code: 'service-health-check-node-port-immutable', field: /^spec\.healthCheckNodePort$/, message: /^Forbidden: field is immutable$/ },
  {
    code: 'service-health-check-node-port-not-allowed',
    field: /^spec\.healthCheckNodePort$/,
    message: /^Invalid value: (?<value>-?\d+): /,
  },

  ...networkFamilies,

  // ---- any other field: by what kind of error it is
  { code: 'field-immutable', message: /field is immutable|may not change once set/ },
  { code: 'field-required', message: /^Required value/ },
  { code: 'field-forbidden', message: /^Forbidden: / },
  { code: 'field-duplicate', message: /^Duplicate value: (?<value>.*)$/ },
  { code: 'field-unsupported-value', message: unsupportedValue },
  { code: 'field-too-long', message: /^Too (long|many): / },
  { code: 'field-invalid', message: /^(Invalid value|Not found): (?<value>"[^"]*"|[^:]*)/ },
];

/**
 * The page for one cause of a refusal. `message` is the cause's own, without the path (`Invalid value: 80: provided port …`). `undefined`
 * for a message of no known shape.
 */
export function explainCause(kind: string, field: string, message: string): Explained | undefined {
  for (const family of families) {
    if (family.kind !== undefined && family.kind !== kind) continue;
    if (family.field !== undefined && !family.field.test(field)) continue;
    const match = family.message === undefined ? undefined : family.message.exec(message);
    if (match === null) continue;
    return { code: family.code, args: { field, ...match?.groups } };
  }
  return undefined;
}

/** The page for a refusal that names no field, by the API server's whole message. */
export function explainFailure(message: string): Explained | undefined {
  return first(wholeMessages, message);
}

/** The page for a `Warning:` of the API server, its text without that word. */
export function explainWarning(text: string): Explained | undefined {
  return first(warnings, text);
}

const wholeMessages: readonly (readonly [RegExp, DiagnosticCode])[] = [
  [/namespaces "(?<value>[^"]*)" not found/, 'object-namespace-not-found'],
  [/"(?<value>[^"]*)" already exists$/, 'object-already-exists'],
  [/the object has been modified; please apply your changes to the latest version and try again$/, 'object-changed-since'],
  [/failed to allocate requested HealthCheck NodePort (?<value>\d+): /, 'service-health-check-node-port-unavailable'],
  [/failed to allocate a nodePort: range is full$/, 'service-node-ports-exhausted'],
  [/failed to allocate a serviceIP for Service "[^"]*": range is full$/, 'service-cluster-ips-exhausted'],
];

const warnings: readonly (readonly [RegExp, DiagnosticCode])[] = [
  [/^v1 Endpoints is deprecated/, 'endpoints-deprecated'],
  [/^(?<field>spec\.\w+) is ignored for headless services$/, 'service-headless-field-ignored'],
  [/^spec\.externalIPs is deprecated/, 'service-external-ips-deprecated'],
  [/^(?<field>spec\.\w+) is ignored when spec\.type is/, 'service-field-ignored-for-type'],
  [/^spec\.trafficDistribution: "(?<value>\w+)" is deprecated; use "(?<supported>\w+)"$/, 'service-traffic-distribution-deprecated'],
  [/^annotation service\.kubernetes\.io\/topology-aware-hints is deprecated/, 'service-topology-annotation-deprecated'],
  [/^(?<field>[^:]+): (?:non-standard IP address|IPv6 address|CIDR value) "(?<value>[^"]*)"/, 'address-not-canonical'],
  [/^spec\.addressType: FQDN endpoints are deprecated$/, 'endpointslice-fqdn-deprecated'],
  [/annotation "kubernetes\.io\/ingress\.class" is deprecated/, 'ingress-class-annotation-deprecated'],
];

function first(table: readonly (readonly [RegExp, DiagnosticCode])[], text: string): Explained | undefined {
  for (const [pattern, code] of table) {
    const match = pattern.exec(text);
    if (match !== null) return { code, args: { ...match.groups } };
  }
  return undefined;
}
