import { cidrContains } from '../../api/cidr.ts';
import type { EndpointSlice } from '../../api/endpoint-slice.ts';
import { type IPv4, parseIPv4 } from '../../api/ipv4.ts';
import type { Service } from '../../api/service.ts';
import type { Snapshot } from '../snapshot.ts';
import { ownerOf } from './address-owner.ts';
import type { Finding, FindingRule } from './finding.ts';
import { isDraining, isReady } from './service-slices.ts';

/** Addresses that lead nowhere: of a family nobody routes here, of a Service, of nobody, or of somebody who does not listen there. */
export const endpointSliceAddresses: FindingRule<EndpointSlice> = (slice, snapshot) => {
  const { name } = slice.metadata;
  const { addressType } = slice;
  if (addressType !== 'IPv4') {
    const message = `EndpointSlice ${name} holds ${addressType} addresses, and this cluster's kube-proxy sends to IPv4 addresses only.`;
    return [{ code: 'endpointslice-address-type-unused', message, args: { name, addressType }, path: 'addressType' }];
  }
  return (slice.endpoints ?? []).flatMap((endpoint, index) => {
    const address = parseIPv4(endpoint.addresses[0] ?? '');
    // Nobody sends to the others.
    const isUsed = isReady(endpoint) || isDraining(endpoint);
    return address === undefined || !isUsed ? [] : ofAddress(slice, address, `endpoints[${index}].addresses[0]`, snapshot);
  });
};

function ofAddress(slice: EndpointSlice, address: IPv4, path: string, snapshot: Snapshot): readonly Finding[] {
  const { name } = slice.metadata;
  const owner = ownerOf(address, snapshot);
  if (owner === undefined && cidrContains(snapshot.cluster.serviceCIDR, address)) {
    const service = snapshot.store.list<Service>('Service').find(({ spec }) => spec.clusterIP === address)?.metadata.name ?? '';
    const message = `EndpointSlice ${name} sends to ${address}, an address of the Service range: what has been translated once is not translated again.`;
    return [{ code: 'endpointslice-address-of-service', message, args: { name, address, service }, path }];
  }
  if (owner === undefined) {
    const message = `EndpointSlice ${name} sends to ${address}, and nobody has that address.`;
    return [{ code: 'endpointslice-address-unknown', message, args: { name, address }, path }];
  }
  const { listen } = owner;
  if (listen === undefined) return [];
  return (slice.ports ?? []).flatMap(({ port, protocol = 'TCP' }, index): readonly Finding[] => {
    if (typeof port !== 'number' || listen.some((one) => one.port === port && one.protocol === protocol)) return [];
    const open = listen.map((one) => `${one.port}/${one.protocol}`).join(', ');
    return [
      {
        code: 'endpointslice-port-not-listened',
        message: `EndpointSlice ${name} sends to ${address} on ${protocol} port ${port}, where ${owner.name} does not listen.`,
        args: { name, address, owner: owner.name, port, protocol, open },
        path: `ports[${index}].port`,
      },
    ];
  });
}
