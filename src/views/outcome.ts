import type { Probe, TraceEnd } from '#engine';
import { fill } from '#words/fill.ts';
import { dropCauses, outcomeDetails, outcomeWords } from '#words/ko.ts';

/** The mark beside the word. `unknown` has no mark of its own: nothing is claimed. */
export type OutcomeMark = 'ok' | 'refused' | 'dropped' | 'unknown';

export type OutcomeWord = (typeof outcomeWords)[keyof typeof outcomeWords];

/** How a journey ended, in words: `도착`, and why in one sentence. `step` counts from 1, as the trace table does. */
export interface OutcomeView {
  readonly mark: OutcomeMark;
  readonly word: OutcomeWord;
  readonly detail: string;
  readonly step?: number;
}

/** The words of a trace's end. A request that got an answer arrived, whatever the answer says: the HTTP status is in the detail. */
export function outcomeView(end: TraceEnd): OutcomeView {
  switch (end.kind) {
    case 'delivered': {
      const place = fill(outcomeDetails.delivered, { place: end.to.name });
      const detail = end.httpStatus === undefined ? place : `${place} ${fill(outcomeDetails.deliveredHttp, { status: end.httpStatus })}`;
      return { mark: 'ok', word: outcomeWords.delivered, detail, step: end.step + 1 };
    }
    case 'rejected':
      return { mark: 'refused', word: outcomeWords.refused, detail: outcomeDetails.rejected, step: end.step + 1 };
    case 'refused':
      return { mark: 'refused', word: outcomeWords.refused, detail: outcomeDetails.refused, step: end.step + 1 };
    case 'dropped': {
      const word = end.cause === 'policy' ? outcomeWords.policy : outcomeWords.silent;
      return { mark: 'dropped', word, detail: dropCauses[end.cause], step: end.step + 1 };
    }
    case 'unreachable': {
      // An ICMP error came back for these two: somebody answered, so it is not silence.
      const answered = end.cause === 'host-unreachable' || end.cause === 'net-unreachable';
      const word = answered ? outcomeWords.unreachable : outcomeWords.silent;
      return { mark: answered ? 'refused' : 'dropped', word, detail: outcomeDetails[end.cause], step: end.step + 1 };
    }
    case 'name-error':
      return { mark: 'refused', word: outcomeWords['name-error'], detail: outcomeDetails[end.status], step: end.step + 1 };
    case 'not-modelled':
      return {
        mark: 'unknown',
        word: outcomeWords['not-modelled'],
        detail: fill(outcomeDetails['not-modelled'], { what: end.what.join(', ') }),
      };
  }
}

/** The request as a person would type it: `curl http://my-app-service`, `ping 10.96.1.100`. */
export function probeCommand(probe: Probe): string {
  if (probe.protocol === 'ICMP') return `ping ${probe.host}`;
  if (probe.http !== undefined) {
    const { headers = {}, path, tls } = probe.http;
    const [scheme, usual] = tls === true ? ['https', 443] : ['http', 80];
    const port = probe.port === undefined || probe.port === usual ? '' : `:${probe.port}`;
    const options = Object.entries(headers).map(([name, value]) => `-H '${name}: ${value}' `);
    return `curl ${options.join('')}${scheme}://${probe.host}${port}${path === '/' ? '' : path}`;
  }
  const command = probe.protocol === 'UDP' ? 'nc -u' : probe.protocol === 'SCTP' ? 'ncat --sctp' : 'telnet';
  return `${command} ${probe.host} ${probe.port ?? ''}`.trimEnd();
}
