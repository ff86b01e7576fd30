import type { EndpointSlice } from '../api/endpoint-slice.ts';
import type { Service } from '../api/service.ts';
import { type Endpoint, endpointsOf, serviceOfSlice } from './endpoint.ts';
import { type Aligned, changedWindow, keepUnchanged } from './keep-unchanged.ts';
import { isIgnoredByProxy, type ServicePort, servicePorts } from './service-port.ts';

/** A Service port with all endpoints that could serve it. The same object as long as neither changed. */
export interface TrackedPort {
  readonly port: ServicePort;
  readonly endpoints: readonly Endpoint[];
}

/** What every node's proxy knows of the cluster, before it looks at its own node. Immutable. */
export interface ServiceMap {
  /** In order of namespace, name and `spec.ports`. kube-proxy walks a Go map, in no order at all. */
  readonly ports: readonly TrackedPort[];
  /** Endpoints of all ports together, usable or not: above a limit the proxies save on comments. */
  readonly endpointCount: number;
  readonly slices: readonly EndpointSlice[];
  readonly byService: Aligned<Service, readonly TrackedPort[]>;
}

/**
 * Follows Services and EndpointSlices. A Service whose object and slices are the same objects as in `previous` keeps its
 * ports and endpoints, so that a proxy can tell in one comparison what it need not write again.
 *
 * Models: kube-proxy pkg/proxy/servicechangetracker.go and endpointschangetracker.go, v1.37.
 */
export function trackServices(services: readonly Service[], slices: readonly EndpointSlice[], previous?: ServiceMap): ServiceMap {
  const stale = previous === undefined ? undefined : staleServices(previous.slices, slices);
  const before = previous === undefined || stale === undefined ? undefined : forget(previous.byService, stale);
  const slicesOf = groupSlices(slices, before === undefined ? undefined : namesToLookUp(before.keys, services));
  const { values } = keepUnchanged(before, services, (service) => {
    const own = slicesOf.get(keyOf(service)) ?? [];
    return servicePorts(service).map((port) => ({ port, endpoints: endpointsOf(port, own) }));
  });
  const ports: TrackedPort[] = [];
  let endpointCount = 0;
  for (const tracked of values) {
    for (const port of tracked) {
      ports.push(port);
      endpointCount += port.endpoints.length;
    }
  }
  return { ports, endpointCount, slices, byService: { keys: services, values } };
}

function keyOf(service: Service): string {
  return `${service.metadata.namespace ?? 'default'}/${service.metadata.name}`;
}

/** Services, as `namespace/name`, that a slice came to, left or changed. */
function staleServices(before: readonly EndpointSlice[], now: readonly EndpointSlice[]): ReadonlySet<string> {
  const { start, endBefore, end } = changedWindow(before, now);
  const stale = new Set<string>();
  for (const slice of [...before.slice(start, endBefore), ...now.slice(start, end)]) {
    const service = serviceOfSlice(slice);
    if (service !== undefined) stale.add(service);
  }
  return stale;
}

function forget(
  byService: Aligned<Service, readonly TrackedPort[]>,
  stale: ReadonlySet<string>,
): Aligned<Service | undefined, readonly TrackedPort[]> {
  if (stale.size === 0) return byService;
  return { keys: byService.keys.map((service) => (stale.has(keyOf(service)) ? undefined : service)), values: byService.values };
}

/** Names of the Services whose slices will be asked for; other slices need not even be read. */
function namesToLookUp(before: readonly (Service | undefined)[], now: readonly Service[]): ReadonlySet<string> {
  const { start, end } = changedWindow(before, now);
  return new Set(now.slice(start, end).map((service) => service.metadata.name));
}

function groupSlices(
  slices: readonly EndpointSlice[],
  names: ReadonlySet<string> | undefined,
): ReadonlyMap<string, readonly EndpointSlice[]> {
  const groups = new Map<string, EndpointSlice[]>();
  for (const slice of slices) {
    const { labels } = slice.metadata;
    if (names !== undefined && !names.has(labels?.['kubernetes.io/service-name'] ?? '')) continue;
    const key = isIgnoredByProxy(labels) ? undefined : serviceOfSlice(slice);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [slice]);
    else group.push(slice);
  }
  return groups;
}
