import { describe, expect, test } from 'vitest';
import { ipv4 } from '../../api/ipv4.ts';
import { enumerateChoices, seededChooser } from '../chance.ts';
import type { RelaySocket } from './relay-socket.ts';
import { emptyRelayState, nextTarget, type RelayState } from './relay-state.ts';

const targets = [1, 2, 3].map((host) => ({ address: ipv4(`10.244.0.${host}`), port: 8080 }));
const socket: RelaySocket = { protocol: 'TCP', port: 40000, name: 'default/web', targets, origins: [] };
const client = ipv4('10.244.0.9');

/** Addresses met by so many connections, one after the other. */
function met(count: number, { of = socket, from = emptyRelayState, seed = 1, now = 0 } = {}): { addresses: string[]; state: RelayState } {
  const chooser = seededChooser(seed);
  const addresses: string[] = [];
  let state = from;
  for (let index = 0; index < count; index++) {
    const choice = nextTarget(state, { socket: of, client, chooser, now, forgetsClient: false });
    if (choice === undefined) break;
    addresses.push(choice.target.address);
    state = choice.state;
  }
  return { addresses, state };
}

describe('nextTarget', () => {
  test('goes round in one order, whatever it is', () => {
    const { addresses } = met(9);
    const round = addresses.slice(0, 3);
    expect([...round].sort()).toEqual(targets.map(({ address }) => address));
    expect(addresses).toEqual([...round, ...round, ...round]);
  });

  test('leaves to chance where the round begins, and nothing after it', () => {
    const choose = (state: RelayState) =>
      enumerateChoices((chooser) => nextTarget(state, { socket, client, chooser, now: 0, forgetsClient: false })?.target.address);
    expect(choose(emptyRelayState).map(({ odds }) => odds)).toEqual(targets.map(() => ({ numerator: 1, denominator: 3 })));
    expect(choose(met(3).state)).toHaveLength(1);
  });

  test('begins anew with other targets', () => {
    const { addresses } = met(1, { of: { ...socket, targets: targets.slice(1) }, from: met(3).state });
    expect(addresses[0]).not.toBe('10.244.0.1');
  });

  test('has nobody where there is nobody', () => {
    expect(met(1, { of: { ...socket, targets: [] } }).addresses).toEqual([]);
  });

  test('keeps a client where it was, until it stays away too long or the target fails it', () => {
    const sticky = { ...socket, stickySeconds: 10 };
    const { addresses, state } = met(4, { of: sticky });
    expect(new Set(addresses).size).toBe(1);
    expect(met(1, { of: sticky, from: state, now: 9_999 }).addresses[0]).toBe(addresses[0]);
    expect(met(1, { of: sticky, from: state, now: 10_000 }).addresses[0]).not.toBe(addresses[0]);
    const failed = nextTarget(state, { socket: sticky, client, chooser: seededChooser(1), now: 0, forgetsClient: true });
    expect(failed?.target.address).not.toBe(addresses[0]);
    const gone = met(1, { of: { ...sticky, targets: targets.filter(({ address }) => address !== addresses[0]) }, from: state });
    expect(gone.addresses[0]).not.toBe(addresses[0]);
  });
});
