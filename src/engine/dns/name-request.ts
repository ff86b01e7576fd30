/** What a name under the cluster's zone asks for. Fields that the name does not reach are empty. */
export interface NameRequest {
  readonly kind: 'apex' | 'svc' | 'pod';
  readonly namespace: string;
  /** A Service's name; under `pod`, a Pod's address with dashes. */
  readonly service: string;
  readonly endpoint: string;
  readonly port: string;
  readonly protocol: string;
}

/**
 * Reads a name in lower case, without its zone: `_http._tcp.web.default.svc`. Two labels before the Service are always a port and a
 * protocol (with or without underscores), one is an endpoint. `undefined`: no name of this zone has that shape.
 *
 * Models: CoreDNS plugin/kubernetes parse.go parseRequest, 1.15.
 *
 * @models no Zone-scoped names (CoreDNS option zonal) and multicluster zones
 */
export function parseNameRequest(base: string): NameRequest | undefined {
  const empty = { namespace: '', service: '', endpoint: '', port: '', protocol: '' };
  if (base === '' || base === 'svc' || base === 'pod') return { kind: 'apex', ...empty };
  const [kind, namespace = '', service = '', ...rest] = base.split('.').reverse();
  if (kind !== 'svc' && kind !== 'pod') return undefined;
  const [last = '', next = ''] = rest;
  if (rest.length > 2) return undefined;
  if (rest.length === 2) return { ...empty, kind, namespace, service, protocol: withoutUnderscore(last), port: withoutUnderscore(next) };
  return { ...empty, kind, namespace, service, endpoint: last };
}

function withoutUnderscore(label: string): string {
  return label.startsWith('_') ? label.slice(1) : label;
}
