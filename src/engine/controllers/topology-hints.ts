import type { SliceEndpoint } from '../api/endpoint-slice.ts';
import { isNodeReady, type Node } from '../api/node.ts';
import type { Service } from '../api/service.ts';
import { proportionalHints } from './proportional-hints.ts';

/**
 * Writes into endpoints for which zones and nodes they are meant. `lists` are the endpoints of a Service's slices, slice by slice.
 *
 * The annotation wins over the field. Endpoints that are not ready never get a hint; no hint at all means "for everybody".
 *
 * Models: k8s.io/endpointslice trafficdist/trafficdist.go and topologycache, v1.37.
 *
 * @models yes Hints of trafficDistribution PreferClose, PreferSameZone and PreferSameNode
 * @models partly Hints of the annotation topology-mode: Auto: which endpoints are lent to another zone is chance in Kubernetes
 */
export function withTopologyHints(
  service: Service,
  nodes: readonly Node[],
  lists: readonly (readonly SliceEndpoint[])[],
): readonly (readonly SliceEndpoint[])[] {
  if (asksForProportionalHints(service)) return proportionalHints(cpuByZone(nodes), lists);
  const preference = service.spec.trafficDistribution;
  const sameNode = preference === 'PreferSameNode';
  if (!sameNode && preference !== 'PreferSameZone' && preference !== 'PreferClose') return lists;
  return lists.map((endpoints) =>
    endpoints.map((endpoint) => {
      const { conditions, zone, nodeName } = endpoint;
      if (conditions?.ready !== true) return endpoint;
      const forZones = zone === undefined ? {} : { forZones: [{ name: zone }] };
      const forNodes = nodeName === undefined || !sameNode ? {} : { forNodes: [{ name: nodeName }] };
      const hints = { ...forZones, ...forNodes };
      return Object.keys(hints).length === 0 ? endpoint : { ...endpoint, hints };
    }),
  );
}

/** The older annotation wins where both are set. */
function asksForProportionalHints(service: Service): boolean {
  const annotations = service.metadata.annotations ?? {};
  const value = annotations['service.kubernetes.io/topology-aware-hints'] ?? annotations['service.kubernetes.io/topology-mode'];
  return value === 'Auto' || value === 'auto';
}

/** Allocatable CPUs of the ready workers, by zone; `undefined` when any of them does not say its zone or CPUs. */
function cpuByZone(nodes: readonly Node[]): ReadonlyMap<string, number> | undefined {
  const cpus = new Map<string, number>();
  for (const node of nodes) {
    const labels = node.metadata.labels ?? {};
    const excluded = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master'].some((key) => Object.hasOwn(labels, key));
    if (excluded || !isNodeReady(node)) continue;
    const zone = labels['topology.kubernetes.io/zone'] ?? '';
    const cpu = Number(node.status.allocatable?.cpu ?? 0);
    if (zone === '' || !(cpu > 0)) return undefined;
    cpus.set(zone, (cpus.get(zone) ?? 0) + cpu);
  }
  return cpus.size < 2 ? undefined : cpus;
}
