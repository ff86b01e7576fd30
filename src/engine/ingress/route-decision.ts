import type { IPv4 } from '../api/ipv4.ts';
import type { FieldOrigin } from '../diagnostics/diagnostic.ts';
import type { Odds } from './chance.ts';

/** An address the proxy may connect to: a Pod of a back end. */
export interface Peer {
  readonly address: IPv4;
  readonly port: number;
}

/** One decision on a request's way through a proxy. Each becomes a step of the trace. */
export type RouteNote =
  /** The connection's encryption ends here. `secret` (`namespace/name`) absent: the proxy's own certificate, which nobody trusts. */
  | { readonly kind: 'tls-ended'; readonly host: string; readonly secret?: string; readonly origins: readonly FieldOrigin[] }
  /** `route` is `namespace/name` of the Ingress or HTTPRoute, `service` that of the back end. */
  | {
      readonly kind: 'route-matched';
      readonly route: string;
      readonly host: string;
      readonly path: string;
      readonly service: string;
      readonly port: string;
      readonly origins: readonly FieldOrigin[];
    }
  /** The same where the back end is chosen afterwards, by weight. */
  | {
      readonly kind: 'rule-matched';
      readonly route: string;
      readonly host: string;
      readonly path: string;
      readonly origins: readonly FieldOrigin[];
    }
  /** Host and path are those of no rule: the route's own default back end. */
  | { readonly kind: 'default-backend'; readonly route: string; readonly service: string; readonly origins: readonly FieldOrigin[] }
  | { readonly kind: 'no-route'; readonly host: string; readonly path: string }
  | { readonly kind: 'redirected'; readonly status: number; readonly location: string; readonly origins: readonly FieldOrigin[] }
  | {
      readonly kind: 'canary';
      readonly taken: boolean;
      readonly because: 'affinity' | 'header' | 'cookie' | 'weight';
      /** Of the canary; only with `weight`. */
      readonly odds?: Odds;
      readonly service: string;
      readonly origins: readonly FieldOrigin[];
    }
  /** The canary has no ready endpoint: it is left out, whatever its weight. */
  | { readonly kind: 'canary-skipped'; readonly service: string; readonly origins: readonly FieldOrigin[] }
  /** The back end of a rule that got the request, by its share of the weights. */
  | { readonly kind: 'weighted'; readonly service: string; readonly odds: Odds; readonly origins: readonly FieldOrigin[] }
  | { readonly kind: 'no-endpoints'; readonly service: string; readonly status: number; readonly origins: readonly FieldOrigin[] }
  /** The back end names a Service or port that is not there. */
  | { readonly kind: 'no-service'; readonly service: string; readonly status: number; readonly origins: readonly FieldOrigin[] }
  | {
      readonly kind: 'peer-picked';
      readonly peer: Peer;
      readonly because: 'turn' | 'chance' | 'only' | 'cookie';
      readonly odds: Odds;
      readonly count: number;
    };

/** What becomes of a request. */
export type RouteOutcome =
  /**
   * On to a back end. `peers` in the order they are tried: when the first cannot be reached, the next one is. Never empty.
   * `setCookie`: what the answer tells the client to send along from now on. `failure`: the proxy's own answer when none could be reached,
   * because they refused or because they kept silent; absent: not modelled.
   */
  | {
      readonly kind: 'forward';
      readonly peers: readonly Peer[];
      readonly target: string;
      readonly setCookie?: string;
      readonly failure?: { readonly refused: number; readonly silent: number };
    }
  /** The proxy answers by itself. */
  | { readonly kind: 'answer'; readonly status: number; readonly location?: string }
  | { readonly kind: 'not-modelled'; readonly what: string };

/** A proxy's whole decision about one request, in the order it was made. */
export interface RouteDecision {
  readonly notes: readonly RouteNote[];
  readonly outcome: RouteOutcome;
}
