/** Milliseconds of work between two moments in which the page may draw and take a keystroke: less than a frame. */
const slice = 10;

/**
 * Runs a generator's work a slice at a time, so that nobody who types or scrolls notices. `tell` hears the last progress of every slice. Each
 * step of the work itself should be short.
 */
export async function inSlices<Progress, Result>(work: Generator<Progress, Result>, tell: (progress: Progress) => void): Promise<Result> {
  for (;;) {
    const until = performance.now() + slice;
    let step = work.next();
    while (step.done !== true && performance.now() < until) step = work.next();
    if (step.done === true) return step.value;
    tell(step.value);
    await nextTask();
  }
}

/** A message, not a timer: browsers hold nested timers back by four milliseconds each. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
