import type { ObjectDraft } from './draft.ts';

/** A Service on its way through admission; fields as in {@link Service}, none of them checked. */
export interface ServiceDraft extends ObjectDraft {
  spec: ServiceSpecDraft;
  status: { loadBalancer: { ingress?: LoadBalancerIngressDraft[] } };
}

export interface LoadBalancerIngressDraft {
  ip?: string;
  hostname?: string;
  ipMode?: string;
  ports?: unknown[];
}

export interface ServiceSpecDraft {
  type?: string;
  selector?: Record<string, string>;
  clusterIP?: string;
  clusterIPs?: string[];
  externalIPs?: string[];
  externalName?: string;
  ports?: ServicePortDraft[];
  sessionAffinity?: string;
  sessionAffinityConfig?: { clientIP?: { timeoutSeconds?: number } };
  internalTrafficPolicy?: string;
  externalTrafficPolicy?: string;
  healthCheckNodePort?: number;
  publishNotReadyAddresses?: boolean;
  loadBalancerIP?: string;
  loadBalancerSourceRanges?: string[];
  loadBalancerClass?: string;
  allocateLoadBalancerNodePorts?: boolean;
  trafficDistribution?: string;
  ipFamilies?: string[];
  ipFamilyPolicy?: string;
}

export interface ServicePortDraft {
  name?: string;
  protocol?: string;
  appProtocol?: string;
  port?: number;
  targetPort?: number | string;
  nodePort?: number;
}

/** Models: pkg/api/service/util.go ExternallyAccessible. */
export function externallyAccessible(spec: ServiceSpecDraft): boolean {
  return usesNodePorts(spec) || (spec.type === 'ClusterIP' && (spec.externalIPs?.length ?? 0) > 0);
}

export function usesNodePorts(spec: ServiceSpecDraft): boolean {
  return spec.type === 'NodePort' || spec.type === 'LoadBalancer';
}

/** Models: pkg/api/service/util.go NeedsHealthCheck. */
export function needsHealthCheck(spec: ServiceSpecDraft): boolean {
  return spec.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local';
}

export function isHeadless(spec: ServiceSpecDraft): boolean {
  return spec.clusterIPs?.length === 1 && spec.clusterIPs[0] === 'None';
}

export function sameList(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  const length = a?.length ?? 0;
  if (length !== (b?.length ?? 0)) return false;
  for (let i = 0; i < length; i += 1) if (a?.[i] !== b?.[i]) return false;
  return true;
}
