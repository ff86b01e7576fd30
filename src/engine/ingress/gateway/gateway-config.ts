import type { EndpointSlice } from '../../api/endpoint-slice.ts';
import {
  type Gateway,
  type GatewayClass,
  type GatewayListener,
  gatewayGroup,
  type HTTPBackendRef,
  type HTTPRoute,
  type HTTPRouteMatch,
  type ParentReference,
} from '../../api/gateway.ts';
import type { KubeObject } from '../../api/kube-object.ts';
import type { Service } from '../../api/service.ts';
import type { FieldOrigin } from '../../diagnostics/diagnostic.ts';
import type { Peer } from '../route-decision.ts';
import { keyOf, originOf } from '../route-origin.ts';
import { servicePeers } from '../service-peers.ts';
import { hostsMeet } from './host-name.ts';

/** A back end of a rule and its share. */
export interface WeightedBackend {
  /** `namespace/name`. */
  readonly service: string;
  readonly weight: number;
  readonly peers: readonly Peer[];
  /** `invalid`: no such Service or port; its share gets 500. */
  readonly problem?: 'invalid';
  readonly origins: readonly FieldOrigin[];
}

export interface RouteRule {
  /** `namespace/name` of the HTTPRoute. */
  readonly route: string;
  readonly createdAt: number;
  /** Place in its route. */
  readonly index: number;
  /** Absent: every host. */
  readonly hostnames?: readonly string[];
  /** Never empty: a rule without matches has one that fits everything. */
  readonly matches: readonly HTTPRouteMatch[];
  readonly backends: readonly WeightedBackend[];
  /** What the rule asks for that is not known here. */
  readonly unknown: readonly string[];
  readonly origins: readonly FieldOrigin[];
}

export interface Listener {
  readonly gateway: string;
  readonly port: number;
  readonly hostname?: string;
  /** `secret` absent: HTTPS without a usable certificate. */
  readonly certificate?: { readonly secret?: string };
  readonly rules: readonly RouteRule[];
  readonly unknown: readonly string[];
  readonly origins: readonly FieldOrigin[];
}

/** What a Gateway API implementation has made of the Gateways of its classes, and of the routes attached to them. Immutable. */
export interface GatewayConfig {
  readonly listeners: readonly Listener[];
}

export interface GatewayConfigInput {
  readonly controller: string;
  readonly classes: readonly GatewayClass[];
  readonly gateways: readonly Gateway[];
  readonly routes: readonly HTTPRoute[];
  readonly services: readonly Service[];
  readonly slices: readonly EndpointSlice[];
  readonly secrets: readonly KubeObject[];
}

/**
 * Models: kubernetes-sigs/gateway-api apis/v1/{gateway_types,httproute_types}.go, v1.5: the specification, not any one implementation.
 *
 * @models partly HTTPRoute: hosts, exact and prefix paths, headers, query, method, weights; filters, patterns, session persistence and back ends in
 * other namespaces are not modelled
 */
export function gatewayConfig(input: GatewayConfigInput): GatewayConfig {
  const classes = new Set(input.classes.flatMap(({ metadata, spec }) => (spec.controllerName === input.controller ? [metadata.name] : [])));
  const own = input.gateways.filter(({ spec }) => classes.has(spec.gatewayClassName));
  return { listeners: own.flatMap((gateway) => gateway.spec.listeners.map((_, index) => listenerOf(gateway, index, input))) };
}

function listenerOf(gateway: Gateway, index: number, input: GatewayConfigInput): Listener {
  const listener = gateway.spec.listeners[index] as GatewayListener;
  const { port, hostname, protocol, tls, allowedRoutes } = listener;
  const from = allowedRoutes?.namespaces?.from ?? 'Same';
  const attached = input.routes.filter((route) => isAttached(route, gateway, listener, from));
  const unknown = [
    ...(protocol === 'HTTP' || protocol === 'HTTPS' ? [] : [`a Gateway listener for ${protocol}`]),
    ...(from === 'Same' || from === 'All' ? [] : [`allowedRoutes.namespaces.from: ${from}`]),
    ...(tls?.mode === undefined || tls.mode === 'Terminate' ? [] : [`tls.mode: ${tls.mode}`]),
  ];
  return {
    gateway: keyOf(gateway),
    port,
    ...(hostname === undefined ? {} : { hostname }),
    ...(protocol === 'HTTPS' ? { certificate: certificateOf(gateway, listener, input) } : {}),
    rules: attached.flatMap((route) => rulesOf(route, hostname, input)),
    unknown,
    origins: [originOf(gateway, `spec.listeners[${index}]`)],
  };
}

function certificateOf(gateway: Gateway, { tls }: GatewayListener, { secrets }: GatewayConfigInput): { readonly secret?: string } {
  const [reference] = tls?.certificateRefs ?? [];
  // A Secret of another namespace needs a grant, which is not modelled.
  if (reference === undefined || (reference.namespace ?? gateway.metadata.namespace) !== gateway.metadata.namespace) return {};
  const key = `${gateway.metadata.namespace ?? 'default'}/${reference.name}`;
  const secret = secrets.find((one) => keyOf(one) === key)?.data;
  return typeof secret === 'object' && secret !== null && 'tls.crt' in secret && 'tls.key' in secret ? { secret: key } : {};
}

function isAttached(route: HTTPRoute, gateway: Gateway, listener: GatewayListener, from: string): boolean {
  const namespace = route.metadata.namespace ?? 'default';
  if (from === 'Same' && namespace !== (gateway.metadata.namespace ?? 'default')) return false;
  const { parentRefs = [], hostnames } = route.spec;
  if (!parentRefs.some((parent) => names(parent, namespace, gateway, listener))) return false;
  return hostnames === undefined || hostnames.some((hostname) => hostsMeet(hostname, listener.hostname));
}

function names(parent: ParentReference, namespace: string, gateway: Gateway, { name, port }: GatewayListener): boolean {
  return (
    (parent.group ?? gatewayGroup) === gatewayGroup &&
    (parent.kind ?? 'Gateway') === 'Gateway' &&
    parent.name === gateway.metadata.name &&
    (parent.namespace ?? namespace) === (gateway.metadata.namespace ?? 'default') &&
    (parent.sectionName === undefined || parent.sectionName === name) &&
    (parent.port === undefined || parent.port === port)
  );
}

function rulesOf(route: HTTPRoute, hostname: string | undefined, input: GatewayConfigInput): readonly RouteRule[] {
  const hostnames = route.spec.hostnames?.filter((name) => hostsMeet(name, hostname));
  return (route.spec.rules ?? []).map(({ matches = [], filters = [], backendRefs = [], sessionPersistence }, index) => {
    const path = `spec.rules[${index}]`;
    const foreign = backendRefs.filter(({ namespace }) => namespace !== undefined && namespace !== (route.metadata.namespace ?? 'default'));
    return {
      route: keyOf(route),
      createdAt: route.metadata.creationTime ?? Number.MAX_SAFE_INTEGER,
      index,
      ...(hostnames === undefined ? {} : { hostnames }),
      matches: matches.length === 0 ? [{}] : matches,
      backends: backendRefs.map((reference, at) => backendOf(route, reference, `${path}.backendRefs[${at}]`, input)),
      unknown: [
        ...filters.map(({ type = '' }) => `the HTTPRoute filter ${type}`),
        ...(backendRefs.some((reference) => (reference.filters ?? []).length > 0) ? ['filters of an HTTPRoute back end'] : []),
        ...(sessionPersistence === undefined ? [] : ['HTTPRoute sessionPersistence']),
        ...(foreign.length === 0 ? [] : ['an HTTPRoute back end in another namespace']),
      ],
      origins: [originOf(route, `${path}.matches`), originOf(route, 'spec.hostnames')],
    };
  });
}

function backendOf(
  route: HTTPRoute,
  { group = '', kind = 'Service', name, port, weight = 1 }: HTTPBackendRef,
  path: string,
  { services, slices }: GatewayConfigInput,
): WeightedBackend {
  const key = `${route.metadata.namespace ?? 'default'}/${name}`;
  const shared = { service: key, weight, origins: [originOf(route, `${path}.weight`), originOf(route, `${path}.name`)] };
  const service = group === '' && kind === 'Service' ? services.find((one) => keyOf(one) === key) : undefined;
  const found = service?.spec.ports?.find((one) => one.port === port);
  if (service === undefined || found === undefined || service.spec.type === 'ExternalName')
    return { ...shared, peers: [], problem: 'invalid' };
  return { ...shared, peers: servicePeers(service, found, slices) };
}
