import { type Cidr, cidrContains } from '../../api/cidr.ts';
import type { ClusterSpec } from '../../api/cluster-spec.ts';
import { type IPv4, ipv4 } from '../../api/ipv4.ts';

/** What kube-proxy was started with, as far as its iptables rules depend on it. */
export interface IptablesProxyConfig {
  /** `--cluster-cidr`: what comes from here is a Pod of this cluster (detectLocalMode ClusterCIDR). Absent: no detector. */
  readonly clusterCIDR?: Cidr;
  readonly masqueradeAll: boolean;
  /** The bit of `--iptables-masquerade-bit` as a number, e.g. 0x4000. */
  readonly masqueradeMark: number;
  /** `--nodeport-addresses`: every address of the node, or the node's addresses that it names. */
  readonly nodePortAddresses: 'all' | readonly IPv4[];
  /** Whether node ports answer on 127.0.0.1 too. */
  readonly localhostNodePorts: boolean;
  /** Above this many endpoints rules for endpoints carry no comment. */
  readonly largeClusterEndpoints: number;
  /** The node's own address: whether a source range admits the node itself. */
  readonly nodeIP: IPv4;
}

/**
 * The options of one node's kube-proxy, from the cluster file.
 *
 * Models: kube-proxy cmd/kube-proxy/app and pkg/proxy/util/nodeport_addresses.go, v1.37.
 */
export function iptablesProxyConfig(cluster: Pick<ClusterSpec, 'podCIDR' | 'proxy'>, nodeIP: IPv4): IptablesProxyConfig {
  const { proxy } = cluster;
  const ranges = proxy.nodePortAddresses;
  const all = ranges === 'default' || ranges.some((range) => range.length === 0);
  const own = [ipv4('127.0.0.1'), nodeIP];
  return {
    clusterCIDR: cluster.podCIDR,
    masqueradeAll: proxy.masqueradeAll,
    masqueradeMark: 2 ** proxy.masqueradeBit,
    nodePortAddresses: all ? 'all' : own.filter((address) => ranges.some((range) => cidrContains(range, address))),
    localhostNodePorts: all || ranges.some((range) => cidrContains(range, ipv4('127.0.0.1'))),
    largeClusterEndpoints: proxy.largeClusterEndpoints,
    nodeIP,
  };
}
