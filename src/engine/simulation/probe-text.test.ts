import { describe, expect, test } from 'vitest';
import { parseProbe } from './probe-text.ts';

describe('parseProbe', () => {
  test.each([
    [
      'pod/client',
      'http://my-app-service',
      {
        from: { kind: 'pod', namespace: 'default', name: 'client' },
        protocol: 'TCP',
        host: 'my-app-service',
        port: 80,
        http: { method: 'GET', path: '/' },
      },
    ],
    [
      'pod/shop/client',
      'http://web:8080/cart',
      {
        from: { kind: 'pod', namespace: 'shop', name: 'client' },
        protocol: 'TCP',
        host: 'web',
        port: 8080,
        http: { method: 'GET', path: '/cart' },
      },
    ],
    ['node/node-1', 'udp://10.96.0.10:53', { from: { kind: 'node', name: 'node-1' }, protocol: 'UDP', host: '10.96.0.10', port: 53 }],
    ['outside/client', 'ping://10.96.1.100', { from: { kind: 'outside', name: 'client' }, protocol: 'ICMP', host: '10.96.1.100' }],
  ])('%s to %s', (from, to, probe) => {
    expect(parseProbe(from, to)).toEqual({ ok: true, probe });
  });

  test('reads headers, by name in small letters, and TLS', () => {
    const parsed = parseProbe('outside/client', 'https://203.0.113.10/cart', ['Host: shop.example.com', 'X-New:  always ']);
    expect(parsed).toMatchObject({
      probe: { port: 443, http: { path: '/cart', tls: true, headers: { host: 'shop.example.com', 'x-new': 'always' } } },
    });
    expect(parseProbe('pod/a', 'http://web', ['Host'])).toEqual({
      ok: false,
      reason: '"Host" is no header; write NAME: VALUE, for example Host: shop.example.com',
    });
    expect(parseProbe('pod/a', 'tcp://web:80', ['Host: a'])).toEqual({ ok: false, reason: 'tcp has no headers; only http and https do' });
  });

  test.each([
    ['client', 'http://web', '"client" names no sender; write pod/NAME, pod/NAMESPACE/NAME, node/NAME or outside/NAME'],
    ['pod/a', 'web', '"web" is no target; write SCHEME://HOST[:PORT][/PATH], for example http://my-app-service'],
    ['pod/a', 'gopher://web', '"gopher" is no scheme; use one of http, https, tcp, telnet, udp, sctp, ping, icmp'],
    ['pod/a', 'constructor://web', '"constructor" is no scheme; use one of http, https, tcp, telnet, udp, sctp, ping, icmp'],
    ['pod/a', 'tcp://web', '"tcp://web" names no port; tcp has no default one'],
    ['pod/a', 'tcp://web:70000', '70000 is no port; ports go from 1 to 65535'],
    ['pod/a', 'ping://web:80', 'ICMP has no ports: leave the port out of a ping'],
  ])('refuses %s to %s', (from, to, reason) => {
    expect(parseProbe(from, to)).toEqual({ ok: false, reason });
  });
});
