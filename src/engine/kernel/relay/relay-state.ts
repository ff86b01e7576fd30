import type { IPv4 } from '../../api/ipv4.ts';
import { type Chooser, certain, type Odds } from '../chance.ts';
import { type RelaySocket, type RelayTarget, targetText } from './relay-socket.ts';

/** A round through the targets of one socket: those met so far in their order, and how many turns have been taken. */
interface Round {
  /** The targets the round is about, as text; another list begins another round. */
  readonly targets: string;
  readonly order: readonly RelayTarget[];
  readonly turns: number;
}

interface RememberedClient {
  readonly target: RelayTarget;
  /** Milliseconds of the cluster's clock. */
  readonly lastUsed: number;
}

/** What relaying processes of one host remember. Immutable. */
export interface RelayState {
  /** By socket. */
  readonly rounds: ReadonlyMap<string, Round>;
  /** By socket and client. */
  readonly clients: ReadonlyMap<string, RememberedClient>;
}

export const emptyRelayState: RelayState = { rounds: new Map(), clients: new Map() };

export interface RelayChoice {
  readonly target: RelayTarget;
  readonly odds: Odds;
  /** `client`: it was there before. `turn`: the round has come to it. */
  readonly because: 'client' | 'turn';
  readonly state: RelayState;
}

export interface RelayInput {
  readonly socket: RelaySocket;
  readonly client: IPv4;
  readonly chooser: Chooser;
  readonly now: number;
  /** The target that the client is kept at has just failed. */
  readonly forgetsClient: boolean;
}

/**
 * The next target of a socket; `undefined` when it has none. Targets take turns, in an order that the process shuffled when it learned of them: who comes next
 * is chance in the first round only.
 *
 * Models: kube-proxy pkg/proxy/userspace/roundrobin.go NextEndpoint, v1.25.
 */
export function nextTarget(state: RelayState, { socket, client, chooser, now, forgetsClient }: RelayInput): RelayChoice | undefined {
  const { targets, stickySeconds } = socket;
  const key = `${socket.protocol} ${socket.port}`;
  const clientKey = `${key} ${client}`;
  const remember = (target: RelayTarget, next: RelayState): RelayState => {
    if (stickySeconds === undefined) return next;
    return { ...next, clients: new Map([...next.clients, [clientKey, { target, lastUsed: now }]]) };
  };
  const known = stickySeconds === undefined || forgetsClient ? undefined : state.clients.get(clientKey);
  const isThere = known !== undefined && targets.some((target) => targetText(target) === targetText(known.target));
  if (known !== undefined && isThere && now - known.lastUsed < (stickySeconds ?? 0) * 1000) {
    return { target: known.target, odds: certain, because: 'client', state: remember(known.target, state) };
  }
  const turn = nextTurn(roundOf(state.rounds.get(key), targets), targets, chooser);
  if (turn === undefined) return undefined;
  const next = { ...state, rounds: new Map([...state.rounds, [key, turn.round]]) };
  return { target: turn.target, odds: turn.odds, because: 'turn', state: remember(turn.target, next) };
}

function roundOf(known: Round | undefined, targets: readonly RelayTarget[]): Round {
  const text = targets.map(targetText).join(' ');
  return known?.targets === text ? known : { targets: text, order: [], turns: 0 };
}

function nextTurn(
  round: Round,
  targets: readonly RelayTarget[],
  chooser: Chooser,
): { readonly target: RelayTarget; readonly odds: Odds; readonly round: Round } | undefined {
  const { order, turns } = round;
  const again = order[turns % targets.length];
  if (again !== undefined) return { target: again, odds: certain, round: { ...round, turns: turns + 1 } };
  const waiting = targets.filter((target) => !order.some((met) => targetText(met) === targetText(target)));
  const target = waiting[chooser.pick(waiting.length)];
  if (target === undefined) return undefined;
  const odds = { numerator: 1, denominator: waiting.length };
  return { target, odds, round: { ...round, order: [...order, target], turns: turns + 1 } };
}
