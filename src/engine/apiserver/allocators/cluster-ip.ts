import type { Cidr } from '../../api/cidr.ts';
import type { ClusterSpec } from '../../api/cluster-spec.ts';
import { type IPv4, ipv4FromNumber, ipv4ToNumber, parseIPv4 } from '../../api/ipv4.ts';
import type { ObjectStore } from '../../api/object-store.ts';
import type { Service } from '../../api/service.ts';
import { chance, firstFree } from './chance.ts';

/**
 * Addresses of this many at the range's start are handed out last, so that people can choose them.
 *
 * Models: pkg/registry/core/service/ipallocator calculateRangeOffset, v1.37.
 */
export function clusterIPStaticBand(range: Cidr): number {
  const size = range.last - range.first + 1;
  return size <= 16 ? 0 : Math.min(Math.max(16, Math.floor(size / 16)), 256);
}

/** Why an address cannot be had, in the server's words; `undefined` when it can. */
export function clusterIPProblem(address: string, taken: ReadonlySet<string>, range: Cidr): string | undefined {
  const ip = parseIPv4(address);
  const number = ip === undefined ? -1 : ipv4ToNumber(ip);
  // The network's own address and the broadcast address belong to nobody.
  if (number <= range.first || number >= range.last) return 'the provided network does not match the current range';
  return taken.has(address) ? 'provided IP is already allocated' : undefined;
}

/** A free address; `undefined` when there is none. */
export function nextClusterIP(name: string, taken: ReadonlySet<string>, range: Cidr, seed: number): IPv4 | undefined {
  const size = range.last - range.first - 1;
  if (size <= 0) return undefined;
  const band = Math.min(clusterIPStaticBand(range), size - 1);
  const start = chance(seed, `clusterIP ${name}`, size - band);
  const offset = firstFree(size, band, start, (candidate) => taken.has(ipv4FromNumber(range.first + 1 + candidate)));
  return offset === undefined ? undefined : ipv4FromNumber(range.first + 1 + offset);
}

/** Every cluster IP in use. The API server's own is among them even before the Service `kubernetes` is written. */
export function takenClusterIPs(store: ObjectStore, cluster: ClusterSpec): Set<string> {
  const taken = new Set<string>([cluster.apiServer.clusterIP]);
  for (const service of store.list<Service>('Service')) {
    if (service.spec.type === 'ExternalName') continue;
    for (const address of service.spec.clusterIPs ?? []) if (address !== 'None') taken.add(address);
  }
  return taken;
}
