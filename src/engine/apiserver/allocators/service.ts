import { type FieldError, invalid } from '../../api/field-error.ts';
import { goQuote } from '../../api/go-text.ts';
import { parseIpText } from '../../api/ip-text.ts';
import type { ApiFailure } from '../admission.ts';
import { internalError, invalidObject } from '../failures.ts';
import { needsHealthCheck, type ServiceDraft, type ServiceSpecDraft, sameList, usesNodePorts } from '../service-draft.ts';
import type { AdmissionContext } from '../strategy.ts';
import { validateClusterIPFields } from '../validation/service-cluster-ips.ts';
import { clusterIPProblem, nextClusterIP, takenClusterIPs } from './cluster-ip.ts';
import { NodePortOperation, takenNodePorts } from './node-port.ts';

/**
 * Gives a Service its families, cluster IP, node ports and health check port. Each step that fails ends the write, so that the client
 * hears of nothing else.
 *
 * @models partly cluster IP families: a cluster has one IPv4 service range; dual-stack clusters are left out.
 *
 * Models: pkg/registry/core/service/storage/alloc.go, v1.37.
 */
export function allocateService(service: ServiceDraft, old: ServiceDraft | undefined, context: AdmissionContext): ApiFailure | undefined {
  const errors: FieldError[] = [];
  initFamilies(service.spec, old?.spec, errors);
  if (errors.length === 0) allocateClusterIP(service, old?.spec, context, errors);
  if (errors.length > 0) return invalidObject('', 'Service', service.metadata.name ?? '', errors);
  if (exhausted(service))
    return internalError(`failed to allocate a serviceIP for Service ${goQuote(service.metadata.name ?? '')}: range is full`);
  return allocatePorts(service, old?.spec, context);
}

/** A Service that should have an address by now and has none. */
function exhausted({ spec }: ServiceDraft): boolean {
  return spec.type !== 'ExternalName' && spec.clusterIP === undefined;
}

function initFamilies(spec: ServiceSpecDraft, old: ServiceSpecDraft | undefined, errors: FieldError[]): void {
  if (spec.type === 'ExternalName' || keepsPreferredFamilies(spec, old)) return;
  const selectorless = spec.clusterIP === 'None' && Object.keys(spec.selector ?? {}).length === 0;
  spec.ipFamilyPolicy ??= old?.ipFamilyPolicy ?? (selectorless ? 'RequireDualStack' : 'SingleStack');
  validateClusterIPFields(spec, old, errors);
  if (errors.length > 0) return;
  const policy = spec.ipFamilyPolicy;
  const clusterIPs = spec.clusterIPs ?? [];
  const families = spec.ipFamilies ?? [];
  if (old !== undefined) releaseSecondary(spec, old, errors);
  if (policy === 'SingleStack') {
    const detail = "must be 'RequireDualStack' or 'PreferDualStack' when multiple";
    if (spec.clusterIPs?.length === 2) errors.push(invalid('spec.ipFamilyPolicy', { json: policy }, `${detail} cluster IPs are specified`));
    if (spec.ipFamilies?.length === 2) errors.push(invalid('spec.ipFamilyPolicy', { json: policy }, `${detail} IP families are specified`));
  }
  for (let i = families.length; i < clusterIPs.length && clusterIPs[i] !== 'None'; i += 1) {
    if (parseIpText(clusterIPs[i] ?? '')?.family === 4) families.push('IPv4');
    else errors.push(invalid(`spec.clusterIPs[${i}]`, { json: clusterIPs }, 'IPv6 is not configured on this cluster'));
  }
  spec.ipFamilies = families;
  if (errors.length > 0) return;
  if (selectorless) {
    // Nothing is allocated for it, so that it may name families the cluster does not have.
    if (families.length === 0) families.push('IPv4');
    if (families.length < 2 && policy !== 'SingleStack') families.push(families[0] === 'IPv4' ? 'IPv6' : 'IPv4');
    return;
  }
  if (policy === 'RequireDualStack') {
    errors.push(invalid('spec.ipFamilyPolicy', { json: policy }, 'this cluster is not configured for dual-stack services'));
  }
  for (const [i, family] of families.entries()) {
    if (family !== 'IPv4') errors.push(invalid(`spec.ipFamilies[${i}]`, { json: family }, 'not configured on this cluster'));
  }
  if (families.length === 0) families.push('IPv4');
}

/** A Service that prefers two families keeps what it has until its manifest says otherwise. */
function keepsPreferredFamilies(spec: ServiceSpecDraft, old: ServiceSpecDraft | undefined): boolean {
  return (
    old !== undefined &&
    old.type === spec.type &&
    (old.ipFamilyPolicy ?? 'PreferDualStack') === 'PreferDualStack' &&
    spec.ipFamilyPolicy === 'PreferDualStack' &&
    sameList(old.clusterIPs, spec.clusterIPs) &&
    sameList(old.ipFamilies, spec.ipFamilies)
  );
}

function releaseSecondary(spec: ServiceSpecDraft, old: ServiceSpecDraft, errors: FieldError[]): void {
  if (spec.ipFamilyPolicy === 'SingleStack') {
    if (sameList(old.clusterIPs, spec.clusterIPs)) spec.clusterIPs?.splice(1);
    if (sameList(old.ipFamilies, spec.ipFamilies)) spec.ipFamilies?.splice(1);
    return;
  }
  const reduced = (before: readonly string[] = [], after: readonly string[] = []) => after.length > 0 && after.length < before.length;
  const shown = { json: spec.ipFamilyPolicy };
  if (reduced(old.clusterIPs, spec.clusterIPs)) {
    errors.push(invalid('spec.ipFamilyPolicy', shown, "must be 'SingleStack' to release the secondary cluster IP"));
  }
  if (reduced(old.ipFamilies, spec.ipFamilies)) {
    errors.push(invalid('spec.ipFamilyPolicy', shown, "must be 'SingleStack' to release the secondary IP family"));
  }
}

function allocateClusterIP(
  service: ServiceDraft,
  old: ServiceSpecDraft | undefined,
  context: AdmissionContext,
  errors: FieldError[],
): void {
  const { spec } = service;
  // An update allocates only when the Service stops being an ExternalName.
  if (spec.type === 'ExternalName' || (old !== undefined && old.type !== 'ExternalName')) return;
  const wanted = spec.clusterIPs?.[0];
  if (wanted === 'None') return;
  const taken = takenClusterIPs(context.store, context.cluster);
  if (wanted !== undefined) {
    const problem = clusterIPProblem(wanted, taken, context.cluster.serviceCIDR);
    if (problem !== undefined) {
      errors.push(invalid('spec.clusterIPs', { json: spec.clusterIPs }, `failed to allocate IP ${wanted}: ${problem}`));
    }
    return;
  }
  const { namespace = '', name = '' } = service.metadata;
  const address = nextClusterIP(`${namespace}/${name}`, taken, context.cluster.serviceCIDR, context.seed);
  if (address === undefined) return;
  spec.clusterIP = address;
  spec.clusterIPs = [address];
}

function allocatePorts(service: ServiceDraft, old: ServiceSpecDraft | undefined, context: AdmissionContext): ApiFailure | undefined {
  const { spec, metadata } = service;
  if (!usesNodePorts(spec)) return undefined;
  const operation = new NodePortOperation(
    context.cluster.nodePortRange,
    takenNodePorts(context.store),
    context.seed,
    `${metadata.namespace ?? ''}/${metadata.name ?? ''}`,
  );
  const failure = old === undefined ? initNodePorts(service, operation) : updateNodePorts(service, old, operation);
  return failure ?? allocateHealthCheckPort(spec, old, operation);
}

/** A LoadBalancer may go without node ports; ports that its manifest names are taken all the same. */
function allocatesNodePorts(spec: ServiceSpecDraft): boolean {
  return spec.type === 'NodePort' || spec.allocateLoadBalancerNodePorts !== false;
}

const portsFull = () => internalError('failed to allocate a nodePort: range is full');

/** On create, ports with the same number (TCP and UDP 53) get one node port, the one that any of them asks for. */
function initNodePorts(service: ServiceDraft, operation: NodePortOperation): ApiFailure | undefined {
  const ports = service.spec.ports ?? [];
  const refused = (i: number, port: number, problem: string) =>
    invalidObject('', 'Service', service.metadata.name ?? '', [invalid(`spec.ports[${i}].nodePort`, port, problem)]);
  const byPort = new Map<number, number>();
  for (const [i, port] of ports.entries()) {
    const asked = port.nodePort ?? 0;
    if (asked === 0 && !allocatesNodePorts(service.spec)) continue;
    const number = port.port ?? 0;
    const known = byPort.get(number);
    if (known === undefined) {
      const wanted = ports.find((other) => (other.port ?? 0) === number && (other.nodePort ?? 0) !== 0)?.nodePort;
      if (wanted !== undefined) {
        const problem = operation.allocate(wanted);
        if (problem !== undefined) return refused(i, wanted, problem);
      }
      const nodePort = wanted ?? operation.allocateNext(`${number}`);
      if (nodePort === undefined) return portsFull();
      port.nodePort = nodePort;
      byPort.set(number, nodePort);
    } else if (asked === 0) {
      port.nodePort = known;
    } else if (asked !== known) {
      const problem = operation.allocate(asked);
      if (problem !== undefined) return refused(i, asked, problem);
    }
  }
  return undefined;
}

function updateNodePorts(service: ServiceDraft, old: ServiceSpecDraft, operation: NodePortOperation): ApiFailure | undefined {
  const held = new Set((old.ports ?? []).map((port) => port.nodePort ?? 0));
  const seen = new Set<string>();
  const newlyTaken = new Set<number>();
  for (const [i, port] of (service.spec.ports ?? []).entries()) {
    const asked = port.nodePort ?? 0;
    if (asked === 0) {
      if (!allocatesNodePorts(service.spec)) continue;
      const nodePort = operation.allocateNext(`${port.port ?? 0}/${port.protocol ?? ''}`);
      if (nodePort === undefined) return portsFull();
      port.nodePort = nodePort;
    } else if (!held.has(asked) && !newlyTaken.has(asked)) {
      const problem = operation.allocate(asked);
      if (problem !== undefined) {
        return invalidObject('', 'Service', service.metadata.name ?? '', [invalid(`spec.ports[${i}].nodePort`, asked, problem)]);
      }
      newlyTaken.add(asked);
    }
    const key = `${port.protocol ?? ''} ${port.nodePort ?? 0}`;
    if (seen.has(key)) {
      // Not a field error: the server answers with the bare Go error.
      const detail = `duplicate nodePort: {${key}}`;
      return { code: 500, reason: '', message: detail, causes: [] };
    }
    seen.add(key);
  }
  return undefined;
}

function allocateHealthCheckPort(
  spec: ServiceSpecDraft,
  old: ServiceSpecDraft | undefined,
  operation: NodePortOperation,
): ApiFailure | undefined {
  // A Service that had one keeps it: a changed number is validation's matter.
  if (!needsHealthCheck(spec) || (old !== undefined && needsHealthCheck(old))) return undefined;
  const asked = spec.healthCheckNodePort ?? 0;
  if (asked !== 0) {
    const problem = operation.allocate(asked);
    return problem === undefined ? undefined : internalError(`failed to allocate requested HealthCheck NodePort ${asked}: ${problem}`);
  }
  const port = operation.allocateNext('health check');
  if (port === undefined) return internalError('failed to allocate a HealthCheck NodePort 0: range is full');
  spec.healthCheckNodePort = port;
  return undefined;
}
