import type { Cidr } from '../../api/cidr.ts';
import type { IPv4 } from '../../api/ipv4.ts';
import type { Protocol } from '../../api/protocol.ts';
import type { FieldOrigin } from '../../diagnostics/diagnostic.ts';
import type { Odds } from '../chance.ts';
import type { IpSetDirections } from '../ipvs/ip-set.ts';
import type { RulePurpose } from '../rule-purpose.ts';

/** `-s` or `-d`, or their negation. */
export interface AddressMatch {
  readonly range: Cidr;
  readonly negated: boolean;
}

export type CtState = 'NEW' | 'ESTABLISHED' | 'RELATED' | 'INVALID' | 'DNAT';

/** One `-m`. Kept in the order the rule was written in, because `iptables-save` prints that order. */
export type IptablesMatch =
  | { readonly kind: 'comment'; readonly text: string }
  /** `-m tcp --dport 80`; without a port it only repeats the rule's protocol. */
  | { readonly kind: 'port'; readonly protocol: Protocol; readonly destinationPort?: number }
  | { readonly kind: 'conntrack'; readonly states: readonly CtState[]; readonly negated: boolean }
  /** `-m state --state NEW`: what `conntrack` was called before. */
  | { readonly kind: 'state'; readonly state: CtState }
  /** `-m physdev ! --physdev-is-in`: the packet has not come in by a port of a bridge. */
  | { readonly kind: 'not-from-bridge' }
  | { readonly kind: 'mark'; readonly value: number; readonly mask: number; readonly negated: boolean }
  | { readonly kind: 'addrtype'; readonly end: 'source' | 'destination'; readonly type: 'LOCAL'; readonly negated?: true }
  /** Asks an ipset (IPVS mode). */
  | { readonly kind: 'set'; readonly set: string; readonly directions: IpSetDirections }
  /** Matches what IPVS has sent on from a virtual server. */
  | { readonly kind: 'ipvs'; readonly protocol: Protocol; readonly address: IPv4; readonly port: number }
  /** `! --physdev-is-in`: the packet did not come in by a port of a bridge. */
  | { readonly kind: 'not-bridged' }
  | { readonly kind: 'statistic'; readonly odds: Odds }
  /** Notes the source address in a list. Always matches. */
  | { readonly kind: 'recent-set'; readonly list: string }
  /** Matches when the source address was noted in the list within so many seconds. */
  | { readonly kind: 'recent-check'; readonly list: string; readonly seconds: number }
  /** Counts the packet under a name. Always matches. */
  | { readonly kind: 'nfacct'; readonly name: string };

export type IptablesTarget =
  | { readonly kind: 'jump'; readonly chain: string }
  | { readonly kind: 'accept' }
  | { readonly kind: 'drop' }
  | { readonly kind: 'return' }
  | { readonly kind: 'reject'; readonly with: 'icmp-port-unreachable' }
  /** `--set-xmark value/mask`: the bits of `mask` are cleared, then `value` is XORed in. */
  | { readonly kind: 'mark'; readonly value: number; readonly mask: number }
  | { readonly kind: 'dnat'; readonly address: IPv4; readonly port: number }
  /** To a port of this host, at the address of the device that the packet came in by. */
  | { readonly kind: 'redirect'; readonly port: number }
  | { readonly kind: 'masquerade'; readonly randomFully: boolean };

/** What a rule says, as its writer states it. */
export interface IptablesRuleFields {
  readonly source?: AddressMatch | undefined;
  readonly destination?: AddressMatch | undefined;
  readonly protocol?: Protocol | undefined;
  readonly matches: readonly IptablesMatch[];
  /** Absent: the rule only counts packets. */
  readonly target?: IptablesTarget | undefined;
  readonly purpose: RulePurpose;
  /** The Service fields this rule was written for; empty for rules that every node has. */
  readonly origins: readonly FieldOrigin[];
}

/** A rule in its chain. Made by `writeRule` only, so that `text` always says what the other fields do. */
export interface IptablesRule extends IptablesRuleFields {
  /** As `iptables-save` prints it. */
  readonly text: string;
}

export interface IptablesChain {
  readonly name: string;
  /** Only built-in chains have one. */
  readonly policy?: 'accept' | 'drop';
  readonly rules: readonly IptablesRule[];
}

export type IptablesTableName = 'mangle' | 'filter' | 'nat';

/** The chains of one table in the order `iptables-save` prints them: built-in ones first, then by name. */
export interface IptablesTable {
  readonly name: IptablesTableName;
  readonly chains: readonly IptablesChain[];
}
