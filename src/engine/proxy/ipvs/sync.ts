import type { IPv4 } from '../../api/ipv4.ts';
import type { IpSet, IpSetEntry } from '../../kernel/ipvs/ip-set.ts';
import { type VirtualServer, virtualServerKey } from '../../kernel/ipvs/virtual-server.ts';
import type { IpvsRules } from '../../kernel/node-rules.ts';
import type { ProxyNode } from '../categorize-endpoints.ts';
import { healthCheckListeners } from '../health-check.ts';
import { type Aligned, keepUnchanged } from '../keep-unchanged.ts';
import type { ServiceMap, TrackedPort } from '../service-map.ts';
import type { IpvsProxyConfig } from './config.ts';
import { type IpSetName, ipSets } from './ip-sets.ts';
import { ipvsIptables } from './rules.ts';
import { type ServiceEntries, serviceEntries } from './service-entries.ts';

export interface IpvsSyncInput {
  readonly services: ServiceMap;
  readonly node: ProxyNode;
  /** The same object from sync to sync as long as the options are the same. */
  readonly config: IpvsProxyConfig;
}

/** What a node has in IPVS mode, together with what it was made from. */
export interface IpvsSync {
  readonly rules: IpvsRules;
  readonly config: IpvsProxyConfig;
  readonly byPort: Aligned<TrackedPort, ServiceEntries>;
}

/**
 * Fills one node's ipsets, virtual servers and kube-ipvs0, and writes the few iptables rules that go with them. With `previous`, the same node's
 * last sync, only Service ports that changed are looked at again; the result is the same without it.
 *
 * Models: kube-proxy pkg/proxy/ipvs/proxier.go syncProxyRules, v1.37.
 */
export function syncIpvs({ services, node, config }: IpvsSyncInput, previous?: IpvsSync): IpvsSync {
  const before = previous?.config === config ? previous.byPort : undefined;
  const { values } = keepUnchanged(before, services.ports, (port) => serviceEntries(port, node, config));
  const dummyAddresses = distinct(values.flatMap(({ bound }) => bound));
  const sets = fillSets(values, dummyAddresses);
  return {
    config,
    byPort: { keys: services.ports, values },
    rules: {
      backend: 'ipvs',
      node: node.name,
      tables: ipvsIptables({ config, sets, blocked: values.flatMap(({ blocked }) => blocked) }),
      ipSets: sets,
      virtualServers: distinctServers(values.flatMap(({ virtualServers }) => virtualServers)),
      dummyAddresses,
      listeners: healthCheckListeners(services, node.name),
    },
  };
}

function fillSets(all: readonly ServiceEntries[], dummyAddresses: readonly IPv4[]): readonly IpSet[] {
  const entries = new Map<IpSetName, Map<string, IpSetEntry>>();
  const put = (set: IpSetName, entry: IpSetEntry) => {
    const known = entries.get(set) ?? new Map<string, IpSetEntry>();
    entries.set(set, known);
    if (!known.has(entry.text)) known.set(entry.text, entry);
  };
  for (const { sets } of all) for (const { set, entry } of sets) put(set, entry);
  for (const address of dummyAddresses) put('KUBE-IPVS-IPS', { text: address, origins: [] });
  // The names are the object's own keys.
  return (Object.keys(ipSets) as IpSetName[])
    .sort()
    .map((name) => ({ name, type: ipSets[name].type, entries: [...(entries.get(name)?.values() ?? [])].sort(byText) }));
}

/** Two Service ports may claim one address and port; kube-proxy walks its map in no order, so the last one to come wins by chance. Here it is the last by name. */
function distinctServers(servers: readonly VirtualServer[]): readonly VirtualServer[] {
  const byKey = new Map(servers.map((server) => [virtualServerKey(server.address, server.port, server.protocol), server]));
  return [...byKey.values()];
}

function distinct(addresses: readonly IPv4[]): readonly IPv4[] {
  return [...new Set(addresses)].sort();
}

function byText(one: IpSetEntry, other: IpSetEntry): number {
  return one.text < other.text ? -1 : 1;
}
