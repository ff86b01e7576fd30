import type { SliceEndpoint } from '../api/endpoint-slice.ts';

/** No zone may get more than this much less than its share of the endpoints. */
const overloadThreshold = 0.2;

/**
 * Gives each zone a share of the ready endpoints that follows its share of CPUs, lending endpoints to other zones where needed. Where
 * that cannot be done fairly, nobody gets a hint.
 *
 * Models: k8s.io/endpointslice topologycache AddHints, v1.37, as if all slices were written at once.
 */
export function proportionalHints(
  cpus: ReadonlyMap<string, number> | undefined,
  lists: readonly (readonly SliceEndpoint[])[],
): readonly (readonly SliceEndpoint[])[] {
  const ready = lists.flat().filter((endpoint) => endpoint.conditions?.ready === true);
  const shares = cpus === undefined ? undefined : desiredShares(cpus, ready.length);
  if (shares === undefined || ready.some(({ zone }) => zone === undefined || zone === '')) return lists;
  const { giving, receiving } = transfers(shares, countByZone(ready));
  return lists.map((endpoints) =>
    endpoints.map((endpoint) => {
      if (endpoint.conditions?.ready !== true || endpoint.zone === undefined) return endpoint;
      const receiver = decrement(giving, endpoint.zone, receiving.size > 0) ? [...receiving.keys()][0] : undefined;
      if (receiver !== undefined) decrement(receiving, receiver, true);
      return { ...endpoint, hints: { forZones: [{ name: receiver ?? endpoint.zone }] } };
    }),
  );
}

/** Endpoints each zone should have; `undefined` when even the smallest fair shares add up to more than there are. */
function desiredShares(cpus: ReadonlyMap<string, number>, endpoints: number): ReadonlyMap<string, number> | undefined {
  if (cpus.size > endpoints) return undefined;
  const total = [...cpus.values()].reduce((sum, cpu) => sum + cpu, 0);
  const shares = new Map<string, number>();
  let left = endpoints;
  for (const [zone, cpu] of cpus) {
    const desired = (cpu / total) * endpoints;
    const minimum = Math.ceil(desired * (1 / (1 + overloadThreshold)));
    shares.set(zone, Math.max(desired, minimum));
    left -= minimum;
  }
  return left < 0 ? undefined : shares;
}

function countByZone(endpoints: readonly SliceEndpoint[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { zone = '' } of endpoints) counts.set(zone, (counts.get(zone) ?? 0) + 1);
  return counts;
}

/** How many endpoints each zone lends, and how many each borrows: whole endpoints, while it is worth at least half a one. */
function transfers(shares: ReadonlyMap<string, number>, counts: ReadonlyMap<string, number>) {
  const surplus = new Map<string, number>();
  const need = new Map<string, number>();
  for (const [zone, share] of shares) {
    const count = counts.get(zone) ?? 0;
    if (count > share) surplus.set(zone, count - share);
    if (count < share) need.set(zone, share - count);
  }
  const giving = new Map<string, number>();
  const receiving = new Map<string, number>();
  for (;;) {
    const [giver, toGive] = most(surplus);
    const [receiver, toReceive] = most(need);
    if ((toGive < 1 && toReceive < 1) || toGive < 0.5 || toReceive < 0.5) return { giving, receiving };
    surplus.set(giver, toGive - 1);
    need.set(receiver, toReceive - 1);
    giving.set(giver, (giving.get(giver) ?? 0) + 1);
    receiving.set(receiver, (receiving.get(receiver) ?? 0) + 1);
  }
}

function most(zones: ReadonlyMap<string, number>): readonly [string, number] {
  let best: readonly [string, number] = ['', 0];
  for (const entry of zones) if (entry[1] > best[1]) best = entry;
  return best;
}

/** Takes one from a zone's count and says whether there was one; a count of none is removed. */
function decrement(counts: Map<string, number>, zone: string, allowed: boolean): boolean {
  const count = counts.get(zone) ?? 0;
  if (!allowed || count === 0) return false;
  if (count === 1) counts.delete(zone);
  else counts.set(zone, count - 1);
  return true;
}
