import type { Chance } from '../chance.ts';
import { cookieOf, type HttpRequest, normalizedPath } from '../http-request.ts';
import type { RouteDecision, RouteNote, RouteOutcome } from '../route-decision.ts';
import { certificateOf, matchLocation, serverOf } from './match-location.ts';
import type { Location, NginxConfig, Upstream } from './nginx-config.ts';
import { affinityKey, pickPeers } from './pick-peer.ts';

/**
 * Decides where ingress-nginx sends a request: server, location, canary, Pod.
 *
 * Models: ingress-nginx rootfs/etc/nginx/lua/{lua_ingress,balancer}.lua and its nginx.conf template, controller-v1.12.
 *
 * @models partly canary: by header, cookie and weight, in that order; a canary without a ready endpoint is left out; header patterns are not modelled
 */
export function routeIngress(config: NginxConfig, request: HttpRequest, chance: Chance, salt: string): RouteDecision {
  const notes: RouteNote[] = [];
  const certificate = certificateOf(config, request.host);
  if (request.scheme === 'https') {
    const secret = certificate?.secret;
    notes.push({
      kind: 'tls-ended',
      host: request.host,
      ...(secret === undefined ? {} : { secret }),
      origins: certificate?.origins ?? [],
    });
  }
  const outcome = routeIn(config, request, certificate !== undefined, chance, salt, notes);
  return { notes, outcome };
}

function routeIn(
  config: NginxConfig,
  request: HttpRequest,
  hasCertificate: boolean,
  chance: Chance,
  salt: string,
  notes: RouteNote[],
): RouteOutcome {
  const path = normalizedPath(request);
  const server = serverOf(config, request.host);
  if (server === undefined) return { kind: 'not-modelled', what: 'an ingress controller without a server' };
  const match = matchLocation(server, path);
  if (match.kind === 'not-modelled') return match;
  const { location } = match;
  const { annotations } = location;
  if (annotations !== undefined && annotations.unknown.length > 0)
    return { kind: 'not-modelled', what: `the annotation ${annotations.unknown.join(', ')}` };
  if (match.kind === 'slash-missing') return redirect(notes, 301, `${request.scheme}://${request.host}${path}/`, location);
  if (request.scheme === 'http' && annotations !== undefined) {
    if (annotations.forceSslRedirect || (annotations.sslRedirect && hasCertificate))
      return redirect(notes, 308, `https://${request.host}${request.target}`, location);
  }
  const primary = location.upstream === undefined ? undefined : config.upstreams.get(location.upstream);
  if (primary === undefined) {
    notes.push({ kind: 'no-route', host: request.host, path });
    return { kind: 'answer', status: 404 };
  }
  notes.push(noteOfMatch(location, primary, server.host, path));
  return forward(config, primary, request, { location, chance, salt, notes });
}

function redirect(notes: RouteNote[], status: number, where: string, { origins }: Location): RouteOutcome {
  notes.push({ kind: 'redirected', status, location: where, origins });
  return { kind: 'answer', status, location: where };
}

function noteOfMatch(location: Location, { service, port }: Upstream, host: string, path: string): RouteNote {
  const { route = '', origins } = location;
  if (location.isDefault || origins.some((origin) => origin.path === 'spec.defaultBackend'))
    return { kind: 'default-backend', route, service, origins };
  return {
    kind: 'route-matched',
    route,
    host,
    path: location.exact ? `= ${location.path}` : location.path || path,
    service,
    port,
    origins,
  };
}

interface Forwarding {
  readonly location: Location;
  readonly chance: Chance;
  readonly salt: string;
  readonly notes: RouteNote[];
}

function forward(
  { upstreams }: NginxConfig,
  primary: Upstream,
  request: HttpRequest,
  { location, chance, salt, notes }: Forwarding,
): RouteOutcome {
  const blocked = withoutPeers(primary, location, notes);
  // Without an endpoint of its own the back end has no balancer, and nobody asks about its canary.
  if (blocked !== undefined) return blocked;
  const canary = primary.alternative === undefined ? undefined : upstreams.get(primary.alternative);
  const upstream = canary !== undefined && takesCanary(primary, canary, request, chance, notes) ? canary : primary;
  const found = pickPeers(upstream, request, chance, salt);
  if (found === undefined) return { kind: 'not-modelled', what: `a back end without endpoints: ${upstream.service}` };
  notes.push(found.note);
  const rewritten = location.annotations?.rewriteTarget;
  return {
    kind: 'forward',
    peers: found.peers,
    target: rewritten ?? request.target,
    failure: { refused: 502, silent: 504 },
    ...(found.setCookie === undefined ? {} : { setCookie: found.setCookie }),
  };
}

function withoutPeers(upstream: Upstream, { origins }: Location, notes: RouteNote[]): RouteOutcome | undefined {
  const { service, peers, problem } = upstream;
  if (problem === 'external-name') return { kind: 'not-modelled', what: `an Ingress back end of type ExternalName (${service})` };
  if (peers.length > 0) return undefined;
  notes.push({ kind: problem === undefined ? 'no-endpoints' : 'no-service', service, status: 503, origins });
  return { kind: 'answer', status: 503 };
}

/** Affinity decides first, then header, cookie and weight. */
function takesCanary(primary: Upstream, canary: Upstream, request: HttpRequest, chance: Chance, notes: RouteNote[]): boolean {
  const { canary: policy, service } = canary;
  if (policy === undefined) return false;
  const { origins } = policy;
  const decide = (taken: boolean, because: 'affinity' | 'header' | 'cookie') => {
    notes.push({ kind: 'canary', taken, because, service, origins });
    return taken;
  };
  if (isAffinitized(primary, request)) return decide(false, 'affinity');
  if (canary.peers.length === 0) {
    notes.push({ kind: 'canary-skipped', service, origins });
    return false;
  }
  if (isAffinitized(canary, request)) return decide(true, 'affinity');
  const header = policy.header === undefined ? undefined : request.headers[policy.header];
  if (header !== undefined && policy.headerValue !== undefined) {
    if (header === policy.headerValue) return decide(true, 'header');
  } else if (header === 'always' || header === 'never') return decide(header === 'always', 'header');
  const cookie = policy.cookie === undefined ? undefined : cookieOf(request, policy.cookie);
  if (cookie === 'always' || cookie === 'never') return decide(cookie === 'always', 'cookie');
  const odds = { numerator: Math.min(policy.weight, policy.weightTotal), denominator: policy.weightTotal };
  const taken = odds.numerator > 0 && chance.happens(odds);
  notes.push({ kind: 'canary', taken, because: 'weight', odds, service, origins });
  return taken;
}

function isAffinitized({ affinity, name }: Upstream, request: HttpRequest): boolean {
  return affinity !== undefined && affinityKey(request, affinity.cookie)?.upstream === name;
}
