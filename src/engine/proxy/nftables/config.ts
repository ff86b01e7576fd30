import { type Cidr, cidrContains } from '../../api/cidr.ts';
import type { ClusterSpec } from '../../api/cluster-spec.ts';
import type { IPv4 } from '../../api/ipv4.ts';

/** What kube-proxy was started with, as far as its nftables rules depend on it. */
export interface NftablesProxyConfig {
  readonly clusterCIDR: Cidr;
  readonly serviceCIDR: Cidr;
  readonly masqueradeAll: boolean;
  /** The bit of `--iptables-masquerade-bit` as a number; nftables mode uses the same flag. */
  readonly masqueradeMark: number;
  /** Every address of the node but loopback, or those given; by default the node's primary address alone. */
  readonly nodePortAddresses: 'all' | readonly IPv4[];
  readonly nodeIP: IPv4;
}

export function nftablesProxyConfig(cluster: Pick<ClusterSpec, 'podCIDR' | 'serviceCIDR' | 'proxy'>, nodeIP: IPv4): NftablesProxyConfig {
  const { proxy, podCIDR, serviceCIDR } = cluster;
  const ranges = proxy.nodePortAddresses;
  const chosen = ranges === 'default' || ranges.some((range) => cidrContains(range, nodeIP)) ? [nodeIP] : [];
  return {
    clusterCIDR: podCIDR,
    serviceCIDR,
    masqueradeAll: proxy.masqueradeAll,
    masqueradeMark: 2 ** proxy.masqueradeBit,
    nodePortAddresses: ranges !== 'default' && ranges.some((range) => range.length === 0) ? 'all' : chosen,
    nodeIP,
  };
}
