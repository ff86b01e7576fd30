import { anyHost, type Location, type NginxConfig, type Server } from './nginx-config.ts';

/** What a path leads to in one server. */
export type LocationMatch =
  | { readonly kind: 'found'; readonly location: Location }
  /** The path lacks the slash that the location ends in. */
  | { readonly kind: 'slash-missing'; readonly location: Location }
  | { readonly kind: 'not-modelled'; readonly what: string };

/**
 * The server of a host: the one of that very name, else that of its wildcard (one label), else the one for every other host.
 *
 * Models: nginx server_name; ingress-nginx writes `*.` as a pattern for exactly one label (template.go buildServerName).
 */
export function serverOf({ servers }: NginxConfig, host: string): Server | undefined {
  return servers.get(host) ?? servers.get(wildcardOf(host)) ?? servers.get(anyHost);
}

/** The certificate for a host; one for its wildcard serves a server that has none of its own. */
export function certificateOf({ servers }: NginxConfig, host: string): Server['certificate'] {
  return servers.get(host)?.certificate ?? servers.get(wildcardOf(host))?.certificate;
}

function wildcardOf(host: string): string {
  return /^[\w-]+\./.test(host) ? host.replace(/^[\w-]+/, '*') : '';
}

/**
 * The location of a path. An exact one wins; among the others the longest does. `Prefix` goes by whole elements: `/api` is written as `= /api`
 * and `/api/`. `ImplementationSpecific` is the same to ingress-nginx.
 *
 * Where any path of a server is rewritten, all of them become patterns that are asked for from the longest to the shortest, in any case of
 * letters and without regard to where an element ends: `/api` then takes `/APIX` too, and nothing is exact.
 *
 * Models: nginx `location`; ingress-nginx internal/ingress/controller/location.go updateServerLocations and template.go buildLocation,
 * enforceRegexModifier, controller-v1.12.
 */
export function matchLocation({ locations }: Server, path: string): LocationMatch {
  if (locations.some(isRewritten)) return matchPattern(locations, path);
  const exact = locations.find((location) => location.path === path && (location.exact || isOwnName(location, locations)));
  if (exact !== undefined) return { kind: 'found', location: exact };
  let best: { readonly location: Location; readonly prefix: string } | undefined;
  for (const location of locations) {
    if (location.exact) continue;
    const prefix = location.path.endsWith('/') ? location.path : `${location.path}/`;
    if (`${path}/` === prefix) return { kind: 'slash-missing', location };
    if (path.startsWith(prefix) && prefix.length > (best?.prefix.length ?? 0)) best = { location, prefix };
  }
  return best === undefined
    ? { kind: 'not-modelled', what: `a server without a location for ${path}` }
    : { kind: 'found', location: best.location };
}

/** A `Prefix` path matches its own name by an exact location beside the one that ends in a slash, unless an exact one is there already. */
function isOwnName(location: Location, all: readonly Location[]): boolean {
  return !all.some((other) => other.exact && other.path === location.path);
}

function isRewritten({ annotations, path }: Location): boolean {
  return annotations?.rewriteTarget !== undefined && annotations.rewriteTarget !== path;
}

function matchPattern(locations: readonly Location[], path: string): LocationMatch {
  const pattern = locations.find((location) => /[^\w\-./~%]/.test(location.path));
  if (pattern !== undefined) return { kind: 'not-modelled', what: `the regular expression ${pattern.path} in an Ingress path` };
  const target = locations.map(({ annotations }) => annotations?.rewriteTarget).find((text) => text?.includes('$') === true);
  if (target !== undefined) return { kind: 'not-modelled', what: `rewrite-target ${target}` };
  const lower = path.toLowerCase();
  const longestFirst = [...locations].sort((one, other) => other.path.length - one.path.length || (one.path > other.path ? -1 : 1));
  const location = longestFirst.find((one) => lower.startsWith(one.path.toLowerCase()));
  return location === undefined ? { kind: 'not-modelled', what: `a server without a location for ${path}` } : { kind: 'found', location };
}
