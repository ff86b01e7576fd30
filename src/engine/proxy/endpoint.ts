import type { EndpointSlice, SliceEndpoint, SlicePort } from '../api/endpoint-slice.ts';
import { type IPv4, parseIPv4 } from '../api/ipv4.ts';
import type { FieldOrigin, ObjectRef } from '../diagnostics/diagnostic.ts';
import type { ServicePort } from './service-port.ts';

/**
 * One address and port that can answer for a Service port, on whichever node.
 *
 * Models: kube-proxy pkg/proxy/endpoint.go, v1.37.
 */
export interface Endpoint {
  readonly address: IPv4;
  readonly port: number;
  /** `address:port`; endpoints are ordered by it, as text. */
  readonly text: string;
  /** `undefined`: the slice does not say, so the endpoint is local nowhere. */
  readonly node: string | undefined;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  readonly zoneHints: readonly string[];
  readonly nodeHints: readonly string[];
  readonly origin: FieldOrigin;
}

const serviceNameLabel = 'kubernetes.io/service-name';

/** The `namespace/name` of the Service a slice belongs to. */
export function serviceOfSlice(slice: EndpointSlice): string | undefined {
  const name = slice.metadata.labels?.[serviceNameLabel];
  return name === undefined || name === '' ? undefined : `${slice.metadata.namespace ?? 'default'}/${name}`;
}

/**
 * The endpoints of one Service port out of the Service's slices: the slice port must have the Service port's name and protocol,
 * however the slice's other ports are called. An address given twice counts once.
 *
 * Models: kube-proxy pkg/proxy/endpointslicecache.go, v1.37. Of two entries for one address one that names a node wins, else the
 * first (there Go's map order decides).
 */
export function endpointsOf(port: ServicePort, slices: readonly EndpointSlice[]): readonly Endpoint[] {
  const byText = new Map<string, Endpoint>();
  for (const slice of slices) {
    if (slice.addressType !== 'IPv4') continue;
    for (const slicePort of slice.ports ?? []) {
      if ((slicePort.name ?? '') !== port.portName || (slicePort.protocol ?? 'TCP') !== port.protocol) continue;
      addEndpoints(byText, slice, slicePort);
    }
  }
  return [...byText.values()].sort((one, other) => (one.text < other.text ? -1 : 1));
}

function addEndpoints(byText: Map<string, Endpoint>, slice: EndpointSlice, slicePort: SlicePort): void {
  const port = slicePort.port ?? 0;
  if (port === 0) return;
  const object = sliceRef(slice);
  for (const [index, entry] of (slice.endpoints ?? []).entries()) {
    const [first] = entry.addresses;
    const address = first === undefined ? undefined : parseIPv4(first);
    if (address === undefined) continue;
    const known = byText.get(`${address}:${port}`);
    if (known !== undefined && (known.node !== undefined || entry.nodeName === undefined)) continue;
    byText.set(`${address}:${port}`, endpoint(object, entry, index, address, port));
  }
}

function sliceRef({ apiVersion, kind, metadata: { namespace, name } }: EndpointSlice): ObjectRef {
  return { apiVersion, kind, ...(namespace === undefined ? {} : { namespace }), name };
}

const noHints: readonly string[] = [];

/** A condition that is not given means: ready, serving, not terminating. */
function endpoint(object: ObjectRef, entry: SliceEndpoint, index: number, address: IPv4, port: number): Endpoint {
  const { conditions, hints, nodeName } = entry;
  return {
    address,
    port,
    text: `${address}:${port}`,
    node: nodeName,
    ready: conditions?.ready ?? true,
    serving: conditions?.serving ?? true,
    terminating: conditions?.terminating ?? false,
    zoneHints: hints?.forZones?.map((zone) => zone.name) ?? noHints,
    nodeHints: hints?.forNodes?.map((node) => node.name) ?? noHints,
    origin: { object, path: `endpoints[${index}].addresses` },
  };
}
