import type { Service } from '../../api/service.ts';
import type { FindingRule } from './finding.ts';
import { hasSelector } from './selected-pods.ts';
import { slicesOf } from './service-slices.ts';

/** Neither a selector nor an EndpointSlice of somebody's making: no controller will ever write one, and nobody is behind the address. */
export const serviceWithoutEndpoints: FindingRule<Service> = (service, snapshot) => {
  const { metadata, spec } = service;
  if (spec.type === 'ExternalName' || hasSelector(spec) || slicesOf(service, snapshot).length > 0) return [];
  return [
    {
      code: 'service-without-endpoints',
      message: `Service ${metadata.name} has no selector, and no EndpointSlice says what is behind it.`,
      args: { name: metadata.name },
      path: 'spec.selector',
      defaultedFrom: 'metadata.name',
    },
  ];
};
