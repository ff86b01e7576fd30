import type { Service } from '../../api/service.ts';
import type { FindingRule } from './finding.ts';
import { isReady, slicesOf } from './service-slices.ts';

/** `publishNotReadyAddresses` with a cluster IP: rules send connections to Pods that are not ready, too. In DNS alone it is what it is for. */
export const servicePublishesNotReadyPods: FindingRule<Service> = (service, snapshot) => {
  const { metadata, spec } = service;
  if (spec.publishNotReadyAddresses !== true || spec.clusterIP === 'None') return [];
  const endpoints = slicesOf(service, snapshot).flatMap((slice) => slice.endpoints ?? []);
  const notReady = endpoints.filter((endpoint) => isReady(endpoint) && endpoint.conditions?.serving === false);
  if (notReady.length === 0) return [];
  return [
    {
      code: 'service-publishes-not-ready-pods',
      message: `Service ${metadata.name} sends connections to ${notReady.length} of its ${endpoints.length} Pods although they are not ready.`,
      args: { name: metadata.name, count: endpoints.length, unready: notReady.length },
      path: 'spec.publishNotReadyAddresses',
    },
  ];
};
