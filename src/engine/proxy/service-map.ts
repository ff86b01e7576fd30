import type { EndpointSlice } from '../api/endpoint-slice.ts';
import type { Service } from '../api/service.ts';
import { type Endpoint, endpointsOf, serviceOfSlice } from './endpoint.ts';
import { isIgnoredByProxy, type ServicePort, servicePorts } from './service-port.ts';

/** A Service port with all endpoints that could serve it. The same object as long as neither changed. */
export interface TrackedPort {
  readonly port: ServicePort;
  readonly endpoints: readonly Endpoint[];
}

interface TrackedService {
  readonly service: Service;
  readonly slices: readonly EndpointSlice[];
  readonly ports: readonly TrackedPort[];
}

/** What every node's proxy knows of the cluster, before it looks at its own node. Immutable. */
export interface ServiceMap {
  /** In order of namespace, name and `spec.ports`. kube-proxy walks a Go map, in no order at all. */
  readonly ports: readonly TrackedPort[];
  /** Endpoints of all ports together, usable or not: above a limit the proxies save on comments. */
  readonly endpointCount: number;
  readonly byService: ReadonlyMap<string, TrackedService>;
}

export const emptyServiceMap: ServiceMap = { ports: [], endpointCount: 0, byService: new Map() };

const noSlices: readonly EndpointSlice[] = [];

/**
 * Follows Services and EndpointSlices. A Service whose object and slices are the same objects as in `previous` keeps its
 * ports and endpoints, so that a proxy can tell in one comparison what it need not write again.
 *
 * Models: kube-proxy pkg/proxy/servicechangetracker.go and endpointschangetracker.go, v1.37.
 */
export function trackServices(
  services: readonly Service[],
  slices: readonly EndpointSlice[],
  previous: ServiceMap = emptyServiceMap,
): ServiceMap {
  const slicesOf = groupSlices(slices);
  const byService = new Map<string, TrackedService>();
  const ports: TrackedPort[] = [];
  let endpointCount = 0;
  for (const service of services) {
    const key = `${service.metadata.namespace ?? 'default'}/${service.metadata.name}`;
    const tracked = trackService(service, slicesOf.get(key) ?? noSlices, previous.byService.get(key));
    byService.set(key, tracked);
    for (const port of tracked.ports) {
      ports.push(port);
      endpointCount += port.endpoints.length;
    }
  }
  return { ports, endpointCount, byService };
}

function trackService(service: Service, slices: readonly EndpointSlice[], before: TrackedService | undefined): TrackedService {
  if (before !== undefined && before.service === service && sameItems(before.slices, slices)) return before;
  const ports = servicePorts(service).map((port) => ({ port, endpoints: endpointsOf(port, slices) }));
  return { service, slices, ports };
}

function groupSlices(slices: readonly EndpointSlice[]): ReadonlyMap<string, readonly EndpointSlice[]> {
  const groups = new Map<string, EndpointSlice[]>();
  for (const slice of slices) {
    const key = isIgnoredByProxy(slice.metadata.labels) ? undefined : serviceOfSlice(slice);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [slice]);
    else group.push(slice);
  }
  return groups;
}

function sameItems<T>(one: readonly T[], other: readonly T[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}
