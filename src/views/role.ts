import type { Place, Sender } from '#engine';

/** What a thing is on the map: it decides mark, colour and word together. */
export type Role = 'packet' | 'client' | 'service' | 'pod' | 'node' | 'outside' | 'dns';

/** A place as the page names it. `detail` is the second line: where inside, or which namespace. */
export interface PlaceView {
  readonly role: Role;
  readonly name: string;
  readonly detail?: string;
}

/** True when the place is the one that sends the request. */
export function isSender(place: Place, sender: Sender): boolean {
  if (place.kind !== sender.kind || place.name !== sender.name) return false;
  return place.kind !== 'pod' || sender.kind !== 'pod' || place.namespace === sender.namespace;
}

/**
 * The role of a place in one trace: the sender is the client wherever it stands, and a Pod met on the DNS leg is the name server.
 */
export function roleOf(place: Place, sender: Sender, onDnsLeg: boolean): Role {
  switch (place.kind) {
    case 'pod':
      if (isSender(place, sender)) return 'client';
      return onDnsLeg ? 'dns' : 'pod';
    case 'node':
      return 'node';
    case 'outside':
      return 'outside';
    case 'network':
      return 'outside';
  }
}

/** `client`, `shop/client`: the namespace is written only where it is not the usual one. */
export function senderName(sender: Sender): string {
  return sender.kind === 'pod' && sender.namespace !== 'default' ? `${sender.namespace}/${sender.name}` : sender.name;
}
