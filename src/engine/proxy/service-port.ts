import { type Cidr, parseCidr } from '../api/cidr.ts';
import { type IPv4, parseIPv4 } from '../api/ipv4.ts';
import type { Protocol } from '../api/protocol.ts';
import type { Service, ServicePortSpec } from '../api/service.ts';
import type { ObjectRef } from '../diagnostics/diagnostic.ts';

/** An address of a Service and the field that gave it. */
export interface ServiceAddress {
  readonly address: IPv4;
  readonly path: string;
}

/** A range of `loadBalancerSourceRanges` and its field. */
export interface SourceRange {
  readonly range: Cidr;
  readonly path: string;
}

/**
 * One port of one Service as a proxy sees it: every question the rules depend on, answered from the Service alone.
 *
 * Models: kube-proxy pkg/proxy/serviceport.go BaseServicePortInfo, v1.37. IPv4 only.
 */
export interface ServicePort {
  readonly service: ObjectRef;
  /** Position in `spec.ports`. */
  readonly index: number;
  /** `namespace/service`, with `:port` when the port has a name: kube-proxy's ServicePortName. */
  readonly name: string;
  readonly portName: string;
  readonly protocol: Protocol;
  readonly clusterIP: IPv4;
  readonly port: number;
  /** 0: none. */
  readonly nodePort: number;
  readonly externalIPs: readonly ServiceAddress[];
  /** Load balancer addresses that the proxy answers for itself: `ipMode: VIP`, or none given. */
  readonly loadBalancerVIPs: readonly ServiceAddress[];
  /** Empty: anybody may use the load balancer's address. */
  readonly loadBalancerSourceRanges: readonly SourceRange[];
  /** 0: none. */
  readonly healthCheckNodePort: number;
  /** Seconds a client keeps its endpoint; absent without session affinity. */
  readonly stickySeconds?: number;
  readonly externalPolicyLocal: boolean;
  readonly internalPolicyLocal: boolean;
  readonly hasSelector: boolean;
}

/** Labels that take an object out of kube-proxy's sight: another proxy's Service, a headless Service's slices. */
const ignoredLabels = ['service.kubernetes.io/service-proxy-name', 'service.kubernetes.io/headless'];

export function isIgnoredByProxy(labels: Readonly<Record<string, string>> | undefined): boolean {
  return labels !== undefined && ignoredLabels.some((label) => Object.hasOwn(labels, label));
}

/** The ports of a Service a proxy has work with; none for headless and ExternalName Services, which are DNS' matter alone. */
export function servicePorts(service: Service): readonly ServicePort[] {
  const { spec, metadata, status } = service;
  if (spec.type === 'ExternalName' || isIgnoredByProxy(metadata.labels)) return [];
  const clusterIP = firstIPv4([spec.clusterIP, ...(spec.clusterIPs ?? [])]);
  if (clusterIP === undefined) return [];
  const namespace = metadata.namespace ?? 'default';
  const object: ObjectRef = { apiVersion: service.apiVersion, kind: service.kind, namespace, name: metadata.name };
  const externalIPs = (spec.externalIPs ?? []).flatMap((text, index) => addressAt(text, `spec.externalIPs[${index}]`));
  const loadBalancerVIPs = (status?.loadBalancer?.ingress ?? []).flatMap((ingress, index) =>
    ingress.ipMode === 'Proxy' ? [] : addressAt(ingress.ip, `status.loadBalancer.ingress[${index}].ip`),
  );
  const takesExternalTraffic = spec.type === 'NodePort' || spec.type === 'LoadBalancer' || externalIPs.length > 0;
  const externalPolicyLocal = takesExternalTraffic && spec.externalTrafficPolicy === 'Local';
  const shared = {
    service: object,
    clusterIP,
    externalIPs,
    loadBalancerVIPs,
    loadBalancerSourceRanges: sourceRanges(spec.loadBalancerSourceRanges ?? []),
    healthCheckNodePort: spec.type === 'LoadBalancer' && externalPolicyLocal ? (spec.healthCheckNodePort ?? 0) : 0,
    externalPolicyLocal,
    internalPolicyLocal: spec.internalTrafficPolicy === 'Local',
    hasSelector: spec.selector !== undefined && Object.keys(spec.selector).length > 0,
    ...(spec.sessionAffinity === 'ClientIP' ? { stickySeconds: spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 10_800 } : {}),
  };
  const serviceName = `${namespace}/${metadata.name}`;
  return (spec.ports ?? []).map((port, index) => ({ ...shared, ...portFields(port), index, name: portName(serviceName, port) }));
}

function portFields(port: ServicePortSpec): Pick<ServicePort, 'portName' | 'protocol' | 'port' | 'nodePort'> {
  return { portName: port.name ?? '', protocol: port.protocol, port: port.port, nodePort: port.nodePort ?? 0 };
}

function portName(service: string, port: ServicePortSpec): string {
  return port.name === undefined || port.name === '' ? service : `${service}:${port.name}`;
}

function firstIPv4(texts: readonly (string | undefined)[]): IPv4 | undefined {
  for (const text of texts) {
    const address = text === undefined ? undefined : parseIPv4(text);
    if (address !== undefined) return address;
  }
  return undefined;
}

function addressAt(text: string | undefined, path: string): readonly ServiceAddress[] {
  const address = text === undefined ? undefined : parseIPv4(text);
  return address === undefined ? [] : [{ address, path }];
}

/** Blanks around a range are accepted by validation and dropped here. A range of length 0 allows everybody, as no range does. */
function sourceRanges(texts: readonly string[]): readonly SourceRange[] {
  const ranges = texts.flatMap((text, index) => {
    const range = parseCidr(text.trim());
    return range === undefined ? [] : [{ range, path: `spec.loadBalancerSourceRanges[${index}]` }];
  });
  return ranges.some(({ range }) => range.length === 0) ? [] : ranges;
}

/** Whether the port can be reached by anything besides the cluster IP. */
export function isExternallyAccessible(port: ServicePort): boolean {
  return port.nodePort !== 0 || port.loadBalancerVIPs.length > 0 || port.externalIPs.length > 0;
}

/** Even with a Local external policy the whole cluster's endpoints are used: Pods and the host take a short cut to them. */
export function usesClusterEndpoints(port: ServicePort): boolean {
  return !port.internalPolicyLocal || isExternallyAccessible(port);
}

export function usesLocalEndpoints(port: ServicePort): boolean {
  return port.internalPolicyLocal || (port.externalPolicyLocal && isExternallyAccessible(port));
}
