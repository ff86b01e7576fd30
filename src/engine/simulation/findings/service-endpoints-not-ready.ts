import type { Service } from '../../api/service.ts';
import type { FindingRule } from './finding.ts';
import { isDraining, isReady, slicesOf } from './service-slices.ts';

/** Endpoints that are all there and none of them ready: connections are refused as if there were none, and a headless name is nobody's. */
export const serviceEndpointsNotReady: FindingRule<Service> = (service, snapshot) => {
  const { metadata, spec } = service;
  if (spec.type === 'ExternalName') return [];
  const endpoints = slicesOf(service, snapshot).flatMap((slice) => slice.endpoints ?? []);
  // kube-proxy falls back to Pods that are leaving; DNS, which is all a headless Service has, does not.
  const usable = endpoints.some((endpoint) => isReady(endpoint) || (spec.clusterIP !== 'None' && isDraining(endpoint)));
  if (endpoints.length === 0 || usable) return [];
  return [
    {
      code: spec.clusterIP === 'None' ? 'service-headless-endpoints-not-ready' : 'service-endpoints-not-ready',
      message: `None of the ${endpoints.length} endpoints of Service ${metadata.name} is ready.`,
      args: { name: metadata.name, namespace: metadata.namespace ?? 'default', count: endpoints.length },
      path: 'spec.selector',
      defaultedFrom: 'metadata.name',
    },
  ];
};
