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

export function serviceChainNames(port: ServicePort): ServiceChainNames {
  const name = `${port.name}${port.protocol.toLowerCase()}`;
  const hash = shortHash(name);
  const endpoints = new Map<string, string>();
  return {
    cluster: `KUBE-SVC-${hash}`,
    local: `KUBE-SVL-${hash}`,
    external: `KUBE-EXT-${hash}`,
    firewall: `KUBE-FW-${hash}`,
    endpoint(text) {
      const known = endpoints.get(text);
      if (known !== undefined) return known;
      const chain = `KUBE-SEP-${shortHash(name + text)}`;
      endpoints.set(text, chain);
      return chain;
    },
  };
}

const base32Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

// One hasher is wound back for every name: making thousands of them costs more than hashing does.
const untouched = sha256.create();
const hasher = sha256.create();
const input = new Uint8Array(1024);
const digest = new Uint8Array(32);

/** The first 16 characters of base32(sha256(text)). Ten bytes are exactly 16 base32 digits. Names here are ASCII by validation. */
export function shortHash(text: string): string {
  const bytes = text.length <= input.length ? input : new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  untouched._cloneInto(hasher).update(bytes.subarray(0, text.length)).digestInto(digest);
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
