import type { Service } from '../../api/service.ts';
import type { FindingRule } from './finding.ts';
import { isDraining, isReady, slicesOf } from './service-slices.ts';

const fields = ['externalTrafficPolicy', 'internalTrafficPolicy'] as const;

/**
 * A Local policy, and nodes without an endpoint: what arrives there from outside (or is sent from there) is dropped without an answer. Silent
 * about traffic that a load balancer of this world brings: its health check leaves those nodes out.
 */
export const serviceLocalPolicyWithoutLocalPods: FindingRule<Service> = (service, snapshot) => {
  const { metadata, spec } = service;
  const isBalanced = snapshot.cluster.loadBalancer.kind !== 'none' && (service.status.loadBalancer.ingress ?? []).length > 0;
  const local = fields.filter((field) => spec[field] === 'Local' && !(field === 'externalTrafficPolicy' && isBalanced));
  if (local.length === 0) return [];
  const endpoints = slicesOf(service, snapshot).flatMap((slice) => slice.endpoints ?? []);
  const served = new Set(endpoints.filter((one) => isReady(one) || isDraining(one)).map(({ nodeName }) => nodeName));
  const bare = snapshot.cluster.nodes.filter(({ name }) => !served.has(name)).map(({ name }) => name);
  // With nobody anywhere the policy changes nothing: that is another matter.
  if (served.size === 0 || bare.length === 0) return [];
  return local.map((field) => ({
    code: 'service-local-policy-without-local-pods',
    message: `Service ${metadata.name} keeps traffic on the node it meets (${field}: Local), and no Pod of it runs on ${bare.join(', ')}.`,
    args: { name: metadata.name, field, nodes: bare.join(', ') },
    path: `spec.${field}`,
  }));
};
