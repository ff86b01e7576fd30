import type { Service } from '../../api/service.ts';
import type { FindingRule } from './finding.ts';

/** A LoadBalancer Service in a cluster where nobody hands out addresses: it stays `<pending>`. */
export const serviceLoadBalancerPending: FindingRule<Service> = ({ metadata, spec }, { cluster }) => {
  if (spec.type !== 'LoadBalancer' || cluster.loadBalancer.kind !== 'none') return [];
  return [
    {
      code: 'service-load-balancer-pending',
      message: `Service ${metadata.name} asks for a load balancer, and this cluster has nobody who makes one.`,
      args: { name: metadata.name },
      path: 'spec.type',
    },
  ];
};
