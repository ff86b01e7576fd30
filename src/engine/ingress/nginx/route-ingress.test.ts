import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { enumerateChoices, probability, seededChooser } from '../../kernel/chance.ts';
import { backend, type IngressParts, ingress, tlsSecret } from '../example-ingress.ts';
import { httpRequest, type RequestParts } from '../http-request.ts';
import type { RouteDecision } from '../route-decision.ts';
import { type NginxConfig, nginxConfig } from './nginx-config.ts';
import { routeIngress } from './route-ingress.ts';

/** Four back ends with Pods, and one without a ready one. */
const backends = [
  backend('shop', ['10.244.1.1', '10.244.2.1']),
  backend('api', ['10.244.1.2'], { name: 'http', targetPort: 9090 }),
  backend('new', ['10.244.3.1']),
  backend('beta', ['10.244.3.2']),
  backend('empty', []),
];

function config(...ingresses: readonly IngressParts[]): NginxConfig {
  return nginxConfig({
    ingresses: ingresses.map(ingress),
    services: backends.map(({ service }) => service),
    slices: backends.map(({ slice }) => slice),
    secrets: [tlsSecret('shop-tls')],
  });
}

/** Where a request goes: the Service, or the status the controller answers with. */
function wayOf({ notes, outcome }: RouteDecision): string {
  if (outcome.kind === 'not-modelled') return `not modelled: ${outcome.what}`;
  if (outcome.kind === 'answer') return [String(outcome.status), outcome.location].filter((text) => text !== undefined).join(' ');
  const canary = notes.find((note) => note.kind === 'canary');
  const matched = notes.find((note) => note.kind === 'route-matched' || note.kind === 'default-backend');
  const service = canary?.kind === 'canary' && canary.taken ? canary.service : (matched as { service: string } | undefined)?.service;
  return service?.replace('default/', '') ?? '?';
}

function route(world: NginxConfig, request: RequestParts, seed = 1): RouteDecision {
  return routeIngress(world, httpRequest(request), seededChooser(seed), 'salt');
}

/** Every way, with its probability: `shop 0.9, new 0.1`. */
function ways(world: NginxConfig, request: RequestParts): string {
  const totals = new Map<string, number>();
  for (const { odds, value } of enumerateChoices((chooser) => routeIngress(world, httpRequest(request), chooser, 'salt'))) {
    const way = wayOf(value);
    totals.set(way, (totals.get(way) ?? 0) + probability(odds));
  }
  return [...totals].map(([way, share]) => `${way} ${Math.round(share * 1000) / 1000}`).join(', ');
}

/** `http://HOST/PATH` or `https://…`. */
function url(text: string): RequestParts {
  const [, scheme, host = '', target = '/'] = /^(https?):\/\/([^/]+)(\/.*)?$/.exec(text) ?? [];
  return { scheme: scheme === 'https' ? 'https' : 'http', host, target };
}

const shop = { rules: { 'shop.example.com': ['P / shop', 'P /api api:http', 'E /new new'] } };

interface Row {
  readonly name: string;
  readonly ingresses: readonly IngressParts[];
  readonly to: string;
  readonly reaches: string;
}

const rows: readonly Row[] = [
  { name: 'the root prefix', ingresses: [shop], to: 'http://shop.example.com/', reaches: 'shop' },
  { name: 'a longer prefix wins', ingresses: [shop], to: 'http://shop.example.com/api/v1', reaches: 'api' },
  { name: 'a prefix is its own path', ingresses: [shop], to: 'http://shop.example.com/api', reaches: 'api' },
  { name: 'a prefix ends with an element', ingresses: [shop], to: 'http://shop.example.com/apix', reaches: 'shop' },
  { name: 'the query is no part of the path', ingresses: [shop], to: 'http://shop.example.com/api?x=/new', reaches: 'api' },
  { name: 'doubled slashes count once', ingresses: [shop], to: 'http://shop.example.com//api//v1', reaches: 'api' },
  { name: 'an encoded letter is that letter', ingresses: [shop], to: 'http://shop.example.com/%61pi', reaches: 'api' },
  { name: 'dot segments are taken out', ingresses: [shop], to: 'http://shop.example.com/new/../api', reaches: 'api' },
  { name: 'an exact path', ingresses: [shop], to: 'http://shop.example.com/new', reaches: 'new' },
  { name: 'an exact path has no paths below it', ingresses: [shop], to: 'http://shop.example.com/new/', reaches: 'shop' },
  { name: 'letters have their case', ingresses: [shop], to: 'http://shop.example.com/API', reaches: 'shop' },
  { name: 'hosts have none', ingresses: [shop], to: 'http://SHOP.example.com/api', reaches: 'api' },
  { name: 'an unknown host', ingresses: [shop], to: 'http://other.example.com/', reaches: '404' },
  {
    name: 'an exact path beside the same prefix',
    ingresses: [{ rules: { a: ['E /x new', 'P /x shop'] } }],
    to: 'http://a/x',
    reaches: 'new',
  },
  {
    name: 'what is below it stays with the prefix',
    ingresses: [{ rules: { a: ['E /x new', 'P /x shop'] } }],
    to: 'http://a/x/y',
    reaches: 'shop',
  },
  {
    name: 'a prefix with a slash, asked without',
    ingresses: [{ rules: { a: ['P /x/ shop'] } }],
    to: 'http://a/x',
    reaches: '301 http://a/x/',
  },
  {
    name: 'ImplementationSpecific is Prefix',
    ingresses: [{ rules: { a: ['I /x new', 'P / shop'] } }],
    to: 'http://a/xy',
    reaches: 'shop',
  },
  { name: 'no path is every path', ingresses: [{ rules: { a: ['I - new'] } }], to: 'http://a/any/thing', reaches: 'new' },
  { name: 'no host is every other host', ingresses: [shop, { name: 'b', rules: { '': ['P / new'] } }], to: 'http://b/', reaches: 'new' },
  {
    name: 'a host of its own does not fall back to the rules without one',
    ingresses: [{ rules: { a: ['P /x shop'] } }, { name: 'b', rules: { '': ['P / new'] } }],
    to: 'http://a/y',
    reaches: '404',
  },
  { name: 'a wildcard', ingresses: [{ rules: { '*.example.com': ['P / shop'] } }], to: 'http://a.example.com/', reaches: 'shop' },
  { name: 'is one label', ingresses: [{ rules: { '*.example.com': ['P / shop'] } }], to: 'http://a.b.example.com/', reaches: '404' },
  { name: 'and not none', ingresses: [{ rules: { '*.example.com': ['P / shop'] } }], to: 'http://example.com/', reaches: '404' },
  {
    name: 'a name before a wildcard',
    ingresses: [{ rules: { '*.example.com': ['P / shop'], 'a.example.com': ['P / new'] } }],
    to: 'http://a.example.com/',
    reaches: 'new',
  },
  {
    name: 'the default back end of an Ingress with rules',
    ingresses: [{ rules: { a: ['P /x shop'] }, spec: { defaultBackend: { service: { name: 'new', port: { number: 80 } } } } }],
    to: 'http://a/y',
    reaches: 'new',
  },
  {
    name: 'is that of its hosts alone',
    ingresses: [{ rules: { a: ['P /x shop'] }, spec: { defaultBackend: { service: { name: 'new', port: { number: 80 } } } } }],
    to: 'http://b/',
    reaches: '404',
  },
  {
    name: 'the default back end of an Ingress without rules',
    ingresses: [{ spec: { defaultBackend: { service: { name: 'new', port: { number: 80 } } } } }],
    to: 'http://b/',
    reaches: 'new',
  },
  { name: 'a port by its name', ingresses: [{ rules: { a: ['P / api:http'] } }], to: 'http://a/', reaches: 'api' },
  { name: 'a port by the number the Pods listen on', ingresses: [{ rules: { a: ['P / api:9090'] } }], to: 'http://a/', reaches: 'api' },
  { name: 'a port that is not there', ingresses: [{ rules: { a: ['P / api:81'] } }], to: 'http://a/', reaches: '503' },
  { name: 'a Service that is not there', ingresses: [{ rules: { a: ['P / nobody'] } }], to: 'http://a/', reaches: '503' },
  { name: 'no ready endpoint', ingresses: [{ rules: { a: ['P / empty'] } }], to: 'http://a/', reaches: '503' },
  {
    name: 'of two Ingresses for one path the older stays',
    ingresses: [
      { name: 'b', rules: { a: ['P / new'] }, createdAt: 2 },
      { name: 'a', rules: { a: ['P / shop'] }, createdAt: 1 },
    ],
    to: 'http://a/',
    reaches: 'shop',
  },
  {
    name: 'of one moment the one whose name comes last',
    ingresses: [
      { name: 'b', rules: { a: ['P / new'] } },
      { name: 'a', rules: { a: ['P / shop'] } },
    ],
    to: 'http://a/',
    reaches: 'new',
  },
  {
    name: 'TLS sends plain requests away',
    ingresses: [{ ...shop, spec: { tls: [{ hosts: ['shop.example.com'], secretName: 'shop-tls' }] } }],
    to: 'http://shop.example.com/api?x=1',
    reaches: '308 https://shop.example.com/api?x=1',
  },
  {
    name: 'and takes encrypted ones',
    ingresses: [{ ...shop, spec: { tls: [{ hosts: ['shop.example.com'], secretName: 'shop-tls' }] } }],
    to: 'https://shop.example.com/api',
    reaches: 'api',
  },
  {
    name: 'unless told not to',
    ingresses: [{ ...shop, spec: { tls: [{ hosts: ['shop.example.com'] }] }, annotations: { 'ssl-redirect': 'false' } }],
    to: 'http://shop.example.com/',
    reaches: 'shop',
  },
  {
    name: 'a redirect without a certificate has to be asked for',
    ingresses: [{ ...shop, annotations: { 'force-ssl-redirect': 'true' } }],
    to: 'http://shop.example.com/',
    reaches: '308 https://shop.example.com/',
  },
  {
    name: 'a simple rewrite',
    ingresses: [{ rules: { a: ['P /api api:http'] }, annotations: { 'rewrite-target': '/' } }],
    to: 'http://a/api/v1',
    reaches: 'api',
  },
  {
    name: 'makes every path of the host a pattern without regard to elements and case',
    ingresses: [{ rules: { a: ['P /api api:http', 'P / shop'] }, annotations: { 'rewrite-target': '/' } }],
    to: 'http://a/APIX',
    reaches: 'api',
  },
  {
    name: 'a rewrite by pattern',
    ingresses: [{ rules: { a: ['I /api(/|$)(.*) api:http'] }, annotations: { 'rewrite-target': '/$2' } }],
    to: 'http://a/api/v1',
    reaches: 'not modelled: the regular expression /api(/|$)(.*) in an Ingress path',
  },
  {
    name: 'an annotation that is not known here',
    ingresses: [{ ...shop, annotations: { 'auth-url': 'http://auth', 'proxy-body-size': '8m' } }],
    to: 'http://shop.example.com/',
    reaches: 'not modelled: the annotation nginx.ingress.kubernetes.io/auth-url',
  },
];

describe('host and path', () => {
  test.each(rows)('$name: $to', ({ ingresses, to, reaches }) => {
    expect(wayOf(route(config(...ingresses), url(to)))).toBe(reaches);
  });

  test('a rewrite replaces the whole path', () => {
    const world = config({ rules: { a: ['P /api api:http'] }, annotations: { 'rewrite-target': '/v2' } });
    expect(route(world, url('http://a/api/v1')).outcome).toMatchObject({ kind: 'forward', target: '/v2' });
  });

  test('the decision points at the fields behind it', () => {
    const { notes } = route(config(shop), url('http://shop.example.com/api'));
    expect(notes[0]).toMatchObject({ kind: 'route-matched', route: 'default/web', service: 'default/api', port: 'http' });
    expect(notes[0]?.kind === 'route-matched' ? notes[0].origins.map(({ path }) => path) : []).toEqual([
      'spec.rules[0].http.paths[1].path',
      'spec.rules[0].http.paths[1].backend.service.name',
      'spec.rules[0].host',
    ]);
  });
});

describe('Pods', () => {
  test('are dialled directly, on the port they listen on', () => {
    const { outcome } = route(config(shop), url('http://shop.example.com/api'));
    expect(outcome).toMatchObject({ kind: 'forward', peers: [{ address: '10.244.1.2', port: 8080 }, {}, {}] });
  });

  test('take turns, and the next one is tried when the first cannot be reached', () => {
    const runs = enumerateChoices((chooser) => routeIngress(config(shop), httpRequest(url('http://shop.example.com/')), chooser, 's'));
    const orders = runs.map(({ odds, value }) => {
      const peers = value.outcome.kind === 'forward' ? value.outcome.peers.map((peer) => peer.address) : [];
      return `${probability(odds)} ${peers.join(' ')}`;
    });
    expect(orders).toEqual(['0.5 10.244.1.1 10.244.2.1 10.244.1.1', '0.5 10.244.2.1 10.244.1.1 10.244.2.1']);
  });

  test('are not dialled when the Service itself is asked for', () => {
    const world = config({ ...shop, annotations: { 'service-upstream': 'true' } });
    expect(route(world, url('http://shop.example.com/')).outcome).toMatchObject({ peers: [{ address: '10.96.0.10', port: 80 }, {}, {}] });
  });
});

describe('TLS', () => {
  const secured = (secretName: string) => config({ ...shop, spec: { tls: [{ hosts: ['shop.example.com'], secretName }] } });
  const ended = (world: NginxConfig, to: string) => route(world, url(to)).notes.find((note) => note.kind === 'tls-ended');

  test('ends at the controller, with the certificate of the host', () => {
    expect(ended(secured('shop-tls'), 'https://shop.example.com/')).toMatchObject({ secret: 'default/shop-tls' });
  });

  test('ends with a certificate that nobody trusts where the Secret is missing, or the host has none', () => {
    expect(ended(secured('gone'), 'https://shop.example.com/')).not.toHaveProperty('secret');
    expect(ended(config(shop), 'https://shop.example.com/')).not.toHaveProperty('secret');
  });
});

describe('canary', () => {
  const canary = (annotations: IngressParts['annotations'], service = 'beta') => ({
    name: 'canary',
    rules: { 'shop.example.com': [`P / ${service}`] },
    annotations: { canary: 'true', ...annotations },
  });
  const to = url('http://shop.example.com/');
  const headers = (given: Readonly<Record<string, string>>) => ({ ...to, headers: given });

  test.each<[string, IngressParts['annotations'], RequestParts, string]>([
    ['weight', { 'canary-weight': '10' }, to, 'beta 0.1, shop 0.9'],
    ['weight of another total', { 'canary-weight': '10', 'canary-weight-total': '1000' }, to, 'beta 0.01, shop 0.99'],
    ['no weight at all', {}, to, 'shop 1'],
    ['the whole weight', { 'canary-weight': '100' }, to, 'beta 1'],
    ['header always', { 'canary-by-header': 'X-New', 'canary-weight': '10' }, headers({ 'x-new': 'always' }), 'beta 1'],
    ['header never', { 'canary-by-header': 'X-New', 'canary-weight': '10' }, headers({ 'X-NEW': 'never' }), 'shop 1'],
    ['any other value', { 'canary-by-header': 'X-New', 'canary-weight': '10' }, headers({ 'x-new': 'yes' }), 'beta 0.1, shop 0.9'],
    ['a value of its own', { 'canary-by-header': 'X-New', 'canary-by-header-value': 'yes' }, headers({ 'x-new': 'yes' }), 'beta 1'],
    [
      'always is then another value',
      { 'canary-by-header': 'X-New', 'canary-by-header-value': 'y' },
      headers({ 'x-new': 'always' }),
      'shop 1',
    ],
    ['cookie always', { 'canary-by-cookie': 'new' }, headers({ cookie: 'a=b; new=always' }), 'beta 1'],
    ['cookie never', { 'canary-by-cookie': 'new', 'canary-weight': '50' }, headers({ cookie: 'new=never' }), 'shop 1'],
    [
      'the header goes before the cookie',
      { 'canary-by-header': 'X-New', 'canary-by-cookie': 'new' },
      headers({ 'x-new': 'never', cookie: 'new=always' }),
      'shop 1',
    ],
  ])('%s', (_, annotations, request, expected) => {
    expect(ways(config(shop, canary(annotations)), request)).toBe(expected);
  });

  test('without a ready endpoint is left out, whatever its weight', () => {
    const world = config(shop, canary({ 'canary-weight': '100' }, 'empty'));
    expect(ways(world, to)).toBe('shop 1');
    expect(route(world, to).notes.map(({ kind }) => kind)).toContain('canary-skipped');
  });

  test('does not take over for a back end without endpoints', () => {
    const main = { rules: { 'shop.example.com': ['P / empty'] } };
    expect(ways(config(main, canary({ 'canary-weight': '100' })), to)).toBe('503 1');
  });

  test('has to name host and path of the other Ingress', () => {
    const elsewhere = { ...canary({ 'canary-weight': '100' }), rules: { 'other.example.com': ['P / beta'] } };
    expect(ways(config(shop, elsewhere), to)).toBe('shop 1');
    const otherPath = { ...canary({ 'canary-weight': '100' }), rules: { 'shop.example.com': ['P /cart beta'] } };
    expect(ways(config(shop, otherPath), url('http://shop.example.com/cart'))).toBe('shop 1');
  });

  test('belongs to the back end: every path that leads there shares it', () => {
    const main = { rules: { 'shop.example.com': ['P / shop', 'P /again shop'] } };
    expect(ways(config(main, canary({ 'canary-weight': '10' })), url('http://shop.example.com/again'))).toBe('beta 0.1, shop 0.9');
  });

  test('alone routes nothing', () => {
    expect(ways(config(canary({ 'canary-weight': '100' })), to)).toBe('404 1');
  });
});

describe('cookie affinity', () => {
  const sticky = { ...shop, annotations: { affinity: 'cookie' } };
  const canary = {
    name: 'canary',
    rules: { 'shop.example.com': ['P / beta'] },
    annotations: { canary: 'true', 'canary-weight': '50' },
  };
  const to = url('http://shop.example.com/');
  const first = (world: NginxConfig, seed: number) => {
    const decision = route(world, to, seed);
    const { outcome } = decision;
    if (outcome.kind !== 'forward' || outcome.setCookie === undefined) throw new Error('no cookie');
    const [cookie = ''] = outcome.setCookie.split(';');
    return { cookie, way: wayOf(decision), peer: outcome.peers[0] };
  };

  test('the cookie leads back to the same Pod, and no other is asked for', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (seed, later) => {
        const world = config(sticky);
        const { cookie, peer } = first(world, seed);
        const { outcome } = route(world, { ...to, headers: { cookie } }, later);
        expect(outcome).toMatchObject({ kind: 'forward', peers: [peer, peer, peer] });
        expect(outcome).not.toHaveProperty('setCookie');
      }),
    );
  });

  test('whoever met the canary stays there, and whoever did not stays away', () => {
    const world = config(sticky, canary);
    const met = new Set<string>();
    for (let seed = 0; seed < 20; seed += 1) {
      const { cookie, way } = first(world, seed);
      met.add(way);
      expect(ways(world, { ...to, headers: { cookie } })).toBe(`${way} 1`);
    }
    expect([...met].sort()).toEqual(['beta', 'shop']);
  });

  test('a canary that ignores affinity is asked about with every request', () => {
    const legacy = { ...canary, annotations: { ...canary.annotations, 'affinity-canary-behavior': 'legacy' } };
    const world = config(sticky, legacy);
    const seeds = [0, 1, 2, 3, 4, 5, 6, 7].filter((seed) => wayOf(route(world, to, seed)) === 'beta');
    expect(seeds.length).toBeGreaterThan(0);
    for (const seed of seeds) expect(route(world, to, seed).outcome).not.toHaveProperty('setCookie');
  });

  test('a cookie that means nothing here is as good as none', () => {
    const world = config(sticky);
    const { outcome } = route(world, { ...to, headers: { cookie: 'INGRESSCOOKIE=' } });
    expect(outcome).toHaveProperty('setCookie');
  });
});
