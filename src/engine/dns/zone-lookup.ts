import { parseIpText } from '../api/ip-text.ts';
import type { Service } from '../api/service.ts';
import type { ClusterZone, ZonePort } from './cluster-zone.ts';
import { absoluteName, addressOfReverseName } from './dns-name.ts';
import { type NameRequest, parseNameRequest } from './name-request.ts';

/** Something a name stands for: an address, or another name; `owner` is its own full name. */
export interface ZoneEntry {
  readonly owner: string;
  readonly host: string;
  readonly hostKind: 'IPv4' | 'IPv6' | 'name';
  readonly port: number;
}

/** `no-such-name` becomes NXDOMAIN; an empty list becomes NOERROR without data. */
export type ZoneEntries = readonly ZoneEntry[] | 'no-such-name';

/**
 * What the cluster's zone holds under a name; `name` is absolute, in lower case, and under the zone.
 *
 * Models: CoreDNS plugin/kubernetes kubernetes.go Records, findServices and findPods with `pods insecure`, 1.15.
 */
export function lookUpZone(zone: ClusterZone, name: string): ZoneEntries {
  if (name === `ns.dns.${zone.name}`) return nameServers(zone).map((entry) => ({ ...entry, owner: name }));
  const base = name === zone.name ? '' : name.slice(0, -zone.name.length - 1);
  const request = parseNameRequest(base);
  if (request === undefined) return 'no-such-name';
  if (request.kind === 'apex') return [];
  if (!zone.namespaces.has(request.namespace)) return 'no-such-name';
  if (request.service === '') return [];
  return request.kind === 'pod' ? findPod(zone, request) : findService(zone, request);
}

/** Echoes the address in the name back, whether or not such a Pod exists. */
function findPod(zone: ClusterZone, { service, namespace }: NameRequest): ZoneEntries {
  const dots = service.split('-').length === 4 && !service.includes('--');
  const host = service.replaceAll('-', dots ? '.' : ':');
  const kind = hostKind(host);
  if (kind === 'name') return 'no-such-name';
  return [{ owner: `${service}.${namespace}.pod.${zone.name}`, host, hostKind: kind, port: 0 }];
}

function findService(zone: ClusterZone, request: NameRequest): ZoneEntries {
  const service = zone.services.get(`${request.service}.${request.namespace}`);
  if (service === undefined) return 'no-such-name';
  const owner = serviceName(zone, service);
  if (service.spec.type === 'ExternalName') return externalName(service, owner, request);
  if (isHeadless(service) || request.endpoint !== '') return endpointEntries(zone, owner, request);

  const ports = (service.spec.ports ?? []).map(({ name = '', protocol, port }) => ({ name, protocol, port }));
  const asked = (ports.length === 0 ? [{ name: '', protocol: '', port: -1 }] : ports).filter((port) => isAskedFor(port, request));
  if (asked.length === 0) return 'no-such-name';
  const addresses = service.spec.clusterIPs ?? [];
  return asked.flatMap(({ port }) => addresses.map((host) => ({ owner, host, hostKind: hostKind(host), port })));
}

/** An alias has no endpoints and no ports, and an address is no name to be an alias of. */
function externalName(service: Service, owner: string, request: NameRequest): ZoneEntries {
  const host = service.spec.externalName ?? '';
  const plain = request.endpoint === '' && request.port === '' && request.protocol === '';
  return plain && hostKind(host) === 'name' ? [{ owner, host: absoluteName(host), hostKind: 'name', port: 0 }] : 'no-such-name';
}

function endpointEntries(zone: ClusterZone, owner: string, request: NameRequest): ZoneEntries {
  const found = (zone.endpoints.get(`${request.service}.${request.namespace}`) ?? [])
    .filter(({ label }) => request.endpoint === '' || label.toLowerCase() === request.endpoint)
    .flatMap(({ address, label, ports }) =>
      ports
        .filter((port) => isAskedFor(port, request))
        .map(({ port }) => ({ owner: `${label}.${owner}`, host: address, hostKind: hostKind(address), port })),
    );
  return found.length === 0 ? 'no-such-name' : found;
}

function isAskedFor(port: ZonePort, { port: name, protocol }: NameRequest): boolean {
  return (name === '' || port.name.toLowerCase() === name) && (protocol === '' || port.protocol.toLowerCase() === protocol);
}

/** Names of the Services and endpoints that have an address; `undefined`: nobody in the cluster has it. */
export function lookUpReverse(zone: ClusterZone, name: string): readonly string[] | undefined {
  const address = addressOfReverseName(name);
  if (address === undefined) return undefined;
  const service = zone.servicesByAddress.get(address);
  if (service !== undefined) return [serviceName(zone, service)];
  const endpoints = zone.endpointsByAddress.get(address);
  return endpoints?.map(({ label, service: owner, namespace }) => `${label}.${owner}.${namespace}.svc.${zone.name}`);
}

/** The Services that CoreDNS itself stands behind; without any, its bare address under `ns.dns`. */
export function nameServers(zone: ClusterZone): readonly ZoneEntry[] {
  const { serverAddress } = zone;
  if (serverAddress === undefined) return [];
  const entries = (zone.endpointsByAddress.get(serverAddress) ?? []).flatMap(({ service: name, namespace }): readonly ZoneEntry[] => {
    const service = zone.services.get(`${name}.${namespace}`);
    if (service === undefined) return [];
    const owner = serviceName(zone, service);
    if (!isHeadless(service)) return [entry(owner, service.spec.clusterIP ?? '')];
    const endpoints = zone.endpoints.get(`${name}.${namespace}`) ?? [];
    return endpoints.map(({ label, address }) => entry(`${label}.${owner}`, address));
  });
  return entries.length > 0 ? entries : [entry(`ns.dns.${zone.name}`, serverAddress)];
}

function entry(owner: string, host: string): ZoneEntry {
  return { owner, host, hostKind: hostKind(host), port: 0 };
}

function serviceName(zone: ClusterZone, service: Service): string {
  return `${service.metadata.name}.${service.metadata.namespace}.svc.${zone.name}`;
}

function isHeadless(service: Service): boolean {
  return service.spec.clusterIP === 'None';
}

function hostKind(host: string): ZoneEntry['hostKind'] {
  const ip = parseIpText(host);
  return ip === undefined || ip.leadingZeros ? 'name' : ip.family === 4 ? 'IPv4' : 'IPv6';
}
