import type { Strategy } from '../strategy.ts';
import { type EndpointSliceDraft, validateEndpointSliceCreate, validateEndpointSliceUpdate } from '../validation/endpoint-slice.ts';
import { ipWarnings } from '../warnings/ip.ts';

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
  prepare(slice) {
    // This version of the API does not take the field that zones and nodes used to stand in.
    for (const endpoint of slice.endpoints ?? []) delete endpoint.deprecatedTopology;
  },
  validateCreate: validateEndpointSliceCreate,
  validateUpdate: validateEndpointSliceUpdate,
  warnings(slice) {
    const warnings = slice.addressType === 'FQDN' ? ['spec.addressType: FQDN endpoints are deprecated'] : [];
    for (const [i, { addresses = [] }] of (slice.endpoints ?? []).entries()) {
      for (const [j, address] of addresses.entries()) warnings.push(...ipWarnings(`endpoints[${i}].addresses[${j}]`, address));
    }
    return warnings;
  },
  finish(slice) {
    for (const endpoint of slice.endpoints ?? []) endpoint.conditions ??= {};
  },
  alwaysListed: ['endpoints', 'ports'],
};
