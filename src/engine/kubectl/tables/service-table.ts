import type { LoadBalancerIngress, Service, ServicePortSpec } from '../../api/service.ts';
import { formatLabels } from '../format-labels.ts';
import { age, layout } from './table.ts';

/** Load balancer addresses are cut to this many characters, except in wide output. */
const loadBalancerWidth = 16;

/** Models: pkg/printers/internalversion/printers.go printService, v1.37. */
export const serviceTable = layout<Service>(
  ['NAME', 'TYPE', 'CLUSTER-IP', 'EXTERNAL-IP', 'PORT(S)', 'AGE'],
  ['SELECTOR'],
  (service, { now, wide }) => {
    const { metadata, spec } = service;
    const cells = [
      metadata.name,
      spec.type,
      spec.clusterIPs?.[0] ?? '<none>',
      externalAddresses(service, wide),
      (spec.ports ?? []).map(formatPort).join(',') || '<none>',
      age(service, now),
    ];
    return wide ? [...cells, formatLabels(spec.selector)] : cells;
  },
);

function formatPort({ port, nodePort = 0, protocol }: ServicePortSpec): string {
  return nodePort > 0 ? `${port}:${nodePort}/${protocol}` : `${port}/${protocol}`;
}

function externalAddresses({ spec, status }: Service, wide: boolean): string {
  const externalIPs = spec.externalIPs ?? [];
  switch (spec.type) {
    case 'ClusterIP':
    case 'NodePort':
      return externalIPs.join(',') || '<none>';
    case 'ExternalName':
      return spec.externalName ?? '';
    case 'LoadBalancer': {
      const balancer = formatIngress(status.loadBalancer.ingress, wide);
      const all = [...(balancer === '' ? [] : [balancer]), ...externalIPs];
      return all.length === 0 ? '<pending>' : all.join(',');
    }
  }
}

/** Addresses and host names, sorted, each once. */
export function formatIngress(ingress: readonly LoadBalancerIngress[] | undefined, wide: boolean): string {
  const names = new Set((ingress ?? []).flatMap(({ ip, hostname }) => ip || hostname || []));
  const text = [...names].sort().join(',');
  return wide || text.length <= loadBalancerWidth ? text : `${text.slice(0, loadBalancerWidth - 3)}...`;
}
