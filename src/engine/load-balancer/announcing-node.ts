import { sha256 } from '@noble/hashes/sha2.js';
import type { IPv4 } from '../api/ipv4.ts';

/** What MetalLB's speakers know of one Service. */
export interface Announcement {
  readonly address: IPv4;
  readonly externalTrafficPolicy: 'Cluster' | 'Local';
  /** Nodes whose speaker takes part in the election. */
  readonly speakers: readonly string[];
  /** Nodes that have an endpoint which serves; one entry an endpoint, `undefined` for an endpoint without a node. */
  readonly endpointNodes: readonly (string | undefined)[];
}

/**
 * The one node that answers ARP for an address: of those that may, the one whose hash with the address is the smallest. With policy Local only
 * nodes with an endpoint may; with no endpoint at all nobody does.
 *
 * Models: MetalLB speaker/layer2_controller.go ShouldAnnounce, v0.15.
 *
 * @models yes MetalLB layer 2: one node an address gets every connection
 */
export function announcingNode({ address, externalTrafficPolicy, speakers, endpointNodes }: Announcement): string | undefined {
  if (endpointNodes.length === 0) return undefined;
  const available = externalTrafficPolicy === 'Local' ? speakers.filter((node) => endpointNodes.includes(node)) : speakers;
  const ranked = available.map((node) => ({ node, rank: hexOf(`${node}#${address}`) }));
  return ranked.sort((one, other) => (one.rank < other.rank ? -1 : 1))[0]?.node;
}

function hexOf(text: string): string {
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  return Array.from(sha256(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
