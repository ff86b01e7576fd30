import { describe, expect, test } from 'vitest';
import type { Gateway, GatewayListener, HTTPRoute, HTTPRouteRule } from '../../api/gateway.ts';
import { enumerateChoices, probability } from '../../kernel/chance.ts';
import { backend, tlsSecret } from '../example-ingress.ts';
import { httpRequest, type RequestParts } from '../http-request.ts';
import type { RouteDecision } from '../route-decision.ts';
import { gatewayConfig } from './gateway-config.ts';
import { hostFit, hostsMeet } from './host-name.ts';
import { routeHttp } from './route-http.ts';

const apiVersion = 'gateway.networking.k8s.io/v1';
const backends = [
  backend('shop', ['10.244.1.1', '10.244.2.1']),
  backend('api', ['10.244.1.2']),
  backend('beta', ['10.244.3.2']),
  backend('empty', []),
];

function gateway(...listeners: readonly Partial<GatewayListener>[]): Gateway {
  const spec = {
    gatewayClassName: 'example',
    listeners: listeners.map((one) => ({ name: 'http', port: 80, protocol: 'HTTP', ...one })),
  };
  return { apiVersion, kind: 'Gateway', metadata: { name: 'edge', namespace: 'default' }, spec };
}

interface RouteParts {
  readonly name?: string;
  readonly hostnames?: readonly string[];
  readonly rules: readonly HTTPRouteRule[];
  readonly sectionName?: string;
  readonly createdAt?: number;
  readonly namespace?: string;
}

function route({ name = 'web', hostnames, rules, sectionName, createdAt, namespace = 'default' }: RouteParts): HTTPRoute {
  const parent = { name: 'edge', namespace: 'default', ...(sectionName === undefined ? {} : { sectionName }) };
  return {
    apiVersion,
    kind: 'HTTPRoute',
    metadata: { name, namespace, ...(createdAt === undefined ? {} : { creationTime: createdAt }) },
    spec: { parentRefs: [parent], ...(hostnames === undefined ? {} : { hostnames }), rules },
  };
}

/** `shop`, or with a share `shop*90`. */
function rule(targets: string, match: NonNullable<HTTPRouteRule['matches']>[number] = {}): HTTPRouteRule {
  const backendRefs = targets.split(' ').map((text) => {
    const [name = '', weight = '1'] = text.split('*');
    return { name, port: 80, weight: Number(weight) };
  });
  return { matches: [match], backendRefs };
}

const exact = (value: string) => ({ path: { type: 'Exact', value } });
const prefix = (value: string) => ({ path: { type: 'PathPrefix', value } });

function decide(edge: Gateway, routes: readonly RouteParts[], request: RequestParts, port = 80): readonly [number, RouteDecision][] {
  const config = gatewayConfig({
    controller: 'example.com/controller',
    classes: [{ apiVersion, kind: 'GatewayClass', metadata: { name: 'example' }, spec: { controllerName: 'example.com/controller' } }],
    gateways: [edge],
    routes: routes.map(route),
    services: backends.map(({ service }) => service),
    slices: backends.map(({ slice }) => slice),
    secrets: [tlsSecret('edge-tls')],
  });
  const runs = enumerateChoices((chooser) => routeHttp(config, httpRequest(request), port, chooser));
  return runs.map(({ odds, value }) => [probability(odds), value]);
}

function wayOf({ notes, outcome }: RouteDecision): string {
  if (outcome.kind === 'not-modelled') return `not modelled: ${outcome.what}`;
  if (outcome.kind === 'answer') return String(outcome.status);
  const chosen = notes.find((note) => note.kind === 'weighted');
  return chosen?.service.replace('default/', '') ?? '?';
}

/** `shop 0.9, beta 0.1`. */
function ways(routes: readonly RouteParts[], request: RequestParts, edge = gateway({}), port = 80): string {
  const totals = new Map<string, number>();
  for (const [share, decision] of decide(edge, routes, request, port)) {
    totals.set(wayOf(decision), (totals.get(wayOf(decision)) ?? 0) + share);
  }
  return [...totals].map(([way, share]) => `${way} ${Math.round(share * 1000) / 1000}`).join(', ');
}

const at = (target: string, host = 'a.example.com'): RequestParts => ({ host, target });
const paths = [{ rules: [rule('shop', prefix('/')), rule('api', prefix('/api')), rule('beta', exact('/api/new'))] }];

describe('matches', () => {
  test.each<[string, readonly RouteParts[], RequestParts, string]>([
    ['the root', paths, at('/'), 'shop 1'],
    ['the longer prefix', paths, at('/api/v1'), 'api 1'],
    ['whole elements', paths, at('/apix'), 'shop 1'],
    ['exact before prefix', paths, at('/api/new'), 'beta 1'],
    ['a prefix with a last slash is the same without', [{ rules: [rule('api', prefix('/x/'))] }], at('/x'), 'api 1'],
    ['no rule', [{ rules: [rule('api', prefix('/x'))] }], at('/y'), '404 1'],
    [
      'a method before headers',
      [{ rules: [rule('api', { headers: [{ name: 'X-A', value: '1' }] }), rule('beta', { method: 'GET' })] }],
      { ...at('/'), headers: { 'x-a': '1' } },
      'beta 1',
    ],
    [
      'more headers',
      [{ rules: [rule('shop'), rule('api', { headers: [{ name: 'X-A', value: '1' }] })] }],
      { ...at('/'), headers: { 'x-a': '1' } },
      'api 1',
    ],
    ['headers that differ', [{ rules: [rule('api', { headers: [{ name: 'X-A', value: '1' }] })] }], at('/'), '404 1'],
    ['a query parameter', [{ rules: [rule('shop'), rule('api', { queryParams: [{ name: 'v', value: '2' }] })] }], at('/?v=2'), 'api 1'],
    [
      'the older route',
      [
        { name: 'a', createdAt: 2, rules: [rule('shop')] },
        { name: 'b', createdAt: 1, rules: [rule('api')] },
      ],
      at('/'),
      'api 1',
    ],
    [
      'of one age the first name',
      [
        { name: 'b', rules: [rule('shop')] },
        { name: 'a', rules: [rule('api')] },
      ],
      at('/'),
      'api 1',
    ],
    [
      'a full host before a wildcard, whatever the path',
      [
        { name: 'a', hostnames: ['*.example.com'], rules: [rule('shop', exact('/x'))] },
        { name: 'b', hostnames: ['a.example.com'], rules: [rule('api', prefix('/'))] },
      ],
      at('/x'),
      'api 1',
    ],
    ['a host of nobody', [{ hostnames: ['b.example.com'], rules: [rule('api')] }], at('/'), '404 1'],
    [
      'a pattern',
      [{ rules: [rule('api', { path: { type: 'RegularExpression', value: '/.*' } })] }],
      at('/'),
      'not modelled: a regular expression in HTTPRoute default/web 1',
    ],
    [
      'a filter',
      [{ rules: [{ ...rule('api'), filters: [{ type: 'URLRewrite' }] }] }],
      at('/'),
      'not modelled: the HTTPRoute filter URLRewrite 1',
    ],
  ])('%s', (_, routes, request, expected) => {
    expect(ways(routes, request)).toBe(expected);
  });
});

describe('weights', () => {
  test.each([
    ['shop*90 beta*10', 'shop 0.9, beta 0.1'],
    ['shop beta api', 'shop 0.333, beta 0.333, api 0.333'],
    ['shop*0 beta*1', 'beta 1'],
    ['shop*90 empty*10', 'shop 0.9, 503 0.1'],
    ['shop*3 nobody*1', 'shop 0.75, 500 0.25'],
    ['shop*0', 'not modelled: HTTPRoute default/web, a rule without a back end of any weight 1'],
  ])('%s', (targets, expected) => {
    expect(ways([{ rules: [rule(targets)] }], at('/'))).toBe(expected);
  });

  test('nobody is asked twice, and Pods are dialled directly', () => {
    const peers = decide(gateway({}), [{ rules: [rule('api')] }], at('/')).map(([, { outcome }]) => outcome);
    expect(peers).toEqual([{ kind: 'forward', peers: [{ address: '10.244.1.2', port: 8080 }], target: '/' }]);
  });
});

describe('listeners', () => {
  const all = [{ rules: [rule('shop')] }];

  test('have a port and a host of their own', () => {
    expect(ways(all, at('/'), gateway({ hostname: '*.example.com' }))).toBe('shop 1');
    expect(ways(all, at('/', 'other.net'), gateway({ hostname: '*.example.com' }))).toBe('404 1');
    expect(ways(all, at('/'), gateway({}), 8080)).toBe('not modelled: a Gateway without a listener on port 8080 1');
  });

  test('take routes that name them, of their own namespace unless told otherwise', () => {
    expect(ways([{ sectionName: 'https', rules: [rule('shop')] }], at('/'))).toBe('404 1');
    expect(ways([{ namespace: 'other', rules: [rule('shop')] }], at('/'))).toBe('404 1');
    const open = gateway({ allowedRoutes: { namespaces: { from: 'All' } } });
    // The Service of that name is looked for beside the route.
    expect(ways([{ namespace: 'other', rules: [rule('shop')] }], at('/'), open)).toBe('500 1');
  });

  test('end TLS with their certificate', () => {
    const secure = (name: string) => gateway({ name: 'https', port: 443, protocol: 'HTTPS', tls: { certificateRefs: [{ name }] } });
    const ended = (name: string) => decide(secure(name), all, { ...at('/'), scheme: 'https' }, 443)[0]?.[1].notes[0];
    expect(ended('edge-tls')).toMatchObject({ kind: 'tls-ended', secret: 'default/edge-tls' });
    expect(ended('gone')).not.toHaveProperty('secret');
  });
});

test('hosts: a wildcard is one label or several, and never none', () => {
  expect(hostFit('*.example.com', 'a.b.example.com')).toBeDefined();
  expect(hostFit('*.example.com', 'example.com')).toBeUndefined();
  expect(hostFit(undefined, 'example.com')).toBe(0);
  expect(hostsMeet('*.example.com', '*.a.example.com')).toBe(true);
  expect(hostsMeet('*.example.com', 'a.example.org')).toBe(false);
});
