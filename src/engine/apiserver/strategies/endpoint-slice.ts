import type { Strategy } from '../strategy.ts';
import { type EndpointSliceDraft, validateEndpointSliceCreate, validateEndpointSliceUpdate } from '../validation/endpoint-slice.ts';

/** Models: pkg/registry/discovery/endpointslice/strategy.go and pkg/apis/discovery/v1/defaults.go, v1.37. */
export const endpointSliceStrategy: Strategy<EndpointSliceDraft> = {
  group: 'discovery.k8s.io',
  version: 'v1',
  kind: 'EndpointSlice',
  resource: 'endpointslices',
  namespaced: true,
  counted: 'object',
  default(slice) {
    for (const port of slice.ports ?? []) {
      port.name ??= '';
      port.protocol ??= 'TCP';
    }
  },
  validateCreate: validateEndpointSliceCreate,
  validateUpdate: validateEndpointSliceUpdate,
  warnings(slice) {
    return slice.addressType === 'FQDN' ? ['spec.addressType: FQDN endpoints are deprecated'] : [];
  },
  finish(slice) {
    for (const endpoint of slice.endpoints ?? []) endpoint.conditions ??= {};
  },
  alwaysListed: ['endpoints', 'ports'],
};
