import type { ClusterSpec } from '../../api/cluster-spec.ts';
import type { Protocol } from '../../api/protocol.ts';
import type { Service } from '../../api/service.ts';
import type { FindingRule } from './finding.ts';

/**
 * A node port behind a firewall that lets nobody through to it: the rules are on every node, and no packet from outside gets that far. A load
 * balancer's Service needs no open node port: a cloud opens what its balancer uses, and MetalLB's address is not one of a node.
 */
export const nodePortClosedByFirewall: FindingRule<Service> = ({ metadata, spec }, { cluster }) => {
  if (spec.type !== 'NodePort') return [];
  return (spec.ports ?? []).flatMap(({ nodePort, protocol }, index) => {
    if (nodePort === undefined || isOpen(cluster, protocol, nodePort)) return [];
    return [
      {
        code: 'node-port-closed-by-firewall' as const,
        message: `Service ${metadata.name} opens ${protocol} port ${nodePort} on every node, and the firewall in front of them lets nobody through to it.`,
        args: { name: metadata.name, nodePort, protocol },
        path: `spec.ports[${index}].nodePort`,
        defaultedFrom: 'spec.type',
      },
    ];
  });
};

function isOpen({ firewall }: ClusterSpec, protocol: Protocol, port: number): boolean {
  return firewall === undefined || firewall.allow.some((rule) => rule.protocol === protocol && port >= rule.first && port <= rule.last);
}
