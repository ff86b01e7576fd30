import type { IPv4 } from '../api/ipv4.ts';
import type { Chooser, Odds } from './chance.ts';
import type { Hook } from './hook.ts';
import type { KernelState } from './kernel-state.ts';
import type { Packet } from './packet.ts';

/**
 * One list of rules the kernel runs at a hook: an iptables table, an nftables base chain. A hook's stages run in order
 * of priority; a `nat` stage sees only the first packet of a connection, and so does IPVS, whose virtual servers are a stage too.
 */
export interface Stage {
  readonly kind: 'nat' | 'filter' | 'ipvs';
  readonly table: string;
  readonly chain: string;
}

/** What conntrack knows of a packet when rules look at it. */
export type TrackingState = 'new' | 'established' | 'related' | 'invalid';

/** What a stage's rules may ask about. */
export interface StageInput {
  readonly hook: Hook;
  readonly packet: Packet;
  readonly tracking: TrackingState;
  /** Whether the connection's destination has been translated (`--ctstate DNAT`). */
  readonly destinationTranslated: boolean;
  /** The packet as its sender sent it (`-m ipvs --vaddr`). */
  readonly original?: Packet;
  /** Whether the packet came in by a port of a bridge (`--physdev-is-in`). */
  readonly fromBridge?: boolean;
  /** Whether an address belongs to this host (`--dst-type LOCAL`). */
  readonly isLocal: (address: IPv4) => boolean;
  readonly chooser: Chooser;
  readonly state: KernelState;
  /** Milliseconds of the cluster's clock. */
  readonly now: number;
}

export type Verdict =
  | { readonly kind: 'accept' }
  | { readonly kind: 'drop' }
  | { readonly kind: 'reject'; readonly with: 'icmp-port-unreachable' }
  | { readonly kind: 'dnat'; readonly address: IPv4; readonly port?: number }
  | { readonly kind: 'redirect'; readonly port: number }
  | { readonly kind: 'masquerade'; readonly randomPort: boolean };

/** What a matching rule did; `recall`: took the endpoint this client had before. A rule that picks an endpoint and translates to it in one is visited twice, the second time with a count of 0. */
export type RuleEffect =
  | 'jump'
  | 'pick'
  | 'recall'
  | 'return'
  | 'mark'
  | 'count'
  | 'accept'
  | 'drop'
  | 'reject'
  | 'dnat'
  | 'redirect'
  | 'masquerade';

/**
 * Rules one after another in one chain: a run of rules that did not match (`effect` absent), or one rule that did.
 * Positions count from 1.
 */
export interface RuleVisit {
  readonly table: string;
  readonly chain: string;
  readonly position: number;
  readonly count: number;
  readonly effect?: RuleEffect;
}

export interface StageOutcome {
  readonly verdict: Verdict;
  readonly mark: number;
  readonly state: KernelState;
  /** In the order in which the rules were looked at. */
  readonly visits: readonly RuleVisit[];
  /** Odds of all random decisions of this stage together. */
  readonly odds: Odds;
  /** Whether a rule asked which endpoint this client had before (session affinity). */
  readonly askedMemory: boolean;
}
