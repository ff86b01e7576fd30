import type { Endpoint } from '../endpoint.ts';
import type { ServicePort } from '../service-port.ts';
import { shortHash } from '../short-hash.ts';

/**
 * Names of a Service port's chains and sets: a hash against clashes after cutting, then what a person wants to read.
 *
 * Models: kube-proxy pkg/proxy/nftables/proxier.go servicePortChainNameBase and hashAndTruncate, v1.37.
 */
export interface NftNames {
  readonly cluster: string;
  readonly local: string;
  readonly external: string;
  readonly firewall: string;
  readonly endpoint: (endpoint: Endpoint) => string;
  readonly affinity: (endpoint: Endpoint) => string;
}

export function nftNames(port: ServicePort): NftNames {
  const { namespace = 'default', name } = port.service;
  const base = `${namespace}/${name}/${port.protocol.toLowerCase()}/${port.portName}`;
  const hashed = hashAndCut(base);
  const ofEndpoint = (prefix: string) => (endpoint: Endpoint) => prefix + hashAndCut(`${base}__${endpoint.address}/${endpoint.port}`);
  return {
    cluster: `service-${hashed}`,
    local: `local-${hashed}`,
    external: `external-${hashed}`,
    firewall: `firewall-${hashed}`,
    endpoint: ofEndpoint('endpoint-'),
    affinity: ofEndpoint('affinity-'),
  };
}

const longestName = 240;

function hashAndCut(text: string): string {
  const name = `${shortHash(text, 8)}-${text}`;
  return name.length <= longestName ? name : `${name.slice(0, longestName - 3)}...`;
}
