import type { Endpoint } from './endpoint.ts';
import { type ServicePort, usesClusterEndpoints, usesLocalEndpoints } from './service-port.ts';

/** The node whose rules are written. */
export interface ProxyNode {
  readonly name: string;
  readonly zone?: string;
}

export interface CategorizedEndpoints {
  readonly cluster: readonly Endpoint[] | undefined;
  readonly local: readonly Endpoint[] | undefined;
  /** Union of both lists: each of these needs a chain on this node. */
  readonly reachable: readonly Endpoint[];
  /** Whether the Service has an endpoint on any node at all. With `local` empty this decides between dropping and rejecting. */
  readonly hasAny: boolean;
}

/**
 * Chooses the endpoints this node may send a Service port's traffic to.
 *
 * `cluster` and `local` are separate because a Service can need both: with `externalTrafficPolicy: Local`, Pods inside
 * the cluster still reach every endpoint. `undefined` means the Service never uses that list, so no rule is written.
 * `[]` means it does and nothing can take traffic, so a rule must drop or reject.
 *
 * Each list falls back to endpoints that are terminating but still serve when nothing is ready, independently of the other.
 *
 * Models: kube-proxy pkg/proxy/topology.go CategorizeEndpoints, v1.37.
 *
 * @models yes choosing endpoints: traffic policies, hints of trafficDistribution and topology-mode, terminating fallback.
 */
export function categorizeEndpoints(endpoints: readonly Endpoint[], port: ServicePort, node: ProxyNode): CategorizedEndpoints {
  const cluster = usesClusterEndpoints(port) ? clusterEndpoints(endpoints, node) : undefined;
  if (!usesLocalEndpoints(port)) return { cluster, local: undefined, reachable: cluster ?? [], hasAny: (cluster ?? []).length > 0 };
  const local = readyOrServing(endpoints.filter((endpoint) => endpoint.node === node.name));
  return {
    cluster,
    local,
    reachable: cluster === undefined ? local : union(cluster, local),
    hasAny: endpoints.some((endpoint) => endpoint.ready || isDraining(endpoint)),
  };
}

function clusterEndpoints(endpoints: readonly Endpoint[], node: ProxyNode): readonly Endpoint[] {
  const ready = endpoints.filter((endpoint) => endpoint.ready);
  return ready.length === 0 ? endpoints.filter(isDraining) : hinted(ready, node);
}

/**
 * Hints count only when every ready endpoint has one: a single endpoint without hint, or none for this node or zone, and
 * traffic goes everywhere. There is no fallback to the nearest zone.
 */
function hinted(ready: readonly Endpoint[], node: ProxyNode): readonly Endpoint[] {
  if (ready.every((endpoint) => endpoint.nodeHints.length > 0)) {
    const here = ready.filter((endpoint) => endpoint.nodeHints.includes(node.name));
    if (here.length > 0) return here;
  }
  if (ready.every((endpoint) => endpoint.zoneHints.length > 0)) {
    const here = ready.filter((endpoint) => endpoint.zoneHints.includes(node.zone ?? ''));
    if (here.length > 0) return here;
  }
  return ready;
}

function readyOrServing(endpoints: readonly Endpoint[]): readonly Endpoint[] {
  const ready = endpoints.filter((endpoint) => endpoint.ready);
  return ready.length > 0 ? ready : endpoints.filter(isDraining);
}

function isDraining(endpoint: Endpoint): boolean {
  return endpoint.serving && endpoint.terminating;
}

function union(cluster: readonly Endpoint[], local: readonly Endpoint[]): readonly Endpoint[] {
  const missing = local.filter((endpoint) => !cluster.includes(endpoint));
  if (missing.length === 0) return cluster;
  return [...cluster, ...missing].sort((one, other) => (one.text < other.text ? -1 : 1));
}
