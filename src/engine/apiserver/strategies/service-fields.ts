import {
  externallyAccessible,
  needsHealthCheck,
  type ServiceDraft,
  type ServiceSpecDraft,
  sameList,
  usesNodePorts,
} from '../service-draft.ts';

/**
 * Gives an update the values that its manifest does not name and the stored Service has: addresses, node ports (by port name) and the
 * health check port.
 *
 * Models: pkg/registry/core/service/storage patchAllocatedValues, v1.37.
 */
export function patchAllocatedValues(spec: ServiceSpecDraft, old: ServiceSpecDraft): void {
  if (old.type !== 'ExternalName' && spec.type !== 'ExternalName') {
    if (spec.clusterIP === undefined && old.clusterIP !== undefined) spec.clusterIP = old.clusterIP;
    if ((spec.clusterIPs?.length ?? 0) === 0 && old.clusterIPs !== undefined) spec.clusterIPs = [...old.clusterIPs];
  }
  if (usesNodePorts(old) && usesNodePorts(spec)) {
    const ports = spec.ports ?? [];
    const oldPorts = old.ports ?? [];
    const used = new Set(
      ports.map((port) => port.nodePort ?? 0).filter((port) => port !== 0 && oldPorts.some((other) => other.nodePort === port)),
    );
    const byName = new Map(oldPorts.map((port) => [port.name ?? '', port.nodePort ?? 0]));
    for (const port of ports) {
      const known = byName.get(port.name ?? '') ?? 0;
      if ((port.nodePort ?? 0) !== 0 || known === 0 || used.has(known)) continue;
      port.nodePort = known;
    }
  }
  if (needsHealthCheck(old) && needsHealthCheck(spec) && (spec.healthCheckNodePort ?? 0) === 0 && old.healthCheckNodePort !== undefined) {
    spec.healthCheckNodePort = old.healthCheckNodePort;
  }
}

/**
 * Brings `clusterIPs` in line with `clusterIP` for clients that write only the latter.
 *
 * Models: pkg/registry/core/service/storage normalizeClusterIPs, v1.37.
 */
export function normalizeClusterIPs(spec: ServiceSpecDraft, old: ServiceSpecDraft | undefined): void {
  if (old === undefined) {
    if (spec.clusterIP !== undefined && (spec.clusterIPs?.length ?? 0) === 0) spec.clusterIPs = [spec.clusterIP];
    return;
  }
  const none = (spec.clusterIPs?.length ?? 0) === 0;
  if (none && (old.clusterIPs?.length ?? 0) > 0 && old.clusterIP === spec.clusterIP) spec.clusterIPs = [...(old.clusterIPs ?? [])];
  if (old.clusterIP === spec.clusterIP) return;
  if (old.clusterIP !== undefined && spec.clusterIP === undefined) {
    if (sameList(old.clusterIPs, spec.clusterIPs)) delete spec.clusterIPs;
  } else if (sameList(old.clusterIPs, spec.clusterIPs) && spec.clusterIP !== undefined) {
    spec.clusterIPs = [spec.clusterIP];
  }
}

/**
 * After a change of type, drops what the new type has no use for, unless the manifest changed that very value: then validation is to
 * say so.
 *
 * Models: pkg/registry/core/service/strategy.go dropTypeDependentFields, v1.37.
 */
export function dropTypeDependentFields(service: ServiceDraft, old: ServiceDraft): void {
  const { spec } = service;
  const before = old.spec;
  if (before.type !== 'ExternalName' && spec.type === 'ExternalName') {
    if (sameList(before.clusterIPs, spec.clusterIPs)) {
      delete spec.clusterIP;
      delete spec.clusterIPs;
    }
    if (sameList(before.ipFamilies, spec.ipFamilies)) delete spec.ipFamilies;
    if (before.ipFamilyPolicy === spec.ipFamilyPolicy) delete spec.ipFamilyPolicy;
  }
  if (usesNodePorts(before) && !usesNodePorts(spec) && namesNoNewNodePort(spec, before)) {
    for (const port of spec.ports ?? []) delete port.nodePort;
  }
  if (needsHealthCheck(before) && !needsHealthCheck(spec) && before.healthCheckNodePort === spec.healthCheckNodePort) {
    delete spec.healthCheckNodePort;
  }
  if (before.type === 'LoadBalancer' && spec.type !== 'LoadBalancer') {
    if (before.allocateLoadBalancerNodePorts === spec.allocateLoadBalancerNodePorts) delete spec.allocateLoadBalancerNodePorts;
    if (before.loadBalancerClass === spec.loadBalancerClass) delete spec.loadBalancerClass;
  }
  if (externallyAccessible(before) && !externallyAccessible(spec) && before.externalTrafficPolicy === spec.externalTrafficPolicy) {
    delete spec.externalTrafficPolicy;
  }
  if (spec.type !== 'LoadBalancer') service.status = { loadBalancer: {} };
}

function namesNoNewNodePort(spec: ServiceSpecDraft, before: ServiceSpecDraft): boolean {
  const known = new Set((before.ports ?? []).map((port) => port.nodePort ?? 0));
  return (spec.ports ?? []).every((port) => (port.nodePort ?? 0) === 0 || known.has(port.nodePort ?? 0));
}
