import type { ServicePort } from '../service-port.ts';
import { shortHash } from '../short-hash.ts';

/**
 * Names of the chains one Service port has. They are hashes because iptables allows 28 characters only, and the same on
 * every node and in every cluster for equal names.
 *
 * Models: kube-proxy pkg/proxy/iptables/proxier.go portProtoHash and servicePortEndpointChainName, v1.37.
 */
export interface ServiceChainNames {
  /** KUBE-SVC-…: endpoints of the whole cluster. */
  readonly cluster: string;
  /** KUBE-SVL-…: endpoints of this node. */
  readonly local: string;
  /** KUBE-EXT-…: what comes by node port, external IP or load balancer. */
  readonly external: string;
  /** KUBE-FW-…: who may use the load balancer's address. */
  readonly firewall: string;
  /** KUBE-SEP-…: one endpoint, given as `address:port`. */
  readonly endpoint: (text: string) => string;
}

export function serviceChainNames(port: ServicePort): ServiceChainNames {
  const name = `${port.name}${port.protocol.toLowerCase()}`;
  const hash = shortHash(name, 16);
  const endpoints = new Map<string, string>();
  return {
    cluster: `KUBE-SVC-${hash}`,
    local: `KUBE-SVL-${hash}`,
    external: `KUBE-EXT-${hash}`,
    firewall: `KUBE-FW-${hash}`,
    endpoint(text) {
      const known = endpoints.get(text);
      if (known !== undefined) return known;
      const chain = `KUBE-SEP-${shortHash(name + text, 16)}`;
      endpoints.set(text, chain);
      return chain;
    },
  };
}
