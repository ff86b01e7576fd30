import { type IPv4, parseIPv4 } from '../../api/ipv4.ts';
import type { NetworkPolicy } from '../../api/network-policy.ts';
import type { Service } from '../../api/service.ts';
import { judgeEgress } from '../../policy/judge-connection.ts';
import { policyWorldOf } from '../policy-world.ts';
import type { Snapshot } from '../snapshot.ts';
import type { FindingRule } from './finding.ts';
import { podsOfPolicy } from './policy-pods.ts';
import { rulesInForce } from './policy-rules.ts';
import { slicesOf } from './service-slices.ts';

const dnsPort = 53;

/**
 * A policy that lets its Pods call others, and nobody lets them ask for names. Silent where nothing is to be called at all, or only ranges of
 * addresses are: those need no names.
 */
export const networkPolicyBlocksDns: FindingRule<NetworkPolicy> = (policy, snapshot) => {
  const needsNames = rulesInForce(policy).some(
    ({ direction, peers }) => direction === 'Egress' && (peers.length === 0 || peers.some(({ ipBlock }) => ipBlock === undefined)),
  );
  const servers = needsNames ? dnsServers(snapshot) : [];
  if (servers.length === 0) return [];
  const world = policyWorldOf(snapshot);
  const isCutOff = (source: IPv4) =>
    servers.every((destination) => !judgeEgress(world, { source, destination, protocol: 'UDP', destinationPort: dnsPort }).allowed);
  const cutOff = podsOfPolicy(policy, snapshot).filter(({ address }) => isCutOff(address));
  const [first] = cutOff;
  if (first === undefined) return [];
  return [
    {
      code: 'network-policy-blocks-dns',
      message: `NetworkPolicy ${policy.metadata.name} isolates ${cutOff.length} Pods for egress, and no rule lets them ask the DNS server.`,
      args: { name: policy.metadata.name, count: cutOff.length, pod: first.name, servers: servers.join(', ') },
      path: 'spec.egress',
    },
  ];
};

/** The Pods behind the DNS server's Service, as policies see it; none where the server is no Pod of the cluster. */
function dnsServers(snapshot: Snapshot): readonly IPv4[] {
  const { dns } = snapshot.cluster;
  const service = snapshot.store.list<Service>('Service').find(({ spec }) => spec.clusterIP === dns.address);
  if (service === undefined || dns.server !== undefined) return [];
  const endpoints = slicesOf(service, snapshot).flatMap((slice) => slice.endpoints ?? []);
  return endpoints.flatMap(({ addresses }) => parseIPv4(addresses[0] ?? '') ?? []);
}
