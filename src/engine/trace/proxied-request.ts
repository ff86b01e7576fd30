import type { IPv4 } from '../api/ipv4.ts';
import type { HttpRequest } from '../ingress/http-request.ts';
import { type L7Proxy, routeRequest } from '../ingress/l7-proxy.ts';
import type { Peer, RouteDecision, RouteNote, RouteOutcome } from '../ingress/route-decision.ts';
import type { Packet } from '../kernel/packet.ts';
import type { Journey } from './journey.ts';
import { reason, type StepDraft } from './recorder.ts';
import type { Place, StepReason, StepReasonCode, TraceEnd } from './trace.ts';

type Delivered = Extract<TraceEnd, { readonly kind: 'delivered' }>;
type NotModelled = Extract<TraceEnd, { readonly kind: 'not-modelled' }>;

/** A request that an L7 proxy has taken. */
export interface TakenRequest {
  readonly place: Place;
  /** Index of the step in which the proxy took the connection. */
  readonly step: number;
  /** The client's packet as the proxy saw it. */
  readonly client: Packet;
  readonly request: HttpRequest;
}

/** Opens a connection to a back end, sends the request and waits for the answer. */
export type Dial = (peer: Peer, request: HttpRequest, send: 'l7-connect' | 'l7-next-endpoint') => TraceEnd;

/**
 * An L7 proxy decides, and dials the Pods it chose, one after the other until one answers. The connection that comes of it is the proxy's own:
 * the Pod sees the proxy's address, and the client's only in a header.
 *
 * Models: nginx `proxy_next_upstream error timeout`: 502 when the last try was refused, 504 when nothing came back.
 */
export function proxyRequest(
  { recorder, chooser }: Journey,
  proxy: L7Proxy,
  { place, step, client, request }: TakenRequest,
  dial: Dial,
): Delivered | NotModelled {
  const decision = routeRequest(proxy, request, chooser, {
    port: client.destinationPort,
    salt: `${client.source}:${client.sourcePort ?? ''}`,
  });
  let decided = step;
  for (const note of decision.notes) decided = recorder.add(stepOf(note, place, client));
  const { outcome } = decision;
  if (outcome.kind === 'not-modelled') return { kind: 'not-modelled', what: [outcome.what] };
  const seen = { place, sourceSeen: client.source, ...told(decision) };
  if (outcome.kind === 'answer') {
    return { kind: 'delivered', step: decided, to: place, sourceSeen: client.source, httpStatus: outcome.status, proxy: seen };
  }
  const forwarded = forwardedRequest(request, outcome, client.source);
  let refused = false;
  for (const [tries, peer] of outcome.peers.entries()) {
    const end = dial(peer, forwarded, tries === 0 ? 'l7-connect' : 'l7-next-endpoint');
    if (end.kind === 'not-modelled') return end;
    if (end.kind === 'delivered') return { ...end, proxy: end.proxy ?? seen };
    refused = end.kind === 'refused' || end.kind === 'rejected';
  }
  const { failure } = outcome;
  if (failure === undefined) return { kind: 'not-modelled', what: ['what a Gateway answers when its Pod cannot be reached'] };
  const status = refused ? failure.refused : failure.silent;
  const given = recorder.add({ kind: 'l7.route', place, before: client, after: client, reason: reason('l7-gives-up', { status }) });
  return { kind: 'delivered', step: given, to: place, sourceSeen: client.source, httpStatus: status, proxy: seen };
}

/** What goes to the back end: in the clear, with the client's address in a header. */
function forwardedRequest(request: HttpRequest, { target }: Extract<RouteOutcome, { kind: 'forward' }>, client: IPv4): HttpRequest {
  return { ...request, scheme: 'http', target, headers: { ...request.headers, 'x-forwarded-for': client } };
}

/** What the client hears from the proxy besides the back end's answer. */
function told({ notes, outcome }: RouteDecision): Omit<NonNullable<Delivered['proxy']>, 'place' | 'sourceSeen'> {
  const ended = notes.find((note) => note.kind === 'tls-ended');
  const cookie = outcome.kind === 'forward' ? outcome.setCookie : undefined;
  const location = outcome.kind === 'answer' ? outcome.location : undefined;
  return {
    ...(ended === undefined ? {} : { certificate: ended.secret === undefined ? {} : { secret: ended.secret } }),
    ...(cookie === undefined ? {} : { setCookie: cookie }),
    ...(location === undefined ? {} : { location }),
  };
}

function stepOf(note: RouteNote, place: Place, client: Packet): StepDraft {
  const shared = { place, before: client, after: client };
  if (note.kind === 'peer-picked') {
    const { because, odds } = note;
    return { ...shared, kind: 'lb.pick', reason: reasonOf(note), ...(because === 'cookie' ? {} : { odds }) };
  }
  const odds = 'odds' in note ? note.odds : undefined;
  const origins = 'origins' in note ? note.origins : [];
  return { ...shared, kind: 'l7.route', reason: reasonOf(note), origins, ...(odds === undefined ? {} : { odds }) };
}

function reasonOf(note: RouteNote): StepReason {
  switch (note.kind) {
    case 'tls-ended':
      return note.secret === undefined
        ? reason('l7-tls-untrusted', { host: note.host })
        : reason('l7-tls-ended', { host: note.host, secret: note.secret });
    case 'route-matched':
      return reason('l7-route-matched', {
        route: note.route,
        host: note.host,
        path: note.path,
        service: note.service,
        port: note.port,
      });
    case 'rule-matched':
      return reason('l7-rule-matched', { route: note.route, host: note.host, path: note.path });
    case 'default-backend':
      return reason('l7-default-backend', { route: note.route, service: note.service });
    case 'no-route':
      return reason('l7-no-route', { host: note.host, path: note.path });
    case 'redirected':
      return reason('l7-redirected', { status: note.status, location: note.location });
    case 'canary':
      return reason((note.taken ? canaryTaken : canaryPassed)[note.because], { service: note.service });
    case 'canary-skipped':
      return reason('l7-canary-skipped', { service: note.service });
    case 'weighted':
      return reason('l7-weighted', { service: note.service });
    case 'no-endpoints':
      return reason('l7-no-endpoints', { service: note.service, status: note.status });
    case 'no-service':
      return reason('l7-no-service', { service: note.service, status: note.status });
    case 'peer-picked': {
      const address = `${note.peer.address}:${note.peer.port}`;
      if (note.because === 'cookie') return reason('l7-pick-remembered', { address });
      if (note.because === 'only') return reason('l7-pick-only-endpoint', { address });
      return reason(note.because === 'turn' ? 'l7-pick-endpoint' : 'l7-pick-any-endpoint', { count: note.count, address });
    }
  }
}

type CanaryReason = Extract<RouteNote, { readonly kind: 'canary' }>['because'];

const canaryTaken: Readonly<Record<CanaryReason, StepReasonCode>> = {
  affinity: 'l7-canary-by-affinity',
  header: 'l7-canary-by-header',
  cookie: 'l7-canary-by-cookie',
  weight: 'l7-canary-by-weight',
};

const canaryPassed: Readonly<Record<CanaryReason, StepReasonCode>> = {
  affinity: 'l7-main-by-affinity',
  header: 'l7-main-by-header',
  cookie: 'l7-main-by-cookie',
  weight: 'l7-main-by-weight',
};
