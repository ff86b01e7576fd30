import type { EndpointSlice } from '../../api/endpoint-slice.ts';
import type { Endpoints } from '../../api/endpoints.ts';
import { age, fewItems, layout } from './table.ts';

/** Lists every address, ready or not. Models: pkg/printers/internalversion/printers.go printEndpointSlice, v1.37. */
export const endpointSliceTable = layout<EndpointSlice>(['NAME', 'ADDRESSTYPE', 'PORTS', 'ENDPOINTS', 'AGE'], [], (slice, { now }) => {
  const ports = (slice.ports ?? []).map(({ port, name }) => (typeof port === 'number' ? String(port) : (name ?? '*')));
  const addresses = (slice.endpoints ?? []).flatMap((endpoint) => endpoint.addresses);
  return [slice.metadata.name, slice.addressType, fewItems(ports, '<unset>'), fewItems(addresses, '<unset>'), age(slice, now)];
});

/** Lists ready addresses only. Models: pkg/printers/internalversion/printers.go formatEndpoints, v1.37. */
export const endpointsTable = layout<Endpoints>(['NAME', 'ENDPOINTS', 'AGE'], [], (endpoints, { now }) => {
  const addresses = (endpoints.subsets ?? []).flatMap(({ addresses: ready = [], ports = [] }) =>
    ports.length === 0 ? ready.map(({ ip }) => ip) : ports.flatMap(({ port }) => ready.map(({ ip }) => hostPort(ip, port))),
  );
  return [endpoints.metadata.name, fewItems(addresses, '<none>'), age(endpoints, now)];
});

/** IPv6 addresses need brackets before a port. */
export function hostPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
