import type { Chance, Odds } from '../chance.ts';
import { cookieOf, type HttpRequest } from '../http-request.ts';
import type { Peer, RouteNote } from '../route-decision.ts';
import { peerText } from '../service-peers.ts';
import type { Upstream } from './nginx-config.ts';

/** Tries of one request, the first included: nginx' `proxy_next_upstream_tries` as ingress-nginx sets it. */
const mostTries = 3;

export interface PickedPeers {
  readonly note: RouteNote;
  /** In the order they are tried. */
  readonly peers: readonly Peer[];
  readonly setCookie?: string;
}

/**
 * Chooses the Pod. Without affinity it is the next one's turn; which one that is depends on requests nobody here has seen, so that each is
 * equally likely. With cookie affinity the key in the cookie leads to one Pod, always the same while that Pod is there; a request without the
 * cookie gets one with its answer.
 *
 * Models: ingress-nginx rootfs/etc/nginx/lua/balancer/{round_robin,sticky,sticky_balanced}.lua, controller-v1.12.
 *
 * @models partly ingress-nginx load balancing: round robin as equal odds; cookies hold a key and the back end's name, hashed in another way
 *
 * `salt` tells clients apart that get their cookie at the same moment.
 */
export function pickPeers(upstream: Upstream, request: HttpRequest, chance: Chance, salt: string): PickedPeers | undefined {
  const { peers, affinity } = upstream;
  const count = peers.length;
  if (affinity === undefined) {
    const first = count === 1 ? 0 : chance.pick(count);
    const inTurn = Array.from({ length: mostTries }, (_, tries) => peers[(first + tries) % count]).filter((peer) => peer !== undefined);
    return picked(inTurn, count === 1 ? 'only' : 'turn', { numerator: 1, denominator: count }, count);
  }
  const key = affinityKey(request, affinity.cookie)?.key;
  const remembered = key === undefined ? undefined : byAffinity(peers, key);
  if (remembered !== undefined) {
    const others = affinity.changeOnFailure ? peers.filter((peer) => peer !== remembered) : [remembered, remembered];
    return picked([remembered, ...others].slice(0, mostTries), 'cookie', { numerator: 1, denominator: 1 }, count);
  }
  const first = peers[count === 1 ? 0 : chance.pick(count)];
  if (first === undefined) return undefined;
  const others = peers.filter((peer) => peer !== first);
  const found = picked([first, ...others].slice(0, mostTries), count === 1 ? 'only' : 'turn', { numerator: 1, denominator: count }, count);
  if (found === undefined) return undefined;
  const path = affinity.path ?? '/';
  return { ...found, setCookie: `${affinity.cookie}=${keyFor(peers, first, salt)}|${upstream.name}; Path=${path}; HttpOnly` };
}

function picked(peers: readonly Peer[], because: 'turn' | 'only' | 'cookie', odds: Odds, count: number): PickedPeers | undefined {
  const [peer] = peers;
  return peer === undefined ? undefined : { note: { kind: 'peer-picked', peer, because, odds, count }, peers };
}

/** What the cookie says: a key that leads to a Pod, and the back end it was given for. */
export function affinityKey(request: HttpRequest, cookie: string): { readonly key: string; readonly upstream?: string } | undefined {
  const [key = '', upstream] = (cookieOf(request, cookie) ?? '').split('|');
  return key === '' ? undefined : { key, ...(upstream === undefined ? {} : { upstream }) };
}

/** The endpoint a key belongs to: when another one goes away, the key stays where it is. */
function byAffinity(peers: readonly Peer[], key: string): Peer | undefined {
  let best: { readonly peer: Peer; readonly weight: number } | undefined;
  for (const peer of peers) {
    const weight = hash(`${key} ${peerText(peer)}`);
    if (best === undefined || weight > best.weight) best = { peer, weight };
  }
  return best?.peer;
}

/** A key that leads to this very endpoint. As many tries are expected as there are endpoints; what is left over keeps the last one. */
function keyFor(peers: readonly Peer[], wanted: Peer, salt: string): string {
  let key = '';
  for (let attempt = 0; attempt < 100 * peers.length; attempt += 1) {
    key = hash(`${salt}.${attempt}`).toString(16).padStart(8, '0');
    if (byAffinity(peers, key) === wanted) return key;
  }
  return key;
}

/** FNV-1a, 32 bits, mixed once more so that nearby texts land far apart. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  return (state ^ (state >>> 13)) >>> 0;
}
