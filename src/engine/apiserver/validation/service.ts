import { duplicate, type FieldError, forbidden, invalid, notSupported, required } from '../../api/field-error.ts';
import { parseIpText } from '../../api/ip-text.ts';
import {
  dnsLabelProblems,
  dnsSubdomainProblems,
  isPortNumber,
  labelKeyProblems,
  portNameProblems,
  portNumberProblem,
} from '../../api/name-formats.ts';
import {
  externallyAccessible,
  isHeadless,
  needsHealthCheck,
  type ServiceDraft,
  type ServicePortDraft,
  type ServiceSpecDraft,
  usesNodePorts,
} from '../service-draft.ts';
import { validateCidr, validateIp, validateNonSpecialIp } from './ip-fields.ts';
import { nameIsDnsLabel, validateLabels, validateObjectMeta, validateObjectMetaUpdate } from './object-meta.ts';
import { validateClusterIPFields } from './service-cluster-ips.ts';
import { validateServiceChange } from './service-update.ts';

const protocols = ['SCTP', 'TCP', 'UDP'];
const types = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const trafficPolicies = ['Cluster', 'Local'];
const affinities = ['ClientIP', 'None'];
/** Not sorted: the server keeps these in a slice. */
const trafficDistributions = ['PreferClose', 'PreferSameZone', 'PreferSameNode'];
const loadBalancerOnly = "may only be used when `type` is 'LoadBalancer'";
const sourceRangesAnnotation = 'service.beta.kubernetes.io/load-balancer-source-ranges';
const topologyHints = 'service.kubernetes.io/topology-aware-hints';
const topologyMode = 'service.kubernetes.io/topology-mode';
/** One day, in seconds. */
const maxAffinityTimeout = 86_400;

/**
 * @models yes Service validation on create: every check of the server, in its order, with its words.
 *
 * Models: pkg/apis/core/validation/validation.go ValidateServiceCreate, v1.37.
 */
export function validateServiceCreate(service: ServiceDraft, errors: FieldError[]): void {
  validateObjectMeta(service.metadata, true, nameIsDnsLabel, 'metadata', errors);
  validateService(service, undefined, errors);
}

/** Models: pkg/apis/core/validation/validation.go ValidateServiceUpdate, v1.37. */
export function validateServiceUpdate(service: ServiceDraft, old: ServiceDraft, errors: FieldError[]): void {
  validateObjectMetaUpdate(service.metadata, old.metadata, 'metadata', errors);
  validateServiceChange(service.spec, old.spec, errors);
  validateLoadBalancerClass(service.spec, errors);
  if (
    needsHealthCheck(old.spec) &&
    needsHealthCheck(service.spec) &&
    (service.spec.healthCheckNodePort ?? 0) !== (old.spec.healthCheckNodePort ?? 0)
  ) {
    errors.push(forbidden('spec.healthCheckNodePort', 'field is immutable'));
  }
  validateService(service, old, errors);
}

function validateService(service: ServiceDraft, old: ServiceDraft | undefined, errors: FieldError[]): void {
  const { spec } = service;
  const annotations = service.metadata.annotations;
  if (annotations !== undefined) {
    const mode = annotations[topologyMode];
    const hints = annotations[topologyHints];
    if (mode !== undefined && hints !== undefined && mode !== hints) {
      errors.push(
        invalid(`metadata.annotations[${topologyMode}]`, mode, `must match annotations[${topologyHints}] when both are specified`),
      );
    }
  }
  const ports = spec.ports ?? [];
  if (ports.length === 0 && !isHeadless(spec) && spec.type !== 'ExternalName') errors.push(required('spec.ports'));
  validateTypeRequirements(spec, errors);
  const names = ports.length > 1 ? new Set<string>() : undefined;
  for (let i = 0; i < ports.length; i += 1) validatePort(ports[i] ?? {}, `spec.ports[${i}]`, names, errors);
  if (spec.selector !== undefined) validateLabels(spec.selector, 'spec.selector', errors);
  validateSessionAffinity(spec, errors);
  validateClusterIPFields(spec, old?.spec, errors);
  validateExternalIPs(spec, old?.spec, errors);
  if (!spec.type) errors.push(required('spec.type'));
  else if (!types.includes(spec.type)) errors.push(notSupported('spec.type', { json: spec.type }, types));
  validatePortNumbers(spec, ports, errors);
  validateSourceRanges(service, old, errors);
  if (spec.allocateLoadBalancerNodePorts !== undefined && spec.type !== 'LoadBalancer') {
    errors.push(forbidden('spec.allocateLoadBalancerNodePorts', loadBalancerOnly));
  }
  if (spec.type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts === undefined) {
    // The server leaves `spec` out of this path.
    errors.push(required('allocateLoadBalancerNodePorts'));
  }
  validateLoadBalancerClass(spec, errors);
  validateTrafficPolicies(spec, errors);
}

function validateTypeRequirements(spec: ServiceSpecDraft, errors: FieldError[]): void {
  if (usesNodePorts(spec)) {
    if (isHeadless(spec)) errors.push(invalid('spec.clusterIPs[0]', 'None', `may not be set to 'None' for ${spec.type} services`));
    return;
  }
  if (spec.type !== 'ExternalName') return;
  const forbiddenHere = 'may not be set for ExternalName services';
  if ((spec.clusterIPs?.length ?? 0) > 0) errors.push(forbidden('spec.clusterIPs', forbiddenHere));
  if ((spec.ipFamilies?.length ?? 0) > 0) errors.push(forbidden('spec.ipFamilies', forbiddenHere));
  if (spec.ipFamilyPolicy !== undefined) errors.push(forbidden('spec.ipFamilyPolicy', forbiddenHere));
  // One trailing dot marks the name as complete.
  const name = spec.externalName?.replace(/\.$/, '') ?? '';
  if (name === '') errors.push(required('spec.externalName'));
  else for (const problem of dnsSubdomainProblems(name)) errors.push(invalid('spec.externalName', name, problem));
}

/** `names` is undefined for a Service with one port, whose name may be missing. */
function validatePort(port: ServicePortDraft, path: string, names: Set<string> | undefined, errors: FieldError[]): void {
  if (port.name !== undefined) {
    for (const problem of dnsLabelProblems(port.name)) errors.push(invalid(`${path}.name`, port.name, problem));
    if (names?.has(port.name)) errors.push(duplicate(`${path}.name`, port.name));
    names?.add(port.name);
  } else if (names !== undefined) {
    errors.push(required(`${path}.name`));
  }
  const number = port.port ?? 0;
  if (!isPortNumber(number)) errors.push(invalid(`${path}.port`, number, portNumberProblem));
  if (!port.protocol) errors.push(required(`${path}.protocol`));
  else if (!protocols.includes(port.protocol)) errors.push(notSupported(`${path}.protocol`, { json: port.protocol }, protocols));
  const target = port.targetPort ?? 0;
  if (typeof target === 'string') {
    for (const problem of portNameProblems(target)) errors.push(invalid(`${path}.targetPort`, target, problem));
  } else if (!isPortNumber(target)) {
    errors.push(invalid(`${path}.targetPort`, target, portNumberProblem));
  }
  if (port.appProtocol !== undefined) {
    for (const problem of labelKeyProblems(port.appProtocol)) errors.push(invalid(`${path}.appProtocol`, port.appProtocol, problem));
  }
}

function validateSessionAffinity(spec: ServiceSpecDraft, errors: FieldError[]): void {
  const affinity = spec.sessionAffinity;
  if (!affinity) errors.push(required('spec.sessionAffinity'));
  else if (!affinities.includes(affinity)) errors.push(notSupported('spec.sessionAffinity', { json: affinity }, affinities));
  if (affinity !== 'ClientIP') return;
  const timeout = spec.sessionAffinityConfig?.clientIP?.timeoutSeconds;
  if (timeout === undefined) {
    errors.push(required('spec.sessionAffinityConfig', 'when session affinity type is ClientIP'));
  } else if (timeout <= 0 || timeout > maxAffinityTimeout) {
    errors.push(
      invalid('spec.sessionAffinityConfig.clientIP.timeoutSeconds', timeout, `must be greater than 0 and less than ${maxAffinityTimeout}`),
    );
  }
}

function validateExternalIPs(spec: ServiceSpecDraft, old: ServiceSpecDraft | undefined, errors: FieldError[]): void {
  for (const [i, address] of (spec.externalIPs ?? []).entries()) {
    const before = errors.length;
    validateIp(address, `spec.externalIPs[${i}]`, errors, old?.externalIPs);
    const ip = errors.length === before ? parseIpText(address) : undefined;
    if (ip !== undefined) validateNonSpecialIp(address, ip, `spec.externalIPs[${i}]`, errors);
  }
}

/** Node ports where there are none, and numbers that two ports share. */
function validatePortNumbers(spec: ServiceSpecDraft, ports: readonly ServicePortDraft[], errors: FieldError[]): void {
  if (spec.type === 'ClusterIP') {
    for (let i = 0; i < ports.length; i += 1) {
      if ((ports[i]?.nodePort ?? 0) !== 0)
        errors.push(forbidden(`spec.ports[${i}].nodePort`, "may not be used when `type` is 'ClusterIP'"));
    }
  }
  if (ports.length < 2) return;
  const nodePorts = new Set<string>();
  for (const [i, { protocol, nodePort }] of ports.entries()) {
    if (nodePort === undefined || nodePort === 0) continue;
    const key = `${protocol}/${nodePort}`;
    if (nodePorts.has(key)) errors.push(duplicate(`spec.ports[${i}].nodePort`, nodePort));
    nodePorts.add(key);
  }
  const numbers = new Set<string>();
  for (const [i, { protocol = '', port = 0 }] of ports.entries()) {
    const key = `${protocol}/${port}`;
    if (numbers.has(key)) {
      // The server prints the pair it compares by, as a whole port with all other fields zero.
      errors.push(
        duplicate(`spec.ports[${i}]`, {
          json: { Name: '', Protocol: protocol, AppProtocol: null, Port: port, TargetPort: 0, NodePort: 0 },
        }),
      );
    }
    numbers.add(key);
  }
}

function validateSourceRanges(service: ServiceDraft, old: ServiceDraft | undefined, errors: FieldError[]): void {
  const { spec } = service;
  const ranges = spec.loadBalancerSourceRanges ?? [];
  if (ranges.length > 0) {
    // The capital letter is the server's own.
    const path = 'spec.LoadBalancerSourceRanges';
    if (spec.type !== 'LoadBalancer') errors.push(forbidden(path, loadBalancerOnly));
    const existing = old?.spec.loadBalancerSourceRanges?.map((range) => range.trim());
    for (const [i, range] of ranges.entries()) validateCidr(range.trim(), `${path}[${i}]`, errors, existing);
    return;
  }
  const annotation = service.metadata.annotations?.[sourceRangesAnnotation];
  if (annotation === undefined) return;
  const path = `metadata.annotations[${sourceRangesAnnotation}]`;
  if (spec.type !== 'LoadBalancer') errors.push(forbidden(path, loadBalancerOnly));
  if (old?.metadata.annotations?.[sourceRangesAnnotation] === annotation || annotation.trim() === '') return;
  for (const range of annotation.trim().split(',')) validateCidr(range.trim(), path, errors);
}

function validateLoadBalancerClass(spec: ServiceSpecDraft, errors: FieldError[]): void {
  if (spec.loadBalancerClass === undefined) return;
  if (spec.type !== 'LoadBalancer') errors.push(forbidden('spec.loadBalancerClass', loadBalancerOnly));
  else {
    for (const problem of labelKeyProblems(spec.loadBalancerClass)) {
      errors.push(invalid('spec.loadBalancerClass', spec.loadBalancerClass, problem));
    }
  }
}

function validateTrafficPolicies(spec: ServiceSpecDraft, errors: FieldError[]): void {
  const external = spec.externalTrafficPolicy;
  if (!externallyAccessible(spec)) {
    if (external !== undefined) {
      errors.push(invalid('spec.externalTrafficPolicy', { json: external }, 'may only be set for externally-accessible services'));
    }
  } else if (external === undefined) {
    errors.push(required('spec.externalTrafficPolicy'));
  } else if (!trafficPolicies.includes(external)) {
    errors.push(notSupported('spec.externalTrafficPolicy', { json: external }, trafficPolicies));
  }
  const healthCheck = spec.healthCheckNodePort ?? 0;
  if (!needsHealthCheck(spec)) {
    if (healthCheck !== 0) {
      errors.push(
        invalid(
          'spec.healthCheckNodePort',
          healthCheck,
          "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
        ),
      );
    }
  } else if (healthCheck === 0) {
    errors.push(required('spec.healthCheckNodePort'));
  } else if (!isPortNumber(healthCheck)) {
    errors.push(invalid('spec.healthCheckNodePort', healthCheck, portNumberProblem));
  }
  const internal = spec.internalTrafficPolicy;
  if (internal === undefined) {
    if (usesNodePorts(spec) || spec.type === 'ClusterIP') errors.push(required('spec.internalTrafficPolicy'));
  } else if (!trafficPolicies.includes(internal)) {
    errors.push(notSupported('spec.internalTrafficPolicy', { json: internal }, trafficPolicies));
  }
  if (spec.trafficDistribution !== undefined && !trafficDistributions.includes(spec.trafficDistribution)) {
    errors.push(notSupported('spec.trafficDistribution', spec.trafficDistribution, trafficDistributions));
  }
}
