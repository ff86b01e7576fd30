import type { Chance } from './chance.ts';
import type { GatewayConfig } from './gateway/gateway-config.ts';
import { routeHttp } from './gateway/route-http.ts';
import type { HttpRequest } from './http-request.ts';
import type { NginxConfig } from './nginx/nginx-config.ts';
import { routeIngress } from './nginx/route-ingress.ts';
import type { RouteDecision } from './route-decision.ts';

/** A proxy at work in a Pod, with what it has made of the cluster's objects. */
export type L7Proxy =
  | { readonly kind: 'ingress-nginx'; readonly config: NginxConfig }
  | { readonly kind: 'gateway'; readonly config: GatewayConfig };

/** How a request reached the proxy. */
export interface Arrival {
  /** The proxy's own port; a Gateway has a listener for each. */
  readonly port: number | undefined;
  /** A text of the client's own: it tells apart clients who get a cookie at the same moment. */
  readonly salt: string;
}

/** What a proxy does with a request that reached it. */
export function routeRequest(proxy: L7Proxy, request: HttpRequest, chance: Chance, { port, salt }: Arrival): RouteDecision {
  return proxy.kind === 'gateway' ? routeHttp(proxy.config, request, port, chance) : routeIngress(proxy.config, request, chance, salt);
}
