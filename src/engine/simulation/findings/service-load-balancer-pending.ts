import type { Service } from '../../api/service.ts';
import type { FindingRule } from './finding.ts';

const metallbAddresses = 'metallb.io/loadBalancerIPs';

/** A LoadBalancer Service to which nobody gives an address: nobody makes any here, those who do answer to another class, or have none left. */
export const serviceLoadBalancerPending: FindingRule<Service> = ({ metadata, spec, status }, { cluster }) => {
  if (spec.type !== 'LoadBalancer' || (status.loadBalancer.ingress ?? []).length > 0) return [];
  const { name } = metadata;
  if (cluster.loadBalancer.kind === 'none') {
    const message = `Service ${name} asks for a load balancer, and this cluster has nobody who makes one.`;
    return [{ code: 'service-load-balancer-pending', message, args: { name }, path: 'spec.type' }];
  }
  if (spec.loadBalancerClass !== undefined) {
    const message = `Service ${name} asks for a load balancer of the class ${spec.loadBalancerClass}, and nobody here makes those.`;
    const args = { name, class: spec.loadBalancerClass };
    return [{ code: 'service-load-balancer-class-unclaimed', message, args, path: 'spec.loadBalancerClass' }];
  }
  const annotation = metadata.annotations?.[metallbAddresses];
  const asked = annotation ?? spec.loadBalancerIP ?? '';
  if (asked === '') return [];
  const path = annotation === undefined ? 'spec.loadBalancerIP' : `metadata.annotations[${metallbAddresses}]`;
  const message = `Service ${name} asks for the load balancer address ${asked}, which is not to be had.`;
  return [{ code: 'service-load-balancer-ip-unavailable', message, args: { name, address: asked }, path }];
};
