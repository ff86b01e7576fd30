import type { EndpointSlice, SliceEndpoint, SlicePort } from '../api/endpoint-slice.ts';
import { sameValue } from '../api/same-value.ts';

/** kube-controller-manager's `--max-endpoints-per-slice`. */
const maxEndpointsPerSlice = 100;

/** One slice to be. `reuse` is the slice it continues; `undefined`: a new one. */
export interface PackedSlice {
  readonly reuse: EndpointSlice | undefined;
  readonly endpoints: readonly SliceEndpoint[];
}

/** Equal for equal port lists, whatever their order. */
export function portsKey(ports: readonly SlicePort[] | null): string {
  return (ports ?? [])
    .map(({ name, protocol, port, appProtocol }) => `${name}/${protocol}/${port}/${appProtocol ?? ''}`)
    .sort()
    .join(' ');
}

/**
 * Distributes the endpoints of one port list over slices, with as few writes as it can: endpoints stay where they are, slices that change
 * anyway are filled up first, then one unchanged slice that takes all the rest, then new ones. Slices are never evened out: one endpoint
 * in one and 99 in another stay so.
 *
 * Models: k8s.io/endpointslice reconciler.go reconcileByPortMapping, v1.37.
 */
export function packEndpoints(existing: readonly EndpointSlice[], desired: readonly SliceEndpoint[]): readonly PackedSlice[] {
  const waiting = new Map(desired.map((endpoint) => [endpointKey(endpoint), endpoint]));
  const kept = existing.map((slice) => {
    const before = slice.endpoints ?? [];
    const endpoints = before.flatMap((endpoint) => take(waiting, endpointKey(endpoint)));
    const changed = endpoints.length !== before.length || !endpoints.every((endpoint, i) => sameWithoutHints(endpoint, before[i]));
    return { reuse: slice, endpoints, changed };
  });
  const slices = kept.filter(({ endpoints }) => endpoints.length > 0);

  const changedFirst = slices.filter(({ changed }) => changed).sort((a, b) => b.endpoints.length - a.endpoints.length);
  for (const { endpoints } of changedFirst) fill(endpoints, waiting);

  const unchanged = slices.filter(({ changed }) => !changed);
  const made: PackedSlice[] = [];
  while (waiting.size > 0) {
    const room = waiting.size < maxEndpointsPerSlice ? tightest(unchanged, waiting.size) : undefined;
    const endpoints = room?.endpoints ?? [];
    fill(endpoints, waiting);
    if (room === undefined) made.push({ reuse: undefined, endpoints });
  }
  return [...slices.map(({ reuse, endpoints }) => ({ reuse, endpoints })), ...made];
}

/** What makes an endpoint the same one from one moment to the next: address, hostname and Pod. */
function endpointKey({ addresses, hostname, targetRef }: SliceEndpoint): string {
  return `${[...addresses].sort().join(',')} ${hostname ?? ''} ${targetRef?.namespace ?? ''}/${targetRef?.name ?? ''}`;
}

function sameWithoutHints(a: SliceEndpoint, b: SliceEndpoint | undefined): boolean {
  return b !== undefined && sameValue({ ...a, hints: undefined }, { ...b, hints: undefined });
}

function take(waiting: Map<string, SliceEndpoint>, key: string): SliceEndpoint[] {
  const endpoint = waiting.get(key);
  waiting.delete(key);
  return endpoint === undefined ? [] : [endpoint];
}

function fill(endpoints: SliceEndpoint[], waiting: Map<string, SliceEndpoint>): void {
  for (const [key, endpoint] of waiting) {
    if (endpoints.length >= maxEndpointsPerSlice) return;
    endpoints.push(endpoint);
    waiting.delete(key);
  }
}

/** The slice that `count` more endpoints leave the least room in. */
function tightest<T extends PackedSlice>(slices: readonly T[], count: number): T | undefined {
  const fitting = slices.filter(({ endpoints }) => endpoints.length + count <= maxEndpointsPerSlice);
  return fitting.reduce<T | undefined>(
    (best, slice) => (best === undefined || slice.endpoints.length > best.endpoints.length ? slice : best),
    undefined,
  );
}
