import type { Chance } from './chance.ts';
import type { HttpRequest } from './http-request.ts';
import type { NginxConfig } from './nginx/nginx-config.ts';
import { routeIngress } from './nginx/route-ingress.ts';
import type { RouteDecision } from './route-decision.ts';

/** A proxy at work in a Pod, with what it has made of the cluster's objects. */
export type L7Proxy = { readonly kind: 'ingress-nginx'; readonly config: NginxConfig };

/**
 * What a proxy does with a request that reached it. `salt` is a text of the client's own: it tells apart clients who get a cookie at the same
 * moment.
 */
export function routeRequest(proxy: L7Proxy, request: HttpRequest, chance: Chance, salt: string): RouteDecision {
  return routeIngress(proxy.config, request, chance, salt);
}
