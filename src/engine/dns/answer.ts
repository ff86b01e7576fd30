import type { ClusterZone } from './cluster-zone.ts';
import { absoluteName, isUnder } from './dns-name.ts';
import type { DnsAnswer, DnsQuestion, DnsRecord } from './dns-record.ts';
import { lookUpReverse, lookUpZone, nameServers, type ZoneEntries, type ZoneEntry } from './zone-lookup.ts';

const reverseZones = ['in-addr.arpa.', 'ip6.arpa.'];
/** Longest chain of aliases that is followed. */
const maxAliases = 8;
const dnsVersion = '1.1.0';
const dnsVersionTtl = 28800;

/**
 * What CoreDNS answers, with the Corefile kubeadm writes: the plug-in `kubernetes` for the cluster's domain and reverse names (which fall
 * through), and `forward` for all other names. Names are matched without regard to case and answered in the case they were asked in.
 *
 * Models: CoreDNS plugin/kubernetes handler.go and plugin/backend_lookup.go, 1.15.
 *
 * @models yes DNS of Services: A, SRV, PTR, CNAME, TXT, NS, SOA, headless names, aliases, Pod names, NXDOMAIN and no data
 * @models partly DNS of names outside the cluster: a table of names, answered with the cluster's TTL
 * @models no AXFR and IXFR
 */
export function answer(zone: ClusterZone, question: DnsQuestion): DnsAnswer {
  const qname = absoluteName(question.name);
  const name = qname.toLowerCase();
  const reverse = reverseZones.find((each) => isUnder(each, name));
  if (reverse !== undefined) return answerReverse(zone, reverse, qname, question.type);
  if (!isUnder(zone.name.toLowerCase(), name)) return forward(zone, qname, question.type);
  switch (question.type) {
    case 'A':
    case 'AAAA':
      return orNothing(zone, addressRecords(zone, qname, question.type, []));
    case 'CNAME':
      return orNothing(
        zone,
        mapEntries(lookUpZone(zone, name), (entries) => aliasRecords(zone, qname, entries)),
      );
    case 'SRV':
      return answerSrv(zone, qname, lookUpZone(zone, name));
    case 'TXT':
      return orNothing(
        zone,
        name === `dns-version.${zone.name}` ? [{ name: qname, ttl: dnsVersionTtl, type: 'TXT', text: dnsVersion }] : [],
      );
    case 'SOA':
      // Only the zone itself has one; of any other name, even one that does not exist, it is said that there is no such record.
      return orNothing(zone, name === zone.name ? [startOfAuthority(zone)] : []);
    case 'NS':
      if (name === zone.name) return answerNameServers(zone, qname);
      break;
  }
  // A type the plug-in does not know: only whether the name exists matters.
  return orNothing(
    zone,
    mapEntries(lookUpZone(zone, name), () => []),
  );
}

type Records = readonly DnsRecord[] | 'no-such-name';

function mapEntries(entries: ZoneEntries, map: (entries: readonly ZoneEntry[]) => readonly DnsRecord[]): Records {
  return entries === 'no-such-name' ? entries : map(entries);
}

function orNothing(zone: ClusterZone, records: Records, additional: readonly DnsRecord[] = []): DnsAnswer {
  if (records === 'no-such-name') return { status: 'NXDOMAIN', answer: [], authority: [startOfAuthority(zone)], additional: [] };
  if (records.length === 0) return { status: 'NOERROR', answer: [], authority: [startOfAuthority(zone)], additional: [] };
  return { status: 'NOERROR', answer: records, authority: [], additional };
}

function startOfAuthority({ dns: { ttl }, name: own }: ClusterZone, name = own): DnsRecord {
  return { name, ttl, type: 'SOA', server: `ns.dns.${name}`, mailbox: `hostmaster.${name}`, minimum: ttl };
}

/**
 * Addresses of one family. An alias to a name in the zone is followed and told only when it leads to an address; one that leads out of
 * the zone is always told, with whatever the upstream adds.
 */
function addressRecords(zone: ClusterZone, qname: string, type: 'A' | 'AAAA', aliases: readonly DnsRecord[]): Records {
  const { ttl } = zone.dns;
  const wanted = type === 'A' ? 'IPv4' : 'IPv6';
  return mapEntries(lookUpZone(zone, qname.toLowerCase()), (entries) => {
    const records: DnsRecord[] = [];
    const seen = new Set<string>();
    for (const { host, hostKind } of entries) {
      if (hostKind === wanted && !seen.has(host)) {
        seen.add(host);
        records.push({ name: qname, ttl, type, address: host });
      }
      if (hostKind !== 'name' || isUnder(qname.toLowerCase(), host.toLowerCase())) continue;
      const known = aliases.some((alias) => alias.type === 'CNAME' && alias.target === host);
      if (aliases.length >= maxAliases || known) continue;
      const alias: DnsRecord = { name: qname, ttl, type: 'CNAME', target: host };
      if (isUnder(zone.name, host.toLowerCase())) {
        const next = addressRecords(zone, host, type, [...aliases, alias]);
        if (next !== 'no-such-name' && next.length > 0) records.push(alias, ...next);
      } else {
        records.push(alias, ...forward(zone, host, type).answer);
      }
    }
    return records;
  });
}

function aliasRecords(zone: ClusterZone, qname: string, entries: readonly ZoneEntry[]): readonly DnsRecord[] {
  const [first] = entries;
  return first?.hostKind === 'name' ? [{ name: qname, ttl: zone.dns.ttl, type: 'CNAME', target: first.host }] : [];
}

/** One record per port and address. Their weights share 100; aliases have no ports to tell. */
function answerSrv(zone: ClusterZone, qname: string, found: ZoneEntries): DnsAnswer {
  if (found === 'no-such-name') return orNothing(zone, found);
  const entries = found.filter(({ hostKind }) => hostKind !== 'name');
  const weight = Math.max(1, Math.floor((100 / (100 * entries.length)) * 100));
  const records = new Map<string, DnsRecord>();
  const addresses = new Map<string, DnsRecord>();
  for (const { owner, host, hostKind, port } of entries) {
    if (port === -1) continue;
    const { ttl } = zone.dns;
    records.set(`${owner} ${port}`, { name: qname, ttl, type: 'SRV', priority: 0, weight, port, target: owner });
    addresses.set(`${owner} ${host}`, { name: owner, ttl, type: hostKind === 'IPv4' ? 'A' : 'AAAA', address: host });
  }
  return orNothing(zone, [...records.values()], [...addresses.values()]);
}

function answerNameServers(zone: ClusterZone, qname: string): DnsAnswer {
  const { ttl } = zone.dns;
  const servers = nameServers(zone);
  const targets = [...new Set(servers.map(({ owner }) => owner))];
  return orNothing(
    zone,
    targets.map((target) => ({ name: qname, ttl, type: 'NS', target })),
    servers.map(({ owner, host, hostKind }) => ({ name: owner, ttl, type: hostKind === 'IPv6' ? 'AAAA' : 'A', address: host })),
  );
}

/**
 * The zones of reverse names answer for their own name, and fall through to the upstream for addresses that nobody in the cluster has.
 *
 * @models no NS records of the reverse zones
 */
function answerReverse(zone: ClusterZone, reverse: string, qname: string, type: string): DnsAnswer {
  const name = qname.toLowerCase();
  const soa = startOfAuthority(zone, reverse);
  if (type === 'SOA' && name === reverse) return { status: 'NOERROR', answer: [soa], authority: [], additional: [] };
  if (type === 'SOA' || type === 'TXT' || name === reverse) return { status: 'NOERROR', answer: [], authority: [soa], additional: [] };
  const names = type === 'PTR' ? lookUpReverse(zone, name) : undefined;
  if (names === undefined) return forward(zone, qname, type);
  const records = [...new Set(names)].map((target): DnsRecord => ({ name: qname, ttl: zone.dns.ttl, type: 'PTR', target }));
  return { status: 'NOERROR', answer: records, authority: [], additional: [] };
}

/** The upstream of the world. Without any, CoreDNS has nobody to ask. */
export function forward(zone: ClusterZone, qname: string, type: string): DnsAnswer {
  const nothing = { answer: [], authority: [], additional: [] };
  const { upstream, ttl } = zone.dns;
  if (upstream === 'none') return { status: 'SERVFAIL', ...nothing };
  const plain = qname.toLowerCase().slice(0, -1);
  if (!Object.hasOwn(upstream, plain)) return { status: 'NXDOMAIN', ...nothing };
  const address = upstream[plain];
  const records: readonly DnsRecord[] = type === 'A' && address !== undefined ? [{ name: qname, ttl, type: 'A', address }] : [];
  return { ...nothing, status: 'NOERROR', answer: records };
}
