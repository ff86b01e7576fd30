import { median, timed } from './clock.ts';

/** A fixed amount of integer arithmetic and memory traffic that no engine optimises away: the same everywhere, so that machines compare. */
function loop(): number {
  const words = new Uint32Array(1 << 16);
  let state = 1;
  for (let round = 0; round < 100_000_000; round += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const at = state & 0xffff;
    words[at] = (words[at] ?? 0) + (state ^ round);
  }
  return words[7] ?? 0;
}

/** Milliseconds of the calibration loop on this machine. */
export function calibrate(): number {
  return median([timed(loop), timed(loop), timed(loop)]);
}
