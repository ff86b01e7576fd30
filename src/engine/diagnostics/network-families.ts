import { duplicateValue, type Family, invalidValue, notAPortNumber, unsupportedValue } from './family.ts';

const required = /^Required value/;

/** Pods are written by themselves and in templates; init containers have ports as well. */
const port = String.raw`ontainers\[\d+\]\.ports\[\d+\]`;

const slice: readonly Family[] = [
  { code: 'endpointslice-address-type-immutable', field: /^addressType$/, message: /field is immutable$/ },
  { code: 'endpointslice-address-type-invalid', field: /^addressType$/, message: unsupportedValue },
  { code: 'endpointslice-address-type-invalid', field: /^addressType$/, message: required },
  { code: 'endpointslice-addresses-required', field: /^endpoints\[\d+\]\.addresses(\[\d+\])?$/, message: required },
  { code: 'endpointslice-address-invalid', field: /^endpoints\[\d+\]\.addresses(\[\d+\])?$/, message: invalidValue },
  { code: 'endpointslice-host-name-invalid', field: /^endpoints\[\d+\]\.(hostname|nodeName)$/, message: invalidValue },
  { code: 'endpointslice-too-many', message: /^Too many: (?<value>\d+): must have at most (?<last>\d+) items$/ },
  { code: 'endpointslice-hint-invalid', field: /^endpoints\[\d+\]\.hints\b/ },
  { code: 'endpointslice-port-name-duplicate', field: /^ports\[\d+\]\.name$/, message: duplicateValue },
  { code: 'endpointslice-port-name-invalid', field: /^ports\[\d+\]\.name$/, message: invalidValue },
  { code: 'endpointslice-port-protocol-unsupported', field: /^ports\[\d+\]\.protocol$/, message: unsupportedValue },
  { code: 'service-app-protocol-invalid', field: /^ports\[\d+\]\.appProtocol$/, message: invalidValue },
];

const endpoints: readonly Family[] = [
  { code: 'endpoints-address-invalid', field: /^subsets\[\d+\]\.(notReadyA|a)ddresses\[\d+\]\.ip$/, message: invalidValue },
];

const ingress: readonly Family[] = [
  { code: 'ingress-empty', field: /^spec$/, message: /either `defaultBackend` or `rules` must be specified$/ },
  { code: 'ingress-class-conflict', field: /ingress\.class$/, message: invalidValue },
  { code: 'ingress-class-name-invalid', field: /^spec\.ingressClassName$/, message: invalidValue },
  { code: 'ingress-host-invalid', field: /^spec\.(rules\[\d+\]\.host|tls\[\d+\]\.hosts\[\d+\])$/, message: invalidValue },
  { code: 'ingress-tls-secret-name-invalid', field: /^spec\.tls\[\d+\]\.secretName$/, message: invalidValue },
  { code: 'ingress-paths-required', field: /\.http\.paths$/, message: required },
  { code: 'ingress-path-type-required', field: /\.pathType$/, message: required },
  { code: 'ingress-path-type-unsupported', field: /\.pathType$/, message: unsupportedValue },
  { code: 'ingress-path-invalid', field: /\.path$/, message: invalidValue },
  { code: 'ingress-backend-invalid', field: /ackend\b/ },
];

const networkPolicy: readonly Family[] = [
  { code: 'network-policy-peer-required', field: /\.(from|to)\[\d+\]$/, message: required },
  { code: 'network-policy-peer-conflict', field: /\.(from|to)\[\d+\]$/, message: /may not specify both ipBlock and another peer$/ },
  { code: 'network-policy-except-invalid', field: /\.ipBlock\.except\[\d+\]$/, message: invalidValue },
  { code: 'network-policy-cidr-invalid', field: /\.ipBlock\.cidr$/, message: invalidValue },
  { code: 'network-policy-cidr-invalid', field: /\.ipBlock\.cidr$/, message: required },
  { code: 'network-policy-end-port-invalid', field: /\.endPort$/, message: invalidValue },
  { code: 'network-policy-port-invalid', field: /\.ports\[\d+\]\.port$/, message: invalidValue },
  { code: 'network-policy-protocol-unsupported', field: /\.ports\[\d+\]\.protocol$/, message: unsupportedValue },
  { code: 'network-policy-types-invalid', field: /^spec\.policyTypes\[\d+\]$/, message: unsupportedValue },
  { code: 'network-policy-types-invalid', field: /^spec\.policyTypes$/ },
  { code: 'network-policy-selector-invalid', field: /(pod|namespace)Selector\b/i },
];

/** The fields of a Pod that its network depends on, wherever a Pod is written. */
const podNetwork: readonly Family[] = [
  { code: 'pod-port-name-duplicate', field: new RegExp(`${port}\\.name$`), message: duplicateValue },
  { code: 'pod-port-name-invalid', field: new RegExp(`${port}\\.name$`), message: invalidValue },
  { code: 'pod-port-protocol-unsupported', field: new RegExp(`${port}\\.protocol$`), message: unsupportedValue },
  { code: 'pod-container-port-required', field: new RegExp(`${port}\\.containerPort$`), message: required },
  { code: 'pod-port-out-of-range', field: new RegExp(`${port}\\.(containerPort|hostPort)$`), message: notAPortNumber },
  { code: 'pod-host-port-duplicate', field: new RegExp(`${port}\\.hostPort$`), message: duplicateValue },
  {
    code: 'pod-host-network-port-mismatch',
    field: new RegExp(`${port}\\.hostPort$`),
    message: /^Invalid value: (?<value>\d+): must match `containerPort`/,
  },
  { code: 'pod-hostname-invalid', field: /^spec\.(template\.spec\.)?(hostname|subdomain)$/, message: invalidValue },
  { code: 'pod-dns-policy-unsupported', field: /^spec\.(template\.spec\.)?dnsPolicy$/, message: unsupportedValue },
  { code: 'pod-dns-config-invalid', field: /^spec\.(template\.spec\.)?dnsConfig\b/ },
  { code: 'pod-host-alias-invalid', field: /^spec\.(template\.spec\.)?hostAliases\[\d+\]/, message: invalidValue },
  { code: 'pod-probe-port-invalid', field: /Probe\.(httpGet|tcpSocket|grpc)\.port$/, message: invalidValue },
];

function ofKind(kind: string, families: readonly Family[]): readonly Family[] {
  return families.map((family) => ({ ...family, kind }));
}

/**
 * Refusals of what stands between a Service and its traffic. Texts: pkg/apis/{core,discovery,networking}/validation, v1.37.
 */
export const networkFamilies: readonly Family[] = [
  ...ofKind('EndpointSlice', slice),
  ...ofKind('Endpoints', endpoints),
  ...ofKind('Ingress', ingress),
  ...ofKind('NetworkPolicy', networkPolicy),
  ...podNetwork,
];
