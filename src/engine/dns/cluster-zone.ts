import type { ClusterSpec } from '../api/cluster-spec.ts';
import type { EndpointSlice, SliceEndpoint } from '../api/endpoint-slice.ts';
import type { ObjectStore } from '../api/object-store.ts';
import type { Service } from '../api/service.ts';

/** A port of a Service or of an endpoint; `-1` stands for "has no ports", which still is something to answer with. */
export interface ZonePort {
  readonly name: string;
  readonly protocol: string;
  readonly port: number;
}

/** One ready address of a Service. `label` is its name under the Service: the Pod's hostname, or the address with dashes. */
export interface ZoneEndpoint {
  readonly namespace: string;
  readonly service: string;
  readonly address: string;
  readonly label: string;
  readonly ports: readonly ZonePort[];
}

/** What CoreDNS knows of the cluster: an index over Services, EndpointSlices and Namespaces. */
export interface ClusterZone {
  /** `cluster.local.` */
  readonly name: string;
  readonly dns: ClusterSpec['dns'];
  readonly namespaces: ReadonlySet<string>;
  /** By `name.namespace`. */
  readonly services: ReadonlyMap<string, Service>;
  /** By `name.namespace` of the Service; there may be endpoints of a Service that is not there. */
  readonly endpoints: ReadonlyMap<string, readonly ZoneEndpoint[]>;
  readonly servicesByAddress: ReadonlyMap<string, Service>;
  readonly endpointsByAddress: ReadonlyMap<string, readonly ZoneEndpoint[]>;
  /** An address CoreDNS itself runs at: by it the zone names its own name server. */
  readonly serverAddress: string | undefined;
}

const noPorts: readonly ZonePort[] = [{ name: '', protocol: '', port: -1 }];

/**
 * Indexes the store for {@link answer}. Only ready endpoints are in it: readiness reaches DNS this way, and no other.
 *
 * Models: CoreDNS plugin/kubernetes controller.go and object/endpoint.go, 1.15.
 */
export function buildZone(store: ObjectStore, cluster: ClusterSpec): ClusterZone {
  const services = store.list<Service>('Service');
  const endpoints = store.list<EndpointSlice>('EndpointSlice').flatMap(readyEndpoints);
  const servicesByAddress = new Map(services.flatMap((service) => (service.spec.clusterIPs ?? []).map((address) => [address, service])));
  const zone = {
    name: `${cluster.dns.domain}.`,
    dns: cluster.dns,
    namespaces: new Set(store.list('Namespace').map(({ metadata }) => metadata.name)),
    services: new Map(services.map((service) => [`${service.metadata.name}.${service.metadata.namespace}`, service])),
    endpoints: groupBy(endpoints, ({ service, namespace }) => `${service}.${namespace}`),
    servicesByAddress,
    endpointsByAddress: groupBy(endpoints, ({ address }) => address),
  };
  const own = servicesByAddress.get(cluster.dns.address);
  const behind = own === undefined ? undefined : zone.endpoints.get(`${own.metadata.name}.${own.metadata.namespace}`)?.[0]?.address;
  return { ...zone, serverAddress: cluster.dns.server ?? behind };
}

function readyEndpoints(slice: EndpointSlice): readonly ZoneEndpoint[] {
  const ports = (slice.ports ?? []).map(({ name = '', protocol = 'TCP', port }) => ({ name, protocol, port: port ?? 0 }));
  const service = slice.metadata.labels?.['kubernetes.io/service-name'] ?? '';
  const namespace = slice.metadata.namespace ?? '';
  return (slice.endpoints ?? [])
    .filter((endpoint) => endpoint.conditions?.ready !== false)
    .flatMap((endpoint) =>
      endpoint.addresses.map((address) => ({
        namespace,
        service,
        address,
        label: endpointLabel(endpoint, address),
        ports: ports.length === 0 ? noPorts : ports,
      })),
    );
}

function endpointLabel({ hostname }: SliceEndpoint, address: string): string {
  if (hostname !== undefined && hostname !== '') return hostname;
  const dashed = address.replace(/[.:]/g, '-');
  // A label must not end in a dash, as `fd00::` would.
  return dashed.endsWith('-') ? `${dashed}0` : dashed;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
