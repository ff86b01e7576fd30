/** One receiver: how many connections it got, how many the rules promise, and the band two standard deviations wide on each side. */
export interface HistogramRow {
  readonly name: string;
  readonly count: number;
  readonly expected: number;
  readonly low: number;
  readonly high: number;
}

export interface HistogramView {
  readonly times: number;
  readonly rows: readonly HistogramRow[];
  /** The right end of the scale, a round number above every count and band. */
  readonly scale: number;
  /** Connections one block of a bar stands for. */
  readonly block: number;
  /** The common expectation and band when all receivers are equally likely. */
  readonly equal?: { readonly expected: number; readonly low: number; readonly high: number };
}

/** How often a receiver was met, and its probability by the rules (0 to 1). */
export interface ReceiverCount {
  readonly name: string;
  readonly count: number;
  readonly probability: number;
}

/**
 * A histogram of `times` connections. Each receiver's count is binomial, so its standard deviation is √(n·p·(1−p)); the band is
 * twice that to each side, rounded inwards to whole connections. About 19 of 20 counts fall into it.
 */
export function histogram(times: number, receivers: readonly ReceiverCount[]): HistogramView {
  const rows = receivers.map(({ name, count, probability }): HistogramRow => {
    const expected = times * probability;
    const spread = 2 * Math.sqrt(times * probability * (1 - probability));
    return { name, count, expected, low: Math.max(0, Math.ceil(expected - spread)), high: Math.min(times, Math.floor(expected + spread)) };
  });
  const scale = roundUp(Math.max(1, ...rows.map((row) => Math.max(row.count, row.high))));
  const [first, ...rest] = rows;
  const isEqual = first !== undefined && rest.every((row) => Math.abs(row.expected - first.expected) < 1e-9);
  return {
    times,
    rows,
    scale,
    block: Math.max(1, scale / 15),
    ...(isEqual ? { equal: { expected: first.expected, low: first.low, high: first.high } } : {}),
  };
}

/** The next multiple of 15 blocks of 1, 2, 5 or 10 times a power of ten. */
function roundUp(value: number): number {
  for (let power = 1; ; power *= 10) {
    for (const step of [1, 2, 5]) if (15 * step * power >= value) return 15 * step * power;
  }
}
