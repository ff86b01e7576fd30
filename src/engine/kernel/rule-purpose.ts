/**
 * What a rule is for, left by whoever wrote it for whoever explains it. The kernel never reads it: a packet's fate
 * depends on matches and targets alone.
 */
export type RulePurpose =
  /** A built-in chain hands over to the proxy's own chain. */
  | 'entry'
  /** An address of a Service (cluster IP, external IP, load balancer) was recognised. */
  | 'service-address'
  /** The packet is for an address of this host, so it may be for a node port. */
  | 'node-port-dispatch'
  | 'node-port'
  /** One of a Service's endpoints is chosen, or the one a client had before. */
  | 'pick'
  | 'remembered-pick'
  /** The same, chosen by IPVS' scheduler. */
  | 'scheduled-pick'
  /** The packet is led to the process that relays it. */
  | 'relay'
  /** The destination becomes an endpoint. */
  | 'endpoint'
  /** The packet will need a new source: an endpoint that reached itself, a sender whose answer must come back here. */
  | 'hairpin'
  | 'masquerade-mark'
  | 'set-mark'
  | 'unmarked'
  | 'clear-mark'
  | 'masquerade'
  /** Local policy: what Pods and the host itself send goes to every endpoint all the same. */
  | 'short-circuit'
  | 'policy'
  | 'source-range'
  | 'outside-source-ranges'
  | 'no-endpoints'
  | 'no-local-endpoints'
  | 'not-a-service-port'
  | 'unallocated-address'
  | 'health-check'
  | 'invalid'
  | 'forward'
  | 'localnet';
