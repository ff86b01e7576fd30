import type { IPv4 } from '../api/ipv4.ts';
import type { Pod } from '../api/pod.ts';
import { buildZone, type ClusterZone } from '../dns/cluster-zone.ts';
import { hostResolvConf, type ResolvConf, resolvConfOf } from '../dns/resolv-conf.ts';
import { lookUpName, type NameLookup, type NameQuery } from '../dns/stub-resolver.ts';
import type { NameResolver, NameStep } from '../trace/name-resolver.ts';
import type { Place, Sender, StepReason } from '../trace/trace.ts';
import type { Snapshot } from './snapshot.ts';

const zones = new WeakMap<Snapshot, ClusterZone>();

/** The cluster's DNS zone at the snapshot's moment. */
export function zoneOf(snapshot: Snapshot): ClusterZone {
  const known = zones.get(snapshot);
  if (known !== undefined) return known;
  const zone = buildZone(snapshot.store, snapshot.cluster);
  zones.set(snapshot, zone);
  return zone;
}

/** Looks a name up as the sender's resolver does, every query of it. */
export function resolveNameFor(snapshot: Snapshot, sender: Sender, name: string): NameLookup {
  return lookUpName(zoneOf(snapshot), resolvConfFor(snapshot, sender), name);
}

/** Nodes and outside hosts ask their own name server, which knows nothing of the cluster. */
export function resolvConfFor(snapshot: Snapshot, sender: Sender): ResolvConf {
  const pod = podOf(snapshot, sender);
  return pod === undefined ? hostResolvConf : resolvConfOf(pod, snapshot.cluster);
}

/**
 * Name resolution for the trace. The journey of the query itself (to the DNS Service, by way of the rules) is not traced, and of the two
 * questions a resolver asks about each name, the one about IPv6 is left out.
 */
export function nameResolver(snapshot: Snapshot): NameResolver {
  return (sender, name, pick) => {
    const { queries, outcome } = resolveNameFor(snapshot, sender, name);
    const server = resolvConfFor(snapshot, sender).nameserver === 'cluster' ? snapshot.cluster.dns.address : 'host';
    const place = placeOf(snapshot, sender);
    const asked = queries.filter(({ type }) => type === 'A');
    const address = outcome.kind === 'found' ? chosen(outcome.addresses, pick) : undefined;
    const steps = asked.flatMap((query) => querySteps(query, place, server, address));
    if (address !== undefined) return { steps, address };
    return { steps, failure: outcome.kind === 'failed' ? outcome.status : 'NODATA' };
  };
}

function chosen(addresses: readonly IPv4[], pick: (count: number) => number): IPv4 | undefined {
  return addresses.length < 2 ? addresses[0] : addresses[pick(addresses.length)];
}

function querySteps(query: NameQuery, place: Place, server: string, address: IPv4 | undefined): readonly NameStep[] {
  const name = withoutDot(query.name);
  const asked: NameStep = { kind: 'dns.query', place, reason: { code: 'dns-query', args: { name, server } } };
  const aliases = query.answer.flatMap((record): readonly NameStep[] =>
    record.type === 'CNAME'
      ? [answerStep(place, { code: 'dns-answer-alias', args: { name: withoutDot(record.name), target: withoutDot(record.target) } })]
      : [],
  );
  const found = query.answer.findLast(({ type }) => type === 'A');
  if (found !== undefined && address !== undefined) {
    const reason: StepReason = { code: 'dns-answer-address', args: { name: withoutDot(found.name), address } };
    return [asked, ...aliases, answerStep(place, reason)];
  }
  const code =
    query.status === 'NXDOMAIN' ? 'dns-no-such-name' : query.status === 'NOERROR' ? 'dns-no-data' : ('dns-server-failure' as const);
  return [asked, ...aliases, answerStep(place, { code, args: { name } })];
}

function answerStep(place: Place, reason: StepReason): NameStep {
  return { kind: 'dns.answer', place, reason };
}

function withoutDot(name: string): string {
  return name.replace(/\.$/, '');
}

function podOf({ store }: Snapshot, sender: Sender): Pod | undefined {
  if (sender.kind !== 'pod') return undefined;
  return store.get<Pod>('Pod', sender.namespace, sender.name);
}

function placeOf(snapshot: Snapshot, sender: Sender): Place {
  const pod = podOf(snapshot, sender);
  return sender.kind === 'pod' ? { ...sender, node: pod?.spec.nodeName ?? '' } : sender;
}
