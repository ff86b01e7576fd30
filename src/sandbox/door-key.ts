/** Where `engine-door.ts` leaves the engine in a thread that has loaded it. */
export const doorKey = Symbol.for('packet-path.engine-door');

/** Where `kubectl-door.ts` leaves kubectl. */
export const kubectlKey = Symbol.for('packet-path.kubectl-door');
