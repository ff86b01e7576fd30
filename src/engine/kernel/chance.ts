/** Exact odds of a random choice: `numerator/denominator`. Both are positive integers. */
export interface Odds {
  readonly numerator: number;
  readonly denominator: number;
}

export const certain: Odds = { numerator: 1, denominator: 1 };

/**
 * Where the kernel's random decisions come from. One packet walk asks the same questions in the same order whoever
 * answers, so that sampling (a seeded generator) and enumerating (every answer in turn) run the same code.
 */
export interface Chooser {
  /** Whether something of these odds happens. */
  happens(odds: Odds): boolean;
  /** One of `count` equally likely possibilities, counted from 0. */
  pick(count: number): number;
  /** A source port as the kernel picks one for a new socket or a masqueraded connection. Never part of an enumeration. */
  ephemeralPort(): number;
}

/** Linux' default `net.ipv4.ip_local_port_range`. */
const firstEphemeralPort = 32768;
const ephemeralPorts = 60999 - firstEphemeralPort + 1;

/** Answers at random, the same way for the same seed. Any finite number is a seed. */
export function seededChooser(seed: number): Chooser {
  // splitmix32: neighbouring seeds give unrelated sequences, which the 300-request histogram relies on.
  let state = Math.imul(Math.trunc(seed) | 0, 0x9e3779b1) ^ 0x5bd1e995;
  function uniform(): number {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    mixed ^= mixed >>> 15;
    return (mixed >>> 0) / 2 ** 32;
  }
  return {
    happens: (odds) => uniform() * odds.denominator < odds.numerator,
    pick: (count) => Math.floor(uniform() * count),
    ephemeralPort: () => firstEphemeralPort + Math.floor(uniform() * ephemeralPorts),
  };
}

/** The product of two odds, in lowest terms. */
export function both(one: Odds, other: Odds): Odds {
  const numerator = one.numerator * other.numerator;
  const denominator = one.denominator * other.denominator;
  const divisor = greatestCommonDivisor(numerator, denominator);
  return divisor === 1 ? { numerator, denominator } : { numerator: numerator / divisor, denominator: denominator / divisor };
}

/** The odds that something does not happen. `undefined` when it always happens. */
export function otherwise(odds: Odds): Odds | undefined {
  if (odds.numerator >= odds.denominator) return undefined;
  return { numerator: odds.denominator - odds.numerator, denominator: odds.denominator };
}

export function probability(odds: Odds): number {
  return odds.numerator / odds.denominator;
}

function greatestCommonDivisor(one: number, other: number): number {
  let a = one;
  let b = other;
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

/** What `run` answered on one way through its choices, and how likely that way is. */
export interface Possibility<T> {
  readonly odds: Odds;
  readonly value: T;
}

interface Choice {
  readonly options: number;
  taken: number;
}

/**
 * Runs `run` once for every way its random choices can fall. It must be deterministic apart from its chooser.
 * More than `limit` ways is an error of the caller, who should sample instead.
 */
export function enumerateChoices<T>(run: (chooser: Chooser) => T, limit = 20_000): readonly Possibility<T>[] {
  const possibilities: Possibility<T>[] = [];
  const path: Choice[] = [];
  do {
    let depth = 0;
    let odds = certain;
    let port = firstEphemeralPort + 9064;
    const choose = (options: number): number => {
      const choice = path[depth] ?? { options, taken: 0 };
      path[depth] = choice;
      depth++;
      return choice.taken;
    };
    const value = run({
      happens(chance) {
        const against = otherwise(chance);
        if (against === undefined) return true;
        const happened = choose(2) === 0;
        odds = both(odds, happened ? chance : against);
        return happened;
      },
      pick(count) {
        if (count > 1) odds = both(odds, { numerator: 1, denominator: count });
        return count > 1 ? choose(count) : 0;
      },
      ephemeralPort: () => port++,
    });
    possibilities.push({ odds, value });
    if (possibilities.length > limit) throw new RangeError(`more than ${limit} ways to go`);
  } while (nextPath(path));
  return possibilities;
}

/** Turns the last choice that has an answer left; later choices are forgotten. */
function nextPath(path: Choice[]): boolean {
  for (let last = path.pop(); last !== undefined; last = path.pop()) {
    if (last.taken + 1 < last.options) {
      path.push({ options: last.options, taken: last.taken + 1 });
      return true;
    }
  }
  return false;
}
