import type { IPv4 } from '../api/ipv4.ts';
import type { PacketProtocol } from '../api/protocol.ts';
import type { FieldOrigin } from '../diagnostics/diagnostic.ts';
import type { Odds } from '../kernel/chance.ts';
import type { Packet } from '../kernel/packet.ts';

export type { Odds } from '../kernel/chance.ts';
export type { Packet } from '../kernel/packet.ts';

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
  /**
   * Set when the sender speaks HTTP; then the answer's status is part of the end. `path` with its query; `headers` by name, `host` among them when
   * another host is asked for than the one that is dialled; `tls`: the connection is encrypted, and `host` is the name asked for in its opening.
   */
  readonly http?: {
    readonly method: string;
    readonly path: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly tls?: true;
  };
}

/** Where something happens. A Pod's `node` is the node that runs it. */
export type Place =
  | { readonly kind: 'pod'; readonly namespace: string; readonly name: string; readonly node: string }
  | { readonly kind: 'node'; readonly name: string }
  | { readonly kind: 'outside'; readonly name: string }
  /** A load balancer in front of the cluster, or the network between hosts. */
  | { readonly kind: 'network'; readonly name: string };

/** The three stretches of a journey; the trace table prints one row group each. */
export type Leg = 'dns' | 'out' | 'back';

/**
 * Names of the curriculum's trace vocabulary (section 2.0), the same in widgets, editor and graders; `l7.route` is what a proxy that reads
 * requests decides.
 */
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
  | 'l7.route'
  | 'reject'
  | 'drop'
  | 'nat.reverse'
  | 'reply'
  | 'receive';

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

/**
 * Every reason a step can have; `#words` has one Korean sentence for each. Component first, kebab-case. The comment behind
 * a code names the args its sentence can fill in.
 */
export const stepReasonCodes = [
  'dns-query', // name, server
  'dns-answer-address', // name, address
  'dns-answer-alias', // name, target
  'dns-no-such-name', // name
  'dns-no-data', // name
  'dns-server-failure', // name
  'send-request', // destination, port (absent for ping)
  // Routing: where a packet goes next.
  'route-to-own-node', // destination, node: a Pod hands everything to the node it runs on
  'route-to-itself', // destination: an address of the sender itself
  'route-from-node', // destination: a process of the node sends
  'route-to-cluster', // destination, node: a host outside sends to a node
  'route-to-balancer', // destination: a host outside sends to a load balancer
  'route-service-unanswered', // destination, port: an address of the Service range that no rule took
  'route-nowhere', // destination: nobody has this address; the packet is lost
  'route-no-host', // destination: the network it belongs to has no such host
  // Rules.
  'rule-service-portal', // name, port
  'rule-node-port', // name, port
  'rule-jump', // chain
  'pick-endpoint', // count, address
  'pick-only-endpoint', // address
  'pick-by-scheduler', // scheduler, count, address: IPVS
  'pick-remembered', // address: session affinity
  'dnat-to-endpoint', // address, port
  'redirect-to-relay', // name, port: userspace mode leads the packet to the proxy's own process
  'dnat-known-connection', // address, port: conntrack did it, no rule was asked
  'snat-to-node', // address, node
  'snat-known-connection', // address
  'snat-by-plugin', // address: the network plug-in's masquerade of what leaves the Pod network
  'reject-no-endpoints', // name
  'reject-not-a-service-port', // destination, port
  'reject-by-rule',
  'drop-no-local-endpoints', // name, node
  'drop-source-not-allowed', // name, source
  'drop-unallocated-address', // destination: in the Service range, but no Service has it
  'drop-invalid',
  'drop-by-rule',
  'drop-firewall', // source, port
  'drop-redirect-without-address', // port: REDIRECT, and the device the packet came by has no address
  'drop-unknown-answer', // source, expected: the answer comes from an address the sender never called
  // Network policies, in worlds whose network plug-in enforces them.
  'policy-allows-egress', // pod, policy
  'policy-allows-ingress', // pod, policy
  'drop-policy-egress', // pod, policies: they isolate the sender, and none allows this
  'drop-policy-ingress', // pod, policies: they isolate the receiver, and none allows this
  // Load balancers in front of the nodes; `address` is the outside one.
  'lb-pick-node', // count, node
  'lb-pick-only-node', // node
  'lb-pick-healthy-node', // count, node, left: nodes that failed the health check
  'lb-pick-unhealthy-node', // count, node: every node has failed it
  'lb-announced', // address, node: MetalLB
  'lb-not-announced', // address
  'lb-to-node-port', // address, port: of the node
  'lb-to-node-port-from-itself', // address, port, source
  'lb-node-silent', // node: it is dead, and the health check has not noticed
  'lb-reverse', // address: the source the client expects
  'drop-lb-port', // address, port: the Service does not have it
  'forward-to-balancer', // address
  // Arrival.
  'forward-to-node', // from, to, address: on to the node that runs the Pod
  'forward-to-outside', // address
  'deliver-to-pod', // port, name, source
  'deliver-to-host', // port, name, source: a process of the node itself, such as kube-proxy's health check
  'deliver-to-outside', // port, name, source
  'deliver-ping', // name, source: the kernel answers, no program is asked
  'refuse-nobody-listens', // port, name
  // An L7 proxy between the client and the back end: `service` and `route` are `namespace/name`.
  'l7-tls-ended', // host, secret: the certificate's
  'l7-tls-untrusted', // host: no certificate for it, so that the proxy's own is shown
  'l7-route-matched', // route, host, path, service, port
  'l7-rule-matched', // route, host, path: the back end is chosen by weight
  'l7-default-backend', // route, service
  'l7-no-route', // host, path
  'l7-redirected', // status, location
  'l7-canary-by-affinity', // service: the canary's
  'l7-canary-by-header', // service
  'l7-canary-by-cookie', // service
  'l7-canary-by-weight', // service
  'l7-main-by-affinity', // service: the canary's, which does not get this request
  'l7-main-by-header', // service
  'l7-main-by-cookie', // service
  'l7-main-by-weight', // service
  'l7-canary-skipped', // service: it has no ready endpoint
  'l7-weighted', // service: one of several back ends with weights
  'l7-no-endpoints', // service, status
  'l7-no-service', // service, status
  'l7-pick-endpoint', // count, address
  'l7-pick-any-endpoint', // count, address: by chance
  'l7-pick-only-endpoint', // address
  'l7-pick-remembered', // address: the cookie leads there
  'l7-connect', // address, port, source: the proxy opens a connection of its own; `source` is the client as it saw it
  'l7-next-endpoint', // address, port: the one before did not answer
  'l7-gives-up', // status: no endpoint answered
  // The userspace proxy's process.
  'relay-accept', // name, port, source: the process takes the client's connection itself
  'relay-pick', // count, address: whose turn it is
  'relay-connect', // address: a connection of its own
  'relay-next', // address: the one before did not answer
  'relay-gives-up', // name, count: nobody answered
  'relay-nobody', // name: there is no endpoint
  // The way back.
  'reply-answer', // status (absent unless HTTP)
  'reply-refusal', // port
  'reply-lost', // destination: no way back to the sender
  'reverse-nat', // address: the source the sender expects
  'receive-answer', // source
  'receive-refusal', // source
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
  /** Fields behind a decision that no printed rule made: those of network policies. */
  readonly origins?: readonly FieldOrigin[];
  /** Rules looked at on the way to this decision that did not match, in order. */
  readonly passed: readonly RuleRef[];
  /** Rules that matched without deciding anything by themselves (jumps), in order. */
  readonly walked: readonly RuleRef[];
  readonly odds?: Odds;
  readonly conntrack?: ConntrackEntry;
  /** The routing table entry that decided, as `ip route` prints it. */
  readonly route?: string;
  readonly reason: StepReason;
}

/** A conntrack entry as `conntrack -L` shows it: the packet as first seen, and the reply that will be recognised. */
export interface ConntrackEntry {
  readonly node: string;
  readonly original: Packet;
  readonly reply: Packet;
}

export type DropCause =
  | 'policy'
  | 'local-only'
  | 'source-ranges'
  | 'unallocated'
  | 'firewall'
  | 'load-balancer'
  | 'no-endpoints'
  | 'invalid';

/** What an L7 proxy saw of a client, and told it. */
export interface ProxyView {
  readonly place: Place;
  /** What the proxy writes into `X-Forwarded-For`. */
  readonly sourceSeen: IPv4;
  /** Set when the client's connection was encrypted; `secret` (`namespace/name`) absent: the proxy's own certificate, which nobody trusts. */
  readonly certificate?: { readonly secret?: string };
  /** The answer's `Set-Cookie` header. */
  readonly setCookie?: string;
  /** Where a redirect leads. */
  readonly location?: string;
}

/** How a journey ends (ARCHITECTURE.md, "One vocabulary"). `step` is the index of the step that decided. */
export type TraceEnd =
  | {
      readonly kind: 'delivered';
      readonly step: number;
      readonly to: Place;
      readonly sourceSeen: IPv4;
      readonly httpStatus?: number;
      /** The L7 proxy that took the client's connection, when one did; `to` is the proxy itself where it answered on its own. */
      readonly proxy?: ProxyView;
    }
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
  /** How often the bytes went up to a process and down again, both ways together, where one relays them. Absent: the kernel did everything. */
  readonly crossings?: number;
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
