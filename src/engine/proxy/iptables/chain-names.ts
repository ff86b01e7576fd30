import { sha256 } from '@noble/hashes/sha2.js';
import type { ServicePort } from '../service-port.ts';

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

const namesOfPorts = new WeakMap<ServicePort, ServiceChainNames>();

/** The names are kept with the port: every node asks for them. */
export function serviceChainNames(port: ServicePort): ServiceChainNames {
  const known = namesOfPorts.get(port);
  if (known !== undefined) return known;
  const name = `${port.name}${port.protocol.toLowerCase()}`;
  const hash = shortHash(name);
  const endpoints = new Map<string, string>();
  const names: ServiceChainNames = {
    cluster: `KUBE-SVC-${hash}`,
    local: `KUBE-SVL-${hash}`,
    external: `KUBE-EXT-${hash}`,
    firewall: `KUBE-FW-${hash}`,
    endpoint(text) {
      const chain = endpoints.get(text) ?? `KUBE-SEP-${shortHash(name + text)}`;
      endpoints.set(text, chain);
      return chain;
    },
  };
  namesOfPorts.set(port, names);
  return names;
}

const base32Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The first 16 characters of base32(sha256(text)). Ten bytes are exactly 16 base32 digits. Names here are ASCII by validation. */
export function shortHash(text: string): string {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  const digest = sha256(bytes);
  let digits = '';
  let buffer = 0;
  let bits = 0;
  for (let index = 0; index < 10; index++) {
    buffer = (buffer << 8) | (digest[index] ?? 0);
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      digits += base32Alphabet[(buffer >>> bits) & 31];
    }
    buffer &= 31;
  }
  return digits;
}
