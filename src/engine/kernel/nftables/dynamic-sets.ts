import type { IPv4 } from '../../api/ipv4.ts';

/** Elements the kernel itself put into sets with a timeout: per set and address, when it is forgotten (cluster clock, ms). Immutable. */
export type DynamicSets = ReadonlyMap<string, ReadonlyMap<IPv4, number>>;

export const noDynamicSets: DynamicSets = new Map();

/** `update @set { ip saddr }`: adds the address, or starts its time again. */
export function updateDynamicSet(sets: DynamicSets, set: string, address: IPv4, timeout: number, now: number): DynamicSets {
  return new Map(sets).set(set, new Map(sets.get(set)).set(address, now + timeout * 1000));
}

export function isInDynamicSet(sets: DynamicSets, set: string, address: IPv4, now: number): boolean {
  const expires = sets.get(set)?.get(address);
  return expires !== undefined && now < expires;
}
