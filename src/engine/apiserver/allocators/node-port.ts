import type { ClusterSpec } from '../../api/cluster-spec.ts';
import type { ObjectStore } from '../../api/object-store.ts';
import type { Service } from '../../api/service.ts';
import { chance, firstFree } from './chance.ts';

type PortRange = ClusterSpec['nodePortRange'];

/**
 * How many ports at the range's start are handed out last, so that people can choose them.
 *
 * Models: pkg/registry/core/service/portallocator calculateRangeOffset, v1.37.
 */
export function nodePortStaticBand(range: PortRange): number {
  const size = range.last - range.first + 1;
  return size <= 16 ? 0 : Math.min(Math.max(16, Math.floor(size / 32)), 128);
}

/**
 * The node ports of one write: what others hold, and what this write takes. Nothing is kept of a write that fails.
 *
 * Models: pkg/registry/core/service/portallocator PortAllocationOperation, v1.37. One number is one allocation, whatever the protocol.
 */
export class NodePortOperation {
  readonly #range: PortRange;
  readonly #taken: Set<number>;
  readonly #seed: number;
  readonly #name: string;

  constructor(range: PortRange, taken: Set<number>, seed: number, name: string) {
    this.#range = range;
    this.#taken = taken;
    this.#seed = seed;
    this.#name = name;
  }

  /** Takes a port; says why it cannot be had, in the server's words. */
  allocate(port: number): string | undefined {
    const { first, last } = this.#range;
    if (port < first || port > last) return `provided port is not in the valid range. The range of valid ports is ${first}-${last}`;
    if (this.#taken.has(port)) return 'provided port is already allocated';
    this.#taken.add(port);
    return undefined;
  }

  /** Takes any free port; `undefined` when there is none. */
  allocateNext(purpose: string): number | undefined {
    const { first, last } = this.#range;
    const size = last - first + 1;
    const band = nodePortStaticBand(this.#range);
    const start = chance(this.#seed, `nodePort ${this.#name} ${purpose}`, size - band);
    const offset = firstFree(size, band, start, (candidate) => this.#taken.has(first + candidate));
    if (offset === undefined) return undefined;
    this.#taken.add(first + offset);
    return first + offset;
  }
}

/** Every node port and health check port in use. */
export function takenNodePorts(store: ObjectStore): Set<number> {
  const taken = new Set<number>();
  for (const { spec } of store.list<Service>('Service')) {
    for (const port of spec.ports ?? []) if (port.nodePort !== undefined) taken.add(port.nodePort);
    if (spec.healthCheckNodePort !== undefined) taken.add(spec.healthCheckNodePort);
  }
  return taken;
}
