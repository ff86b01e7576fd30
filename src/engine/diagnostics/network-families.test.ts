import { expect, it } from 'vitest';
import type { DiagnosticCode } from './codes.ts';
import { explainCause } from './refusals.ts';

const name = 'a lowercase RFC 1123 label must consist of lower case alphanumeric characters';
const path = 'spec.rules[0].http.paths[0]';
const peer = 'spec.ingress[0].from[0]';
const port = 'spec.ingress[0].ports[0]';
const own = 'spec.containers[0].ports[0]';
const templated = 'spec.template.spec.initContainers[0].ports[0]';

it.each<[DiagnosticCode, string, string, string, string?]>([
  ['endpointslice-address-type-invalid', 'EndpointSlice', 'addressType', 'Required value'],
  [
    'endpointslice-address-type-invalid',
    'EndpointSlice',
    'addressType',
    'Unsupported value: "IP": supported values: "FQDN", "IPv4", "IPv6"',
    'IP',
  ],
  ['endpointslice-address-type-immutable', 'EndpointSlice', 'addressType', 'Invalid value: "IPv6": field is immutable'],
  ['endpointslice-addresses-required', 'EndpointSlice', 'endpoints[0].addresses', 'Required value'],
  [
    'endpointslice-address-invalid',
    'EndpointSlice',
    'endpoints[0].addresses',
    'Invalid value: "2001:db8::1": must be an IPv4 address',
    '2001:db8::1',
  ],
  [
    'endpointslice-address-invalid',
    'EndpointSlice',
    'endpoints[0].addresses[1]',
    'Invalid value: "010.0.0.1": must not have leading 0s',
    '010.0.0.1',
  ],
  ['endpointslice-host-name-invalid', 'EndpointSlice', 'endpoints[0].hostname', `Invalid value: "Web-0": ${name}`, 'Web-0'],
  ['endpointslice-host-name-invalid', 'EndpointSlice', 'endpoints[0].nodeName', `Invalid value: "node a": ${name}`, 'node a'],
  ['endpointslice-hint-invalid', 'EndpointSlice', 'endpoints[0].hints.forZones[1].name', 'Duplicate value: "zone-a"'],
  ['endpointslice-too-many', 'EndpointSlice', 'endpoints[0].hints.forZones', 'Too many: 9: must have at most 8 items', '9'],
  ['endpointslice-too-many', 'EndpointSlice', 'endpoints[0].addresses', 'Too many: 101: must have at most 100 items', '101'],
  ['endpointslice-port-name-duplicate', 'EndpointSlice', 'ports[1].name', 'Duplicate value: "http"', 'http'],
  ['endpointslice-port-name-invalid', 'EndpointSlice', 'ports[0].name', `Invalid value: "HTTPS": ${name}`, 'HTTPS'],
  [
    'endpointslice-port-protocol-unsupported',
    'EndpointSlice',
    'ports[0].protocol',
    'Unsupported value: "http": supported values: "TCP"',
    'http',
  ],
  ['service-app-protocol-invalid', 'EndpointSlice', 'ports[0].appProtocol', 'Invalid value: "h2 c": name part must consist of', 'h2 c'],
  [
    'endpoints-address-invalid',
    'Endpoints',
    'subsets[0].notReadyAddresses[0].ip',
    'Invalid value: "0.0.0.0": may not be unspecified (0.0.0.0)',
    '0.0.0.0',
  ],
  ['ingress-empty', 'Ingress', 'spec', 'Invalid value: null: either `defaultBackend` or `rules` must be specified'],
  [
    'ingress-class-conflict',
    'Ingress',
    'annotations.kubernetes.io/ingress.class',
    'Invalid value: "nginx": must match `ingressClassName`',
    'nginx',
  ],
  ['ingress-class-name-invalid', 'Ingress', 'spec.ingressClassName', `Invalid value: "Nginx": ${name}`, 'Nginx'],
  [
    'ingress-host-invalid',
    'Ingress',
    'spec.rules[0].host',
    'Invalid value: "192.168.0.11": must be a DNS name, not an IP address',
    '192.168.0.11',
  ],
  ['ingress-host-invalid', 'Ingress', 'spec.tls[0].hosts[0]', `Invalid value: "bad host": ${name}`, 'bad host'],
  ['ingress-tls-secret-name-invalid', 'Ingress', 'spec.tls[0].secretName', `Invalid value: "Shop_TLS": ${name}`, 'Shop_TLS'],
  ['ingress-paths-required', 'Ingress', 'spec.rules[0].http.paths', 'Required value'],
  ['ingress-path-type-required', 'Ingress', `${path}.pathType`, 'Required value: pathType must be specified'],
  ['ingress-path-type-unsupported', 'Ingress', `${path}.pathType`, 'Unsupported value: "Regex": supported values: "Exact"', 'Regex'],
  ['ingress-path-invalid', 'Ingress', `${path}.path`, 'Invalid value: "api": must be an absolute path', 'api'],
  ['ingress-backend-invalid', 'Ingress', `${path}.backend`, 'Required value: port name or number is required'],
  ['ingress-backend-invalid', 'Ingress', 'spec.defaultBackend.service.name', 'Required value'],
  ['network-policy-peer-required', 'NetworkPolicy', peer, 'Required value: must specify a peer'],
  ['network-policy-peer-conflict', 'NetworkPolicy', peer, 'Forbidden: may not specify both ipBlock and another peer'],
  [
    'network-policy-except-invalid',
    'NetworkPolicy',
    `${peer}.ipBlock.except[0]`,
    'Invalid value: "10.0.0.0/16": must be a strict subset of `cidr`',
    '10.0.0.0/16',
  ],
  [
    'network-policy-cidr-invalid',
    'NetworkPolicy',
    `${peer}.ipBlock.cidr`,
    'Invalid value: "192.168.0.5/24": must not have bits set',
    '192.168.0.5/24',
  ],
  ['network-policy-cidr-invalid', 'NetworkPolicy', `${peer}.ipBlock.cidr`, 'Required value'],
  [
    'network-policy-end-port-invalid',
    'NetworkPolicy',
    `${port}.endPort`,
    'Invalid value: 8000: must be greater than or equal to `port`',
    '8000',
  ],
  ['network-policy-port-invalid', 'NetworkPolicy', `${port}.port`, 'Invalid value: "8080": must contain at least one letter (a-z)', '8080'],
  ['network-policy-protocol-unsupported', 'NetworkPolicy', `${port}.protocol`, 'Unsupported value: "tcp": supported values: "TCP"', 'tcp'],
  [
    'network-policy-types-invalid',
    'NetworkPolicy',
    'spec.policyTypes[0]',
    'Unsupported value: "ingress": supported values: "Ingress"',
    'ingress',
  ],
  [
    'network-policy-types-invalid',
    'NetworkPolicy',
    'spec.policyTypes',
    'Invalid value: ["Ingress"]: may not specify more than two policyTypes',
  ],
  ['network-policy-selector-invalid', 'NetworkPolicy', 'spec.podSelector.matchExpressions[0].operator', 'Invalid value: "in": not a valid'],
  ['pod-port-name-duplicate', 'Pod', `${own}.name`, 'Duplicate value: "http"', 'http'],
  [
    'pod-port-name-invalid',
    'Deployment',
    `${templated}.name`,
    'Invalid value: "web-metrics-port": must be no more than 15 characters',
    'web-metrics-port',
  ],
  ['pod-port-protocol-unsupported', 'Pod', `${own}.protocol`, 'Unsupported value: "ICMP": supported values: "SCTP"', 'ICMP'],
  ['pod-container-port-required', 'Pod', `${own}.containerPort`, 'Required value'],
  ['pod-port-out-of-range', 'Pod', `${own}.containerPort`, 'Invalid value: -80: must be between 1 and 65535, inclusive', '-80'],
  ['pod-host-port-duplicate', 'Pod', `${own}.hostPort`, 'Duplicate value: "TCP//80"', 'TCP//80'],
  [
    'pod-host-network-port-mismatch',
    'Pod',
    `${own}.hostPort`,
    'Invalid value: 9200: must match `containerPort` when `hostNetwork` is true',
    '9200',
  ],
  ['pod-hostname-invalid', 'Pod', 'spec.hostname', 'Invalid value: "db.0": must not contain dots', 'db.0'],
  ['pod-hostname-invalid', 'StatefulSet', 'spec.template.spec.subdomain', `Invalid value: "DB": ${name}`, 'DB'],
  ['pod-dns-policy-unsupported', 'Pod', 'spec.dnsPolicy', 'Unsupported value: "Cluster": supported values: "None"', 'Cluster'],
  ['pod-dns-config-invalid', 'Pod', 'spec.dnsConfig.nameservers[0]', 'Invalid value: "kube-dns": must be a valid IP address'],
  ['pod-host-alias-invalid', 'Pod', 'spec.hostAliases[0].ip', 'Invalid value: "": must be a valid IP address', ''],
  [
    'pod-probe-port-invalid',
    'Pod',
    'spec.containers[0].readinessProbe.httpGet.port',
    'Invalid value: 0: must be between 1 and 65535, inclusive',
    '0',
  ],
])('%s (row %#)', (code, kind, field, message, value) => {
  const explained = explainCause(kind, field, message);
  expect(explained?.code).toBe(code);
  if (value !== undefined) expect(explained?.args.value).toBe(value);
});
