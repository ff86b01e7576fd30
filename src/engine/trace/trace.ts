import type { IPv4 } from '../api/ipv4.ts';
import type { PacketProtocol } from '../api/protocol.ts';
import type { FieldOrigin } from '../diagnostics/diagnostic.ts';

/** Who sends. */
export type Sender =
  | { readonly kind: 'pod'; readonly namespace: string; readonly name: string }
  | { readonly kind: 'node'; readonly name: string }
  | { readonly kind: 'outside'; readonly name: string };

/** A request to be traced. `host` is a name or an address; a name is resolved first, as the sender's resolver would. */
export interface Probe {
  readonly from: Sender;
  readonly protocol: PacketProtocol;
  readonly host: string;
  /** Absent for ICMP. */
  readonly port?: number;
  /** Set when the sender speaks HTTP; then the answer's status is part of the end. */
  readonly http?: { readonly method: string; readonly path: string };
}

/** Where something happens. A Pod's `node` is the node that runs it. */
export type Place =
  | { readonly kind: 'pod'; readonly namespace: string; readonly name: string; readonly node: string }
  | { readonly kind: 'node'; readonly name: string }
  | { readonly kind: 'outside'; readonly name: string }
  /** A load balancer in front of the cluster, or the network between hosts. */
  | { readonly kind: 'network'; readonly name: string };

/** A packet's header as far as this course needs it. Immutable. */
export interface Packet {
  readonly protocol: PacketProtocol;
  readonly source: IPv4;
  readonly sourcePort?: number;
  readonly destination: IPv4;
  readonly destinationPort?: number;
  /** The kernel's packet mark (`fwmark`), 0 when unset. */
  readonly mark: number;
}

/** The three stretches of a journey; the trace table prints one row group each. */
export type Leg = 'dns' | 'out' | 'back';

/** Names of the curriculum's trace vocabulary (section 2.0), the same in widgets, editor and graders. */
export type StepKind =
  | 'dns.query'
  | 'dns.answer'
  | 'send'
  | 'route'
  | 'rule.match'
  | 'lb.pick'
  | 'nat.dnat'
  | 'nat.snat'
  | 'net.forward'
  | 'pod.accept'
  | 'reject'
  | 'drop'
  | 'nat.reverse'
  | 'reply'
  | 'receive';

/** Exact odds of a random choice: `numerator/denominator`. Both are positive integers. */
export interface Odds {
  readonly numerator: number;
  readonly denominator: number;
}

/** One printed rule of one node. `id` is unique in a snapshot and stable while the rule's text is. */
export interface RuleRef {
  readonly id: string;
  readonly node: string;
  /** `nat`, `filter`, …; nftables: `kube-proxy`. */
  readonly table: string;
  readonly chain: string;
  /** 1-based position in the chain, as `iptables -L --line-numbers` counts. */
  readonly position: number;
  /** As `iptables-save` or `nft list` prints it. */
  readonly text: string;
  /** The Service fields this rule was written for; empty for rules that every node has. */
  readonly origins: readonly FieldOrigin[];
}

/** Why a step went as it did: a key of the word table and the values its sentence fills in. */
export interface StepReason {
  readonly code: StepReasonCode;
  readonly args: Readonly<Record<string, string | number>>;
}

/** Every reason a step can have; `#words` has one Korean sentence for each. Component first, kebab-case. */
export const stepReasonCodes = [
  'dns-query',
  'dns-answer-address',
  'dns-answer-alias',
  'dns-no-such-name',
  'dns-no-data',
  'dns-server-failure',
  'send-request',
  'rule-service-portal',
  'rule-jump',
  'pick-endpoint',
  'dnat-to-endpoint',
  'deliver-to-pod',
] as const;
export type StepReasonCode = (typeof stepReasonCodes)[number];

/** One decision on the way. `after` is the same object as `before` when nothing was rewritten. */
export interface Step {
  /** Index in {@link Trace.steps}. */
  readonly index: number;
  readonly leg: Leg;
  readonly kind: StepKind;
  readonly place: Place;
  /** Netfilter hook, when a rule or conntrack decided. */
  readonly hook?: 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting';
  readonly before?: Packet;
  readonly after?: Packet;
  /** The rule that decided. */
  readonly rule?: RuleRef;
  /** Rules looked at on the way to this decision that did not match, in order. */
  readonly passed: readonly RuleRef[];
  /** Rules that matched without deciding anything by themselves (jumps), in order. */
  readonly walked: readonly RuleRef[];
  readonly odds?: Odds;
  readonly conntrack?: ConntrackEntry;
  readonly reason: StepReason;
}

/** A conntrack entry as `conntrack -L` shows it: the packet as first seen, and the reply that will be recognised. */
export interface ConntrackEntry {
  readonly node: string;
  readonly original: Packet;
  readonly reply: Packet;
}

export type DropCause = 'policy' | 'local-only' | 'source-ranges' | 'firewall' | 'invalid';

/** How a journey ends (ARCHITECTURE.md, "One vocabulary"). `step` is the index of the step that decided. */
export type TraceEnd =
  | { readonly kind: 'delivered'; readonly step: number; readonly to: Place; readonly sourceSeen: IPv4; readonly httpStatus?: number }
  | { readonly kind: 'rejected'; readonly step: number; readonly by: Place }
  | { readonly kind: 'refused'; readonly step: number; readonly by: Place }
  | { readonly kind: 'dropped'; readonly step: number; readonly by: Place; readonly cause: DropCause }
  | {
      readonly kind: 'unreachable';
      readonly step: number;
      readonly cause: 'no-route' | 'no-such-host' | 'host-unreachable' | 'net-unreachable';
    }
  | { readonly kind: 'name-error'; readonly step: number; readonly status: 'NXDOMAIN' | 'NODATA' | 'SERVFAIL' }
  | { readonly kind: 'not-modelled'; readonly what: readonly string[] };

export type TraceEndKind = TraceEnd['kind'];

/** One journey of one connection's first packet, and of its answer. Plain data: safe to post to a worker and to store. */
export interface Trace {
  readonly probe: Probe;
  /** The seed the random choices were made with; `undefined` for a trace out of {@link PossibleTrace}. */
  readonly seed?: number;
  readonly steps: readonly Step[];
  readonly end: TraceEnd;
  /** Entries made on the way, one a node that tracked the connection. */
  readonly conntrack: readonly ConntrackEntry[];
  /** How many rules were looked at in all, over all nodes: what the journey costs. */
  readonly rulesWalked: number;
}

/** One of all the ways a probe can go. Probabilities of a probe's possible traces add up to 1. */
export interface PossibleTrace {
  readonly probability: number;
  readonly trace: Trace;
}

/** Every way a probe can go. `sticky`: session affinity keeps a client on whichever it met first. */
export interface Enumeration {
  readonly possible: readonly PossibleTrace[];
  readonly sticky: boolean;
}
