import type { PacketProtocol } from '../api/protocol.ts';
import type { Probe, Sender } from '../trace/trace.ts';

/** A probe as people write it, or the reason it cannot be read (one English sentence). */
export type ParsedProbe = { readonly ok: true; readonly probe: Probe } | { readonly ok: false; readonly reason: string };

/** Schemes of a probe's target. `http` and `https` send TCP and read the answer's status; `ping` sends one ICMP echo request. */
const schemes: Readonly<
  Record<string, { readonly protocol: PacketProtocol; readonly port?: number; readonly http?: true; readonly tls?: true }>
> = {
  http: { protocol: 'TCP', port: 80, http: true },
  https: { protocol: 'TCP', port: 443, http: true, tls: true },
  tcp: { protocol: 'TCP' },
  telnet: { protocol: 'TCP', port: 23 },
  udp: { protocol: 'UDP' },
  sctp: { protocol: 'SCTP' },
  ping: { protocol: 'ICMP' },
  icmp: { protocol: 'ICMP' },
};

/** Names as HTTP allows them (RFC 9110, 5.6.2). */
const headerPattern = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*(\S.*?)?[ \t]*$/;

const targetPattern = /^([a-z]+):\/\/([^:/?#\s]+)(?::(\d{1,5}))?(\/\S*)?$/;

/**
 * Reads who sends (`pod/client`, `pod/shop/client`, `node/node-1`, `outside/client`) and where to (`http://my-app-service:8080/path`,
 * `tcp://10.96.1.100:80`, `udp://dns:53`, `ping://10.96.1.100`). A pod without a namespace is in `default`.
 *
 * `headers` are lines as curl's `-H` takes them, `Host: shop.example.com`; only HTTP has any.
 */
export function parseProbe(from: string, to: string, headers: readonly string[] = []): ParsedProbe {
  const sender = parseSender(from);
  if (sender === undefined) return refuse(`"${from}" names no sender; write pod/NAME, pod/NAMESPACE/NAME, node/NAME or outside/NAME`);
  const match = targetPattern.exec(to);
  if (match === null) return refuse(`"${to}" is no target; write SCHEME://HOST[:PORT][/PATH], for example http://my-app-service`);
  const [, schemeName = '', host = '', portText, path] = match;
  const scheme = Object.hasOwn(schemes, schemeName) ? schemes[schemeName] : undefined;
  if (scheme === undefined) return refuse(`"${schemeName}" is no scheme; use one of ${Object.keys(schemes).join(', ')}`);
  const port = portText === undefined ? scheme.port : Number(portText);
  if (scheme.protocol === 'ICMP') {
    return portText === undefined
      ? accept({ from: sender, protocol: 'ICMP', host })
      : refuse('ICMP has no ports: leave the port out of a ping');
  }
  if (port === undefined) return refuse(`"${to}" names no port; ${schemeName} has no default one`);
  if (port < 1 || port > 65535) return refuse(`${port} is no port; ports go from 1 to 65535`);
  if (scheme.http !== true) {
    return headers.length === 0
      ? accept({ from: sender, protocol: scheme.protocol, host, port })
      : refuse(`${schemeName} has no headers; only http and https do`);
  }
  const given: Record<string, string> = {};
  for (const line of headers) {
    const [, name = '', value = ''] = headerPattern.exec(line) ?? [];
    if (name === '') return refuse(`"${line}" is no header; write NAME: VALUE, for example Host: shop.example.com`);
    given[name.toLowerCase()] = value;
  }
  const http = {
    method: 'GET',
    path: path ?? '/',
    ...(headers.length === 0 ? {} : { headers: given }),
    ...(scheme.tls === true ? { tls: true as const } : {}),
  };
  return accept({ from: sender, protocol: scheme.protocol, host, port, http });
}

function parseSender(text: string): Sender | undefined {
  const [kind, ...names] = text.split('/');
  if (names.some((name) => name === '')) return undefined;
  const [first, second] = names;
  if (kind === 'pod' && first !== undefined && names.length <= 2) {
    return second === undefined ? { kind, namespace: 'default', name: first } : { kind, namespace: first, name: second };
  }
  if ((kind === 'node' || kind === 'outside') && first !== undefined && names.length === 1) return { kind, name: first };
  return undefined;
}

function accept(probe: Probe): ParsedProbe {
  return { ok: true, probe };
}

function refuse(reason: string): ParsedProbe {
  return { ok: false, reason };
}
