import type { KernelState } from '../kernel/kernel-state.ts';

/** What every node's kernel remembers between packets, and the time. Immutable. */
export interface NetworkState {
  /** Milliseconds of the cluster's clock. */
  readonly now: number;
  /** By node; a node that has seen no packet is absent. */
  readonly kernels: ReadonlyMap<string, KernelState>;
}

export const emptyNetworkState: NetworkState = { now: 0, kernels: new Map() };
