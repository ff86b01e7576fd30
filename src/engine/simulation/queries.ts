import type { Pod } from '../api/pod.ts';
import { answer } from '../dns/answer.ts';
import { printRecord } from '../dns/dns-record.ts';
import type { NodeRules } from '../kernel/node-rules.ts';
import { podKey } from '../nodes/kubelet.ts';
import { serviceEnvironment } from '../nodes/service-environment.ts';
import { emptyNetworkState } from '../trace/network-state.ts';
import { enumerateProbe, sendProbe, traceProbe } from '../trace/probe.ts';
import { chainRefs } from '../trace/rule-refs.ts';
import type { Enumeration, Probe, RuleRef, Trace } from '../trace/trace.ts';
import { zoneOf } from './name-resolution.ts';
import { networkOf } from './network-of.ts';
import { nodeRules } from './node-rules.ts';
import type { Snapshot } from './snapshot.ts';

/** Follows one request out and back. The seed makes the random choices. */
export function trace(snapshot: Snapshot, probe: Probe, seed: number): Trace {
  return traceProbe(networkOf(snapshot), probe, seed);
}

/**
 * Makes connections one after the other, each with a seed of its own. In IPVS mode a connection finds what those before it left behind: whose
 * turn it is, and who has how many. The other modes draw lots anew each time; what they remember of a client, `Enumeration.sticky` tells.
 */
export function connector(snapshot: Snapshot, probe: Probe): (seed: number) => Trace {
  if (snapshot.cluster.proxy.mode !== 'ipvs') return (seed) => trace(snapshot, probe, seed);
  let state = emptyNetworkState;
  return (seed) => {
    const sent = sendProbe(networkOf(snapshot), state, probe, seed);
    state = sent.state;
    return sent.trace;
  };
}

/** Every way a request can go, with its probability. */
export function enumerate(snapshot: Snapshot, probe: Probe): Enumeration {
  return enumerateProbe(networkOf(snapshot), probe);
}

/** What kube-proxy wrote on a node; `undefined` when there is no such node, or its proxy mode is not modelled. */
export function listRules(snapshot: Snapshot, node: string): NodeRules | undefined {
  return nodeRules(snapshot).get(node);
}

/** All rules of one chain of a node, as traces refer to them; none where the node, the chain or its proxy mode is not there. */
export function listChain(snapshot: Snapshot, node: string, table: string, chain: string): readonly RuleRef[] {
  const rules = nodeRules(snapshot).get(node);
  return rules === undefined ? [] : chainRefs(rules, table, chain).refs;
}

/** A DNS answer as `dig` prints its records. */
export interface PrintedDnsAnswer {
  readonly status: 'NOERROR' | 'NXDOMAIN' | 'SERVFAIL';
  readonly answer: readonly string[];
  readonly authority: readonly string[];
  readonly additional: readonly string[];
}

/** Asks the cluster's DNS server one question; `name` is absolute, with or without its last dot. */
export function queryDns(snapshot: Snapshot, name: string, type: string): PrintedDnsAnswer {
  const { status, answer: found, authority, additional } = answer(zoneOf(snapshot), { name, type });
  return { status, answer: found.map(printRecord), authority: authority.map(printRecord), additional: additional.map(printRecord) };
}

/**
 * The Service variables the containers of a Pod were started with; those they would get now, for a Pod that ran before the world began. None
 * for a Pod that is not there.
 */
export function podEnvironment({ store, programs }: Snapshot, namespace: string, name: string): readonly string[] {
  const pod = store.get<Pod>('Pod', namespace, name);
  if (pod === undefined) return [];
  return programs.get(podKey(pod))?.environment ?? serviceEnvironment(store, pod);
}
