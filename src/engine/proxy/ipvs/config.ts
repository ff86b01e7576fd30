import { type Cidr, cidrContains } from '../../api/cidr.ts';
import type { ClusterSpec, NodeSpec } from '../../api/cluster-spec.ts';
import { type IPv4, ipv4FromNumber } from '../../api/ipv4.ts';

/** What kube-proxy was started with, and what it finds on the node, as far as IPVS mode depends on it. */
export interface IpvsProxyConfig {
  readonly clusterCIDR: Cidr;
  readonly masqueradeAll: boolean;
  /** The bit of `--iptables-masquerade-bit` as a number. */
  readonly masqueradeMark: number;
  /** `--ipvs-scheduler`, handed to the kernel as it is. */
  readonly scheduler: string;
  /** Addresses on the node's own devices, loopback and kube-ipvs0 left out. */
  readonly nodeAddresses: readonly IPv4[];
  /** Those of them that node ports answer on: by default all. */
  readonly nodePortAddresses: readonly IPv4[];
  readonly nodeIP: IPv4;
}

/** Models: kube-proxy pkg/proxy/ipvs/proxier.go NewProxier and netlink_linux.go GetAllLocalAddressesExcept, v1.37. */
export function ipvsProxyConfig(cluster: Pick<ClusterSpec, 'podCIDR' | 'podNetwork' | 'proxy'>, node: NodeSpec): IpvsProxyConfig {
  const { proxy, podCIDR } = cluster;
  const bridge = cluster.podNetwork === 'bridge' ? [ipv4FromNumber(node.podCIDR.first + 1)] : [];
  const nodeAddresses = [node.address, ...bridge];
  const ranges = proxy.nodePortAddresses;
  return {
    clusterCIDR: podCIDR,
    masqueradeAll: proxy.masqueradeAll,
    masqueradeMark: 2 ** proxy.masqueradeBit,
    scheduler: proxy.scheduler,
    nodeAddresses,
    nodePortAddresses:
      ranges === 'default' ? nodeAddresses : nodeAddresses.filter((address) => ranges.some((range) => cidrContains(range, address))),
    nodeIP: node.address,
  };
}
