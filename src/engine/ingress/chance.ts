/** Exact odds, `numerator/denominator`. */
export interface Odds {
  readonly numerator: number;
  readonly denominator: number;
}

/** Where a proxy's random decisions come from; whoever answers them decides whether a run is a sample or one of all the ways to go. */
export interface Chance {
  happens(odds: Odds): boolean;
  /** One of `count` equally likely possibilities, counted from 0. */
  pick(count: number): number;
}
