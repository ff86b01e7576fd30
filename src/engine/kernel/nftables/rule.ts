import type { Cidr } from '../../api/cidr.ts';
import type { IPv4 } from '../../api/ipv4.ts';
import type { Protocol } from '../../api/protocol.ts';
import type { FieldOrigin } from '../../diagnostics/diagnostic.ts';
import type { Hook } from '../hook.ts';
import type { RulePurpose } from '../rule-purpose.ts';

/** A field of a packet that sets and maps are looked up by. */
export type NftField = 'ip saddr' | 'ip daddr' | 'meta l4proto' | 'th dport';

/** What a verdict map answers, and what some statements are. */
export type NftVerdict = { readonly kind: 'goto' | 'jump'; readonly chain: string } | { readonly kind: 'drop' };

export interface NftTarget {
  readonly address: IPv4;
  readonly port: number;
}

/** One part of a rule. They are taken from left to right; a rule ends at the first that does not match. */
export type NftPart =
  // Matches.
  | { readonly kind: 'ct-state-new' }
  | { readonly kind: 'ct-status-dnat' }
  | { readonly kind: 'address'; readonly end: 'saddr' | 'daddr'; readonly negated: boolean; readonly ranges: readonly Cidr[] }
  | { readonly kind: 'in-set'; readonly key: readonly NftField[]; readonly set: string }
  | { readonly kind: 'protocol'; readonly protocol: Protocol }
  | { readonly kind: 'local-address'; readonly end: 'saddr' | 'daddr' }
  | { readonly kind: 'marked'; readonly bits: number }
  // Statements.
  | { readonly kind: 'set-mark'; readonly bits: number }
  | { readonly kind: 'flip-mark'; readonly bits: number }
  | { readonly kind: 'vmap'; readonly key: readonly NftField[]; readonly map: string }
  | { readonly kind: 'random-vmap'; readonly chains: readonly string[] }
  | { readonly kind: 'update'; readonly set: string }
  | NftVerdict
  | { readonly kind: 'reject' }
  | { readonly kind: 'dnat'; readonly target: NftTarget }
  | { readonly kind: 'random-dnat'; readonly targets: readonly NftTarget[] }
  | { readonly kind: 'masquerade' };

export interface NftRuleFields {
  readonly parts: readonly NftPart[];
  readonly comment?: string | undefined;
  readonly purpose: RulePurpose;
  /** The Service fields this rule was written for; empty for rules that every node has. */
  readonly origins: readonly FieldOrigin[];
}

/** Made by `writeNftRule` only, so that `text` always says what the other fields do. */
export interface NftRule extends NftRuleFields {
  /** As `nft list` prints it. */
  readonly text: string;
}

/** Where the kernel calls a base chain, and the priority in numbers and as `nft list` prints it. */
export interface NftHook {
  readonly type: 'filter' | 'nat';
  readonly hook: Hook;
  readonly priority: number;
  readonly printedPriority: string;
}

export interface NftChain {
  readonly name: string;
  readonly hook?: NftHook;
  readonly comment?: string;
  readonly rules: readonly NftRule[];
}

/** An element of a set or a verdict map. `key` is its printed form: `10.96.0.10 . tcp . 80`. */
export interface NftElement {
  readonly key: string;
  readonly comment?: string;
  /** Only in maps. */
  readonly verdict?: NftVerdict;
  readonly text: string;
  readonly purpose: RulePurpose;
  readonly origins: readonly FieldOrigin[];
}

/** A set, or a verdict map, by whether its elements have verdicts. */
export interface NftSet {
  readonly name: string;
  readonly kind: 'set' | 'map';
  /** As printed: `ipv4_addr . inet_proto . inet_service : verdict`. */
  readonly type: string;
  readonly comment?: string;
  readonly elements: readonly NftElement[];
  /** Seconds; the kernel itself adds elements as packets pass, and forgets them after so long. Such a set is never empty for good. */
  readonly timeout?: number;
}

/** One table with all that is in it, in the order `nft list` prints it. */
export interface NftTable {
  readonly name: string;
  readonly comment: string;
  readonly sets: readonly NftSet[];
  readonly chains: readonly NftChain[];
}
