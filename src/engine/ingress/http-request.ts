/** A request as it reaches an L7 proxy. Immutable. */
export interface HttpRequest {
  /** `https`: the connection is encrypted up to the proxy. */
  readonly scheme: 'http' | 'https';
  /** The `Host` header without its port, in small letters; also the name a TLS client asks for (SNI). */
  readonly host: string;
  readonly method: string;
  /** As sent, query included: `/cart?id=3`. */
  readonly target: string;
  /** By name in small letters. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Request parts as a client writes them; header names in any case, the host with a port or without. */
export interface RequestParts {
  readonly scheme?: 'http' | 'https';
  readonly host: string;
  readonly method?: string;
  readonly target?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function httpRequest({ scheme = 'http', host, method = 'GET', target = '/', headers = {} }: RequestParts): HttpRequest {
  const named = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return { scheme, host: withoutPort(named.host ?? host).toLowerCase(), method, target, headers: named };
}

function withoutPort(host: string): string {
  return host.replace(/:\d+$/, '').replace(/\.$/, '');
}

/** The value of a cookie the request carries; names are compared exactly. */
export function cookieOf({ headers }: HttpRequest, name: string): string | undefined {
  for (const pair of (headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

/** Parameters of the query, the first of each name. */
export function queryOf({ target }: HttpRequest): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  const at = target.indexOf('?');
  if (at < 0) return parameters;
  for (const pair of target.slice(at + 1).split('&')) {
    const [name = '', ...value] = pair.split('=');
    if (name !== '' && !parameters.has(name)) parameters.set(name, value.join('='));
  }
  return parameters;
}

/**
 * The path that rules are compared with: without the query, percent signs decoded, doubled slashes and dot segments taken out.
 *
 * Models: nginx src/http/ngx_http_parse.c ngx_http_parse_complex_uri, with `merge_slashes on`.
 */
export function normalizedPath({ target }: Pick<HttpRequest, 'target'>): string {
  const raw = target.split(/[?#]/, 1)[0] ?? '/';
  const segments: string[] = [];
  const parts = decodePercent(raw).split('/');
  for (const part of parts) {
    if (part === '..') segments.pop();
    else if (part !== '' && part !== '.') segments.push(part);
  }
  const last = parts.at(-1);
  const ends = segments.length > 0 && (last === '' || last === '.' || last === '..') ? '/' : '';
  return `/${segments.join('/')}${ends}`;
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not UTF-8: the bytes stay as they were written.
    return text;
  }
}
