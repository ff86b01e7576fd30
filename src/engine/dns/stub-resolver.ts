import { type IPv4, parseIPv4 } from '../api/ipv4.ts';
import { answer, forward } from './answer.ts';
import type { ClusterZone } from './cluster-zone.ts';
import { absoluteName } from './dns-name.ts';
import type { DnsAnswer } from './dns-record.ts';
import type { ResolvConf } from './resolv-conf.ts';

/** One question the resolver sent, and what came back. `no-server`: nothing stands behind the name server's address. */
export interface NameQuery {
  readonly name: string;
  readonly type: 'A' | 'AAAA';
  readonly status: DnsAnswer['status'] | 'no-server';
  readonly answer: DnsAnswer['answer'];
}

export interface NameLookup {
  /** In the order they were sent. */
  readonly queries: readonly NameQuery[];
  readonly outcome:
    | { readonly kind: 'found'; readonly name: string; readonly addresses: readonly IPv4[] }
    | { readonly kind: 'failed'; readonly status: 'NXDOMAIN' | 'NODATA' | 'SERVFAIL' };
}

type Failure = 'NXDOMAIN' | 'NODATA' | 'SERVFAIL';

/**
 * Resolves a name as a program's C library does. A name with fewer dots than `ndots` is tried under each search domain before it is tried
 * as it stands; one with enough dots is tried as it stands first; a dot at its end means: only as it stands. Each try asks for A and AAAA.
 *
 * Models: glibc getaddrinfo and res_search. musl differs: it does not go on after an answer without data.
 *
 * @models yes Search list and ndots, each query shown
 */
export function lookUpName(zone: ClusterZone, conf: ResolvConf, name: string): NameLookup {
  const queries: NameQuery[] = [];
  const failures: Failure[] = [];
  for (const candidate of candidates(conf, name)) {
    const [a, aaaa] = (['A', 'AAAA'] as const).map((type) => ask(zone, conf, candidate, type));
    if (a === undefined || aaaa === undefined) continue;
    queries.push(a, aaaa);
    const addresses = a.answer.flatMap((record) => (record.type === 'A' ? (parseIPv4(record.address) ?? []) : []));
    if (addresses.length > 0) return { queries, outcome: { kind: 'found', name: candidate, addresses } };
    failures.push(failureOf(a));
  }
  return { queries, outcome: { kind: 'failed', status: overallFailure(conf, name, failures) } };
}

function candidates(conf: ResolvConf, name: string): readonly string[] {
  if (name.endsWith('.')) return [name];
  const dots = name.split('.').length - 1;
  const searched = conf.search.map((domain) => `${name}.${absoluteName(domain)}`);
  return dots >= conf.ndots ? [absoluteName(name), ...searched] : [...searched, absoluteName(name)];
}

function ask(zone: ClusterZone, conf: ResolvConf, name: string, type: 'A' | 'AAAA'): NameQuery {
  if (conf.nameserver === 'cluster' && zone.serverAddress === undefined) return { name, type, status: 'no-server', answer: [] };
  const { status, answer: records } = conf.nameserver === 'cluster' ? answer(zone, { name, type }) : forward(zone, name, type);
  return { name, type, status, answer: records };
}

function failureOf({ status }: NameQuery): Failure {
  return status === 'NOERROR' ? 'NODATA' : status === 'NXDOMAIN' ? 'NXDOMAIN' : 'SERVFAIL';
}

/** A name that was first tried as it stands fails the way it failed then; otherwise any "no data" wins over a server's failure. */
function overallFailure(conf: ResolvConf, name: string, failures: readonly Failure[]): Failure {
  const [first = 'NXDOMAIN'] = failures;
  const asItStandsFirst = name.endsWith('.') || name.split('.').length - 1 >= conf.ndots;
  if (asItStandsFirst) return first;
  const searched = failures.slice(0, -1);
  return (['NODATA', 'SERVFAIL'] as const).find((failure) => searched.includes(failure)) ?? failures.at(-1) ?? first;
}
