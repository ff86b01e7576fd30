import { type Node, silentSince } from '../api/node.ts';
import type { Pod } from '../api/pod.ts';
import { podKey } from '../nodes/kubelet.ts';
import type { PodProgram } from '../nodes/program.ts';
import { enforcesNetworkPolicy } from '../policy/enforcement.ts';
import { buildNetwork, type Network } from '../trace/network.ts';
import { l7Proxies } from './l7-proxies.ts';
import { loadBalancers } from './load-balancers.ts';
import { nameResolver } from './name-resolution.ts';
import { nodeRules } from './node-rules.ts';
import { policyWorldOf } from './policy-world.ts';
import type { Snapshot } from './snapshot.ts';

const known = new WeakMap<Snapshot, Network>();

/** The hosts, addresses, routes and rules that packets meet at the snapshot's moment. */
export function networkOf(snapshot: Snapshot): Network {
  const before = known.get(snapshot);
  if (before !== undefined) return before;
  const { cluster, store } = snapshot;
  // A machine that has stopped dead is not there, and neither are the Pods on it.
  const dead = new Set(store.list<Node>('Node').flatMap((node) => (silentSince(node) === undefined ? [] : [node.metadata.name])));
  const network = buildNetwork({
    cluster: dead.size === 0 ? cluster : { ...cluster, nodes: cluster.nodes.filter(({ name }) => !dead.has(name)) },
    pods: store.list<Pod>('Pod').filter(({ spec }) => !dead.has(spec.nodeName ?? '')),
    programs: runningPrograms(snapshot),
    rules: nodeRules(snapshot),
    policies: enforcesNetworkPolicy(cluster.cni.kind) ? policyWorldOf(snapshot) : undefined,
    proxies: l7Proxies(snapshot),
    loadBalancers: loadBalancers(snapshot),
    resolve: nameResolver(snapshot),
  });
  known.set(snapshot, network);
  return network;
}

/** While all containers of a Pod wait for their next start, nobody listens in it. */
function runningPrograms({ store, programs }: Snapshot): ReadonlyMap<string, PodProgram> {
  const crashed = store.list<Pod>('Pod').filter(({ status }) => {
    const statuses = status.containerStatuses ?? [];
    return statuses.length > 0 && statuses.every(({ state }) => state.waiting?.reason === 'CrashLoopBackOff');
  });
  if (crashed.length === 0) return programs;
  return new Map([...programs, ...crashed.map((pod): [string, PodProgram] => [podKey(pod), { listen: [] }])]);
}
