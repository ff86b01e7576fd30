import { type Cidr, cidrContains } from '../../api/cidr.ts';
import type { FieldOrigin } from '../../diagnostics/diagnostic.ts';
import type { Packet } from '../packet.ts';

/** What an entry is made of; a `bitmap:port` has no protocol, the rule that asks it names one. */
export type IpSetType = 'hash:ip' | 'hash:ip,port' | 'hash:ip,port,ip' | 'hash:ip,port,net' | 'bitmap:port';

export interface IpSetEntry {
  /** As `ipset list` prints it: `10.96.0.10,tcp:80`. */
  readonly text: string;
  /** The last part of a `hash:ip,port,net`, which is looked up by range. */
  readonly range?: Cidr;
  readonly origins: readonly FieldOrigin[];
}

/** A named set of addresses, ports or both in the kernel, which iptables rules ask with one look-up. */
export interface IpSet {
  readonly name: string;
  readonly type: IpSetType;
  readonly entries: readonly IpSetEntry[];
}

/** Which end of a packet each part of an entry is compared with: `dst,dst,src`. */
export type IpSetDirections = readonly ('src' | 'dst')[];

/** Models: Linux net/netfilter/xt_set.c and net/netfilter/ipset, as far as kube-proxy's sets need them. A packet without ports is in no set that has them. */
export function isInIpSet(set: IpSet, directions: IpSetDirections, packet: Packet): boolean {
  const [first = 'dst', second = 'dst', third = 'src'] = directions;
  const address = (direction: 'src' | 'dst') => (direction === 'src' ? packet.source : packet.destination);
  const portOf = (direction: 'src' | 'dst') => (direction === 'src' ? packet.sourcePort : packet.destinationPort);
  if (set.type === 'hash:ip') return textsOf(set).has(address(first));
  const port = portOf(set.type === 'bitmap:port' ? first : second);
  if (port === undefined) return false;
  if (set.type === 'bitmap:port') return textsOf(set).has(String(port));
  const pair = `${address(first)},${packet.protocol.toLowerCase()}:${port}`;
  switch (set.type) {
    case 'hash:ip,port':
      return textsOf(set).has(pair);
    case 'hash:ip,port,ip':
      return textsOf(set).has(`${pair},${address(third)}`);
    case 'hash:ip,port,net':
      return set.entries.some(
        ({ text, range }) => range !== undefined && text.startsWith(`${pair},`) && cidrContains(range, address(third)),
      );
  }
}

const textsOfSets = new WeakMap<IpSet, ReadonlySet<string>>();

function textsOf(set: IpSet): ReadonlySet<string> {
  let texts = textsOfSets.get(set);
  if (texts === undefined) {
    texts = new Set(set.entries.map(({ text }) => text));
    textsOfSets.set(set, texts);
  }
  return texts;
}
