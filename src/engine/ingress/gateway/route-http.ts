import type { HTTPRouteMatch } from '../../api/gateway.ts';
import type { Chance } from '../chance.ts';
import { type HttpRequest, normalizedPath, queryOf } from '../http-request.ts';
import type { RouteDecision, RouteNote, RouteOutcome } from '../route-decision.ts';
import type { GatewayConfig, Listener, RouteRule, WeightedBackend } from './gateway-config.ts';
import { hostFit } from './host-name.ts';

/**
 * Decides where a Gateway sends a request that came to one of its ports: listener, rule, weighted back end, Pod. A back end without a ready
 * endpoint keeps its share, and answers it with 503; one that does not exist, with 500.
 *
 * Models: kubernetes-sigs/gateway-api apis/v1/httproute_types.go (HTTPRouteRule.Matches, BackendRefs, HTTPBackendRef.Weight), v1.5.
 *
 * @models partly load balancing behind an HTTPRoute: every ready Pod of the back end is equally likely, as the specification leaves it open
 */
export function routeHttp({ listeners }: GatewayConfig, request: HttpRequest, port: number | undefined, chance: Chance): RouteDecision {
  const notes: RouteNote[] = [];
  const onPort = listeners.filter((one) => one.port === port);
  if (onPort.length === 0) return { notes, outcome: { kind: 'not-modelled', what: `a Gateway without a listener on port ${port}` } };
  const listener = best(onPort, (one) => hostFit(one.hostname, request.host));
  if (request.scheme === 'https') {
    const secret = listener?.certificate?.secret;
    notes.push({ kind: 'tls-ended', host: request.host, ...(secret === undefined ? {} : { secret }), origins: listener?.origins ?? [] });
  }
  const [unknown] = listener?.unknown ?? [];
  const outcome: RouteOutcome =
    listener === undefined
      ? noRoute(request, notes)
      : unknown === undefined
        ? routeOn(listener, request, chance, notes)
        : { kind: 'not-modelled', what: unknown };
  return { notes, outcome };
}

function best<T>(all: readonly T[], fitOf: (one: T) => number | undefined): T | undefined {
  let found: { readonly one: T; readonly fit: number } | undefined;
  for (const one of all) {
    const fit = fitOf(one);
    if (fit !== undefined && (found === undefined || fit > found.fit)) found = { one, fit };
  }
  return found?.one;
}

function noRoute(request: HttpRequest, notes: RouteNote[]): RouteOutcome {
  notes.push({ kind: 'no-route', host: request.host, path: normalizedPath(request) });
  return { kind: 'answer', status: 404 };
}

function routeOn({ rules }: Listener, request: HttpRequest, chance: Chance, notes: RouteNote[]): RouteOutcome {
  const candidates = rules.flatMap((rule) => {
    const host = hostFitOf(rule, request.host);
    return host === undefined ? [] : rule.matches.map((match) => ({ rule, match, host }));
  });
  const pattern = candidates.find(({ match }) => usesPattern(match));
  if (pattern !== undefined) return { kind: 'not-modelled', what: `a regular expression in HTTPRoute ${pattern.rule.route}` };
  const [chosen] = candidates.filter(({ match }) => fits(match, request)).sort(precedence);
  if (chosen === undefined) return noRoute(request, notes);
  const { rule, match } = chosen;
  const [unknown] = rule.unknown;
  if (unknown !== undefined) return { kind: 'not-modelled', what: unknown };
  const path = match.path?.type === 'Exact' ? `= ${match.path.value ?? '/'}` : (match.path?.value ?? '/');
  notes.push({ kind: 'rule-matched', route: rule.route, host: request.host, path, origins: rule.origins });
  return toBackend(rule, request, chance, notes);
}

function hostFitOf({ hostnames }: RouteRule, host: string): number | undefined {
  if (hostnames === undefined) return 0;
  const fits = hostnames.flatMap((name) => hostFit(name, host) ?? []);
  return fits.length === 0 ? undefined : Math.max(...fits);
}

function usesPattern({ path, headers = [], queryParams = [] }: HTTPRouteMatch): boolean {
  return [path, ...headers, ...queryParams].some((one) => one?.type === 'RegularExpression');
}

function fits({ path, method, headers = [], queryParams = [] }: HTTPRouteMatch, request: HttpRequest): boolean {
  const query = queryOf(request);
  return (
    fitsPath(path?.type ?? 'PathPrefix', path?.value ?? '/', normalizedPath(request)) &&
    (method === undefined || method === request.method) &&
    headers.every(({ name, value }) => request.headers[name.toLowerCase()] === value) &&
    queryParams.every(({ name, value }) => query.get(name) === value)
  );
}

/** A prefix goes by whole elements, and its last slash does not count. */
function fitsPath(type: string, value: string, path: string): boolean {
  if (type === 'Exact') return path === value;
  const prefix = value.endsWith('/') ? value : `${value}/`;
  return `${path}/` === prefix || path.startsWith(prefix);
}

interface Candidate {
  readonly rule: RouteRule;
  readonly match: HTTPRouteMatch;
  readonly host: number;
}

/** Host, exact path, longer prefix, method, more headers, more query parameters; then the older route, its name, its first rule. */
function precedence(one: Candidate, other: Candidate): number {
  const rank = ({ match, host }: Candidate): readonly number[] => [
    host,
    match.path?.type === 'Exact' ? 1 : 0,
    (match.path?.value ?? '/').length,
    match.method === undefined ? 0 : 1,
    match.headers?.length ?? 0,
    match.queryParams?.length ?? 0,
  ];
  const others = rank(other);
  for (const [index, value] of rank(one).entries()) {
    const difference = (others[index] ?? 0) - value;
    if (difference !== 0) return difference;
  }
  const age = one.rule.createdAt - other.rule.createdAt;
  if (age !== 0) return age;
  if (one.rule.route !== other.rule.route) return one.rule.route < other.rule.route ? -1 : 1;
  return one.rule.index - other.rule.index;
}

function toBackend({ backends, route }: RouteRule, request: HttpRequest, chance: Chance, notes: RouteNote[]): RouteOutcome {
  const total = backends.reduce((sum, { weight }) => sum + weight, 0);
  const backend = total === 0 ? undefined : weighted(backends, total, chance);
  if (backend === undefined) return { kind: 'not-modelled', what: `HTTPRoute ${route}, a rule without a back end of any weight` };
  const { service, weight, peers, problem, origins } = backend;
  notes.push({ kind: 'weighted', service, odds: { numerator: weight, denominator: total }, origins });
  if (problem !== undefined || peers.length === 0) {
    const status = problem === undefined ? 503 : 500;
    notes.push({ kind: problem === undefined ? 'no-endpoints' : 'no-service', service, status, origins });
    return { kind: 'answer', status };
  }
  const count = peers.length;
  const peer = peers[count === 1 ? 0 : chance.pick(count)];
  if (peer === undefined) return { kind: 'not-modelled', what: `a back end without endpoints: ${service}` };
  notes.push({ kind: 'peer-picked', peer, because: count === 1 ? 'only' : 'chance', odds: { numerator: 1, denominator: count }, count });
  return { kind: 'forward', peers: [peer], target: request.target };
}

function weighted(backends: readonly WeightedBackend[], total: number, chance: Chance): WeightedBackend | undefined {
  let left = total;
  for (const backend of backends) {
    if (backend.weight === 0) continue;
    if (backend.weight === left || chance.happens({ numerator: backend.weight, denominator: left })) return backend;
    left -= backend.weight;
  }
  return undefined;
}
