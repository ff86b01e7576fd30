import type { EndpointSlice } from '../api/endpoint-slice.ts';
import { parseIPv4 } from '../api/ipv4.ts';
import type { Service, ServicePortSpec } from '../api/service.ts';
import type { Peer } from './route-decision.ts';

/**
 * The ready endpoints of a Service port, straight from its EndpointSlices. Whatever a proxy on the node makes of the Service (its virtual
 * address, session affinity, traffic policies) has no part in it.
 *
 * Models: ingress-nginx internal/ingress/controller/endpointslices.go getEndpointsFromSlices, controller-v1.12: an endpoint that says nothing
 * about its readiness is ready; a port without a name takes every port of its protocol.
 */
export function servicePeers({ metadata }: Service, port: ServicePortSpec, slices: readonly EndpointSlice[]): readonly Peer[] {
  const peers = new Map<string, Peer>();
  for (const slice of slices) {
    if (slice.addressType !== 'IPv4' || slice.metadata.namespace !== metadata.namespace) continue;
    if (slice.metadata.labels?.['kubernetes.io/service-name'] !== metadata.name) continue;
    const ports = (slice.ports ?? []).flatMap((one) => {
      const matches = (one.protocol ?? 'TCP') === 'TCP' && ((port.name ?? '') === '' || port.name === one.name);
      return matches && one.port !== undefined && one.port !== null ? [one.port] : [];
    });
    for (const { addresses, conditions } of slice.endpoints ?? []) {
      if (conditions?.ready === false) continue;
      for (const text of addresses) {
        const address = parseIPv4(text);
        if (address === undefined) continue;
        for (const number of ports) peers.set(`${address}:${number}`, { address, port: number });
      }
    }
  }
  return [...peers.values()].sort((one, other) => (peerText(one) < peerText(other) ? -1 : 1));
}

export function peerText({ address, port }: Peer): string {
  return `${address}:${port}`;
}
