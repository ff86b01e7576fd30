import type { ClusterSpec } from '../api/cluster-spec.ts';
import type { Pod } from '../api/pod.ts';

/** A container's `/etc/resolv.conf`, as far as it decides what is asked. */
export interface ResolvConf {
  /** `cluster`: the cluster's DNS Service; `host`: whatever the node itself asks. */
  readonly nameserver: 'cluster' | 'host';
  readonly search: readonly string[];
  readonly ndots: number;
}

/** glibc's default, on nodes and outside the cluster. */
export const hostResolvConf: ResolvConf = { nameserver: 'host', search: [], ndots: 1 };

const clusterNdots = 5;

interface PodDnsConfig {
  readonly nameservers?: readonly string[];
  readonly searches?: readonly string[];
  readonly options?: readonly { readonly name: string; readonly value?: string }[];
}

/**
 * What the kubelet writes for a Pod. A Pod in the host's network gets the host's own file unless it asks for
 * `ClusterFirstWithHostNet`: names of the cluster mean nothing there.
 *
 * Models: pkg/kubelet/network/dns/dns.go, v1.37.
 *
 * @models partly resolv.conf: dnsConfig's searches and ndots are read, further name servers and limits are not
 */
export function resolvConfOf(pod: Pod, cluster: ClusterSpec): ResolvConf {
  const { dnsPolicy = 'ClusterFirst', hostNetwork = false, dnsConfig } = pod.spec;
  const config = (dnsConfig ?? {}) as PodDnsConfig;
  const inCluster = dnsPolicy === 'ClusterFirstWithHostNet' || (dnsPolicy === 'ClusterFirst' && !hostNetwork);
  const { domain, address } = cluster.dns;
  const own = [`${pod.metadata.namespace}.svc.${domain}`, `svc.${domain}`, domain];
  const ndots = Number(config.options?.find(({ name }) => name === 'ndots')?.value ?? (inCluster ? clusterNdots : hostResolvConf.ndots));
  return {
    nameserver: inCluster || config.nameservers?.includes(address) === true ? 'cluster' : 'host',
    search: [...new Set([...(inCluster ? own : []), ...(config.searches ?? [])])],
    ndots: Number.isInteger(ndots) ? ndots : clusterNdots,
  };
}
