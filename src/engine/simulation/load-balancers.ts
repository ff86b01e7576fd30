import type { LoadBalancerSpec } from '../api/cluster-spec.ts';
import type { EndpointSlice } from '../api/endpoint-slice.ts';
import { type IPv4, parseIPv4 } from '../api/ipv4.ts';
import { type Node, silentSince } from '../api/node.ts';
import type { Service } from '../api/service.ts';
import type { FieldOrigin } from '../diagnostics/diagnostic.ts';
import { announcingNode } from '../load-balancer/announcing-node.ts';
import type { LoadBalancer } from '../load-balancer/load-balancer.ts';
import { nodeRules } from './node-rules.ts';
import type { Snapshot } from './snapshot.ts';

const excludeLabel = 'node.kubernetes.io/exclude-from-external-load-balancers';

/** A cloud's usual check, and how fast MetalLB's speakers miss one of theirs. */
const usualChecks = {
  cloud: { periodSeconds: 10, failureThreshold: 3 },
  metallb: { periodSeconds: 1, failureThreshold: 5 },
} as const;

/**
 * What stands in front of the nodes at the snapshot's moment: one balancer for every outside address that this world's own controller gave to a
 * Service.
 *
 * @models partly load balancer health checks: a dead node is sent connections until the check has failed often enough; with policy Local a node
 * without a ready endpoint is out at once
 */
export function loadBalancers(snapshot: Snapshot): readonly LoadBalancer[] {
  const { kind } = snapshot.cluster.loadBalancer;
  if (kind === 'none') return [];
  return snapshot.store.list<Service>('Service').flatMap((service) => {
    if (service.spec.type !== 'LoadBalancer') return [];
    return (service.status.loadBalancer.ingress ?? []).flatMap(({ ip = '', ipMode = 'VIP' }) => {
      const address = parseIPv4(ip);
      return address === undefined ? [] : [balancerOf(snapshot, service, { kind, address, ipMode })];
    });
  });
}

type Made = Pick<LoadBalancer, 'kind' | 'address' | 'ipMode'>;

function balancerOf(snapshot: Snapshot, service: Service, made: Made): LoadBalancer {
  const { cluster } = snapshot;
  const { metadata, spec } = service;
  const local = spec.externalTrafficPolicy === 'Local';
  const registered = cluster.nodes.filter(({ labels }) => labels[excludeLabel] === undefined || labels[excludeLabel] === 'false');
  const alive = new Set(registered.flatMap(({ name }) => (passes(snapshot, name, made.kind) ? [name] : [])));
  const announcer = made.kind === 'metallb' ? announcerOf(snapshot, service, made.address, [...alive]) : undefined;
  const source = cluster.loadBalancer.address;
  return {
    ...made,
    service: `${metadata.namespace ?? 'default'}/${metadata.name}`,
    ports: (spec.ports ?? []).map(({ port, protocol, nodePort }) => ({ port, protocol, ...(nodePort === undefined ? {} : { nodePort }) })),
    nodes: registered.map(({ name, address }) => ({
      name,
      address,
      healthy: alive.has(name) && (!local || hasReadyEndpoint(snapshot, name, spec.healthCheckNodePort)),
    })),
    ...(announcer === undefined ? {} : { announcer }),
    ...(source === undefined || made.ipMode === 'VIP' ? {} : { source }),
    origins: originsOf(service, local),
  };
}

/** Whether the node still counts as alive: one that has died does so until it has missed enough checks. */
function passes({ store, cluster, time }: Snapshot, name: string, kind: 'cloud' | 'metallb'): boolean {
  const node = store.get<Node>('Node', undefined, name);
  const since = node === undefined ? undefined : silentSince(node);
  return since === undefined || time - since < noticeAfter(cluster.loadBalancer, kind);
}

/** Milliseconds. */
function noticeAfter({ healthCheck }: LoadBalancerSpec, kind: 'cloud' | 'metallb'): number {
  const { periodSeconds, failureThreshold } = healthCheck ?? usualChecks[kind];
  return periodSeconds * failureThreshold * 1000;
}

/** Asks the node's health check port, which kube-proxy answers. A node whose rules are not known is taken for ready. */
function hasReadyEndpoint(snapshot: Snapshot, name: string, port: number | undefined): boolean {
  const rules = nodeRules(snapshot).get(name);
  const listener = rules?.listeners.find((one) => one.port === port);
  return listener === undefined ? rules === undefined : listener.http === 200;
}

function announcerOf({ store }: Snapshot, { metadata, spec }: Service, address: IPv4, speakers: readonly string[]): string | undefined {
  const slices = store.list<EndpointSlice>('EndpointSlice', metadata.namespace);
  const endpoints = slices
    .filter((slice) => slice.metadata.labels?.['kubernetes.io/service-name'] === metadata.name)
    .flatMap((slice) => slice.endpoints ?? [])
    .filter(({ conditions }) => (conditions?.serving ?? conditions?.ready) !== false);
  return announcingNode({
    address,
    externalTrafficPolicy: spec.externalTrafficPolicy ?? 'Cluster',
    speakers,
    endpointNodes: endpoints.map(({ nodeName }) => nodeName),
  });
}

function originsOf({ apiVersion, kind, metadata }: Service, local: boolean): readonly FieldOrigin[] {
  const { name, namespace } = metadata;
  const object = { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
  const paths = local ? ['spec.externalTrafficPolicy', 'spec.healthCheckNodePort', 'spec.type'] : ['spec.type'];
  return paths.map((path) => ({ object, path }));
}
