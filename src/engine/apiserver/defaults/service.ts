import { externallyAccessible, type ServiceDraft } from '../service-draft.ts';

/** Three hours, in seconds. */
const defaultAffinityTimeout = 10_800;

/**
 * Fills in what a Service's manifest leaves open. Addresses, node ports and families are the allocators' matter.
 *
 * Models: pkg/apis/core/v1/defaults.go SetDefaults_Service, v1.37.
 */
export function defaultService(service: ServiceDraft): void {
  service.spec ??= {};
  const { spec } = service;
  spec.sessionAffinity ??= 'None';
  if (spec.sessionAffinity === 'None') delete spec.sessionAffinityConfig;
  if (spec.sessionAffinity === 'ClientIP') {
    const timeoutSeconds = spec.sessionAffinityConfig?.clientIP?.timeoutSeconds;
    if (timeoutSeconds === undefined) spec.sessionAffinityConfig = { clientIP: { timeoutSeconds: defaultAffinityTimeout } };
  }
  spec.type ??= 'ClusterIP';
  for (const port of spec.ports ?? []) {
    port.protocol ??= 'TCP';
    // Go's zero: absent, 0 and "" are one. A missing port gives both the value 0.
    if (port.targetPort === undefined) port.targetPort = port.port ?? 0;
  }
  if (externallyAccessible(spec)) spec.externalTrafficPolicy ??= 'Cluster';
  if (spec.type === 'NodePort' || spec.type === 'LoadBalancer' || spec.type === 'ClusterIP') spec.internalTrafficPolicy ??= 'Cluster';
  if (spec.type === 'LoadBalancer') spec.allocateLoadBalancerNodePorts ??= true;
}
