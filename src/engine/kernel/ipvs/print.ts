import type { IPv4 } from '../../api/ipv4.ts';
import { printTable } from '../iptables/print.ts';
import type { IptablesTable } from '../iptables/rule.ts';
import type { IpSet } from './ip-set.ts';
import { flagsOf, type RealServer, type VirtualServer } from './virtual-server.ts';

/** What IPVS mode leaves in a node's kernel. */
export interface IpvsTables {
  readonly tables: { readonly filter: IptablesTable; readonly nat: IptablesTable };
  readonly ipSets: readonly IpSet[];
  readonly virtualServers: readonly VirtualServer[];
  /** Addresses of the device kube-ipvs0. */
  readonly dummyAddresses: readonly IPv4[];
}

const protocolOptions = { TCP: '-t', UDP: '-u', SCTP: '--sctp-service' } as const;

/** As `ipvsadm-save -n` prints it. */
export function printVirtualServer({ address, port, protocol, scheduler, persistentSeconds, hashesSourcePort }: VirtualServer): string {
  const persistence = persistentSeconds > 0 ? ` -p ${persistentSeconds}` : '';
  return `-A ${protocolOptions[protocol]} ${address}:${port} -s ${scheduler}${persistence}${hashesSourcePort ? ' -b mh-port' : ''}`;
}

/** As `ipvsadm-save -n` prints it; `-m` is masquerading, the one way of forwarding that kube-proxy uses. */
export function printRealServer(server: VirtualServer, { address, port, weight }: RealServer): string {
  return `-a ${protocolOptions[server.protocol]} ${server.address}:${server.port} -r ${address}:${port} -m -w ${weight}`;
}

/** Everything IPVS mode has on a node, as the tools that made it would save it: one after the other, each under its own name. */
export function printIpvs({ tables, ipSets, virtualServers, dummyAddresses }: IpvsTables): string[] {
  return [
    '# ip addr show kube-ipvs0',
    ...dummyAddresses.map((address) => `inet ${address}/32 scope global kube-ipvs0`),
    '# ipvsadm-save -n',
    ...virtualServers.flatMap((server) => [
      printVirtualServer(server),
      ...server.realServers.map((realServer) => printRealServer(server, realServer)),
    ]),
    '# ipset save',
    ...ipSets.flatMap(({ name, type, entries }) => [`create ${name} ${type}`, ...entries.map(({ text }) => `add ${name} ${text}`)]),
    '# iptables-save',
    ...printTable(tables.filter),
    ...printTable(tables.nat),
  ];
}

/** The same as plain data, in the form recordings of IPVS mode have. */
export interface IpvsListing {
  readonly virtualServers: readonly object[];
  readonly ipsets: Readonly<Record<string, { readonly type: string; readonly entries: readonly string[] }>>;
  readonly iptables: readonly string[];
  readonly kubeIpvs0: readonly string[];
}

export function listIpvs({ tables, ipSets, virtualServers, dummyAddresses }: IpvsTables): IpvsListing {
  return {
    virtualServers: virtualServers.map((server) => ({
      address: server.address,
      port: server.port,
      protocol: server.protocol,
      scheduler: server.scheduler,
      flags: flagsOf(server),
      timeout: server.persistentSeconds,
      realServers: server.realServers.map(({ address, port, weight }) => ({ address, port, weight })),
    })),
    ipsets: Object.fromEntries(ipSets.map(({ name, type, entries }) => [name, { type, entries: entries.map(({ text }) => text) }])),
    iptables: [...printTable(tables.filter), ...printTable(tables.nat)],
    kubeIpvs0: [...dummyAddresses],
  };
}
