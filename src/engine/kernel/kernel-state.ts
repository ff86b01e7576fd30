import { type ConntrackTable, noConnections } from './conntrack.ts';
import { noRecentLists, type RecentLists } from './iptables/recent-lists.ts';
import { emptyIpvsState, type IpvsState } from './ipvs/ipvs-state.ts';
import { type DynamicSets, noDynamicSets } from './nftables/dynamic-sets.ts';
import { emptyRelayState, type RelayState } from './relay/relay-state.ts';

/** What one host's kernel remembers from packet to packet. Immutable. */
export interface KernelState {
  readonly conntrack: ConntrackTable;
  /** Session affinity in iptables mode. */
  readonly recent: RecentLists;
  /** Session affinity in nftables mode. */
  readonly dynamicSets: DynamicSets;
  /** Turns and session affinity in IPVS mode. */
  readonly ipvs: IpvsState;
  /** Not the kernel's, but of a process beside it: turns and session affinity in userspace mode. */
  readonly relays: RelayState;
}

export const emptyKernelState: KernelState = {
  conntrack: noConnections,
  recent: noRecentLists,
  dynamicSets: noDynamicSets,
  ipvs: emptyIpvsState,
  relays: emptyRelayState,
};
