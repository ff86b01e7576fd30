import type { Endpoint } from '../endpoint.ts';
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
}

export function serviceChainNames(port: ServicePort): ServiceChainNames {
  const hash = shortHash(hashedName(port), 16);
  return { cluster: `KUBE-SVC-${hash}`, local: `KUBE-SVL-${hash}`, external: `KUBE-EXT-${hash}`, firewall: `KUBE-FW-${hash}` };
}

/** KUBE-SEP-…: one endpoint of one Service port. */
export function endpointChainName(port: ServicePort, endpoint: Endpoint): string {
  return `KUBE-SEP-${shortHash(hashedName(port) + endpoint.text, 16)}`;
}

function hashedName(port: ServicePort): string {
  return `${port.name}${port.protocol.toLowerCase()}`;
}
