import { cidrContains, parseCidr } from '../../api/cidr.ts';
import type { Service } from '../../api/service.ts';
import { passesFirewall } from '../../trace/network.ts';
import type { FindingRule } from './finding.ts';

/**
 * Source ranges stand in front of the load balancer's address only. Somebody outside whom they leave out reaches the same Pods by a node port,
 * where no firewall keeps him from it.
 */
export const serviceSourceRangesLeaveNodePortsOpen: FindingRule<Service> = ({ metadata, spec }, { cluster }) => {
  const ranges = (spec.loadBalancerSourceRanges ?? []).flatMap((text) => parseCidr(text.trim()) ?? []);
  if (spec.type !== 'LoadBalancer' || ranges.length === 0) return [];
  const leftOut = cluster.outside.filter(
    ({ address, routes }) =>
      !ranges.some((range) => cidrContains(range, address)) &&
      routes.some(({ to }) => cluster.nodes.some((node) => cidrContains(to, node.address))),
  );
  const open = (spec.ports ?? []).flatMap(({ nodePort, protocol }) => {
    if (nodePort === undefined) return [];
    return leftOut
      .filter(({ address }) => passesFirewall(cluster.firewall, address, protocol, nodePort))
      .map((host) => ({ host, nodePort }));
  });
  const [first] = open;
  if (first === undefined) return [];
  return [
    {
      code: 'service-source-ranges-leave-node-ports-open',
      message: `Service ${metadata.name} keeps ${first.host.name} from its load balancer, and leaves node port ${first.nodePort} open to it.`,
      args: { name: metadata.name, host: first.host.name, address: first.host.address, nodePort: first.nodePort },
      path: 'spec.loadBalancerSourceRanges',
    },
  ];
};
