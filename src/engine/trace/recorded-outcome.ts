import type { TraceEnd } from './trace.ts';

/**
 * A journey's end in the words the recordings of real packets use: what a client can see, and what the Pod saw.
 *
 * `undefined` where no packet is sent, or none can be told: names that do not resolve, behaviour that is not modelled.
 */
export function recordedOutcome(end: TraceEnd): string | undefined {
  switch (end.kind) {
    case 'delivered':
      if (end.to.kind === 'pod') return `pod=${end.to.name} src=${end.sourceSeen}`;
      return end.httpStatus === undefined ? `${end.to.kind}=${end.to.name} src=${end.sourceSeen}` : `http ${end.httpStatus}`;
    case 'rejected':
    case 'refused':
      return 'refused';
    case 'dropped':
      return 'timeout';
    case 'unreachable':
      return end.cause === 'no-route' || end.cause === 'no-such-host' ? 'timeout' : end.cause;
    case 'name-error':
    case 'not-modelled':
      return undefined;
  }
}
