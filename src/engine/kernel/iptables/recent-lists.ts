import type { IPv4 } from '../../api/ipv4.ts';

/** What `xt_recent` remembers: per list and source address, when the address was last noted (cluster clock, ms). Immutable. */
export type RecentLists = ReadonlyMap<string, ReadonlyMap<IPv4, number>>;

export const noRecentLists: RecentLists = new Map();

/** Linux' `ip_list_tot`: a full list forgets the address noted longest ago. */
const addressesPerList = 100;

export function noteRecent(lists: RecentLists, list: string, address: IPv4, now: number): RecentLists {
  const noted = new Map(lists.get(list));
  noted.delete(address);
  for (const oldest of noted.keys()) {
    if (noted.size < addressesPerList) break;
    noted.delete(oldest);
  }
  noted.set(address, now);
  return new Map(lists).set(list, noted);
}

/** Whether the address was noted in the list within the last `seconds`. */
export function isRecent(lists: RecentLists, list: string, address: IPv4, seconds: number, now: number): boolean {
  const noted = lists.get(list)?.get(address);
  return noted !== undefined && now - noted <= seconds * 1000;
}
