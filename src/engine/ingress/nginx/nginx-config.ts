import type { EndpointSlice } from '../../api/endpoint-slice.ts';
import type { Ingress, IngressServiceBackend, PathType } from '../../api/ingress.ts';
import { parseIPv4 } from '../../api/ipv4.ts';
import type { KubeObject } from '../../api/kube-object.ts';
import type { Service, ServicePortSpec } from '../../api/service.ts';
import type { FieldOrigin } from '../../diagnostics/diagnostic.ts';
import type { Peer } from '../route-decision.ts';
import { keyOf, originOf } from '../route-origin.ts';
import { servicePeers } from '../service-peers.ts';
import { annotationOrigin, type CanaryPolicy, type CookieAffinity, type NginxAnnotations, nginxAnnotations } from './annotations.ts';

/** A Service port that requests can be sent to, and the endpoints behind it. */
export interface Upstream {
  /** `namespace-service-port`, as ingress-nginx names it. */
  readonly name: string;
  /** `namespace/name`. */
  readonly service: string;
  readonly port: string;
  readonly peers: readonly Peer[];
  readonly problem?: 'no-service' | 'no-port' | 'external-name';
  /** Set for the back end of a canary: it gets requests only where it was merged into another. */
  readonly canary?: CanaryPolicy & { readonly origins: readonly FieldOrigin[] };
  readonly affinity?: CookieAffinity;
  /** The upstream that takes part of this one's requests. */
  readonly alternative?: string;
}

/** One path of a server. */
export interface Location {
  readonly path: string;
  readonly exact: boolean;
  /** Absent: nobody gave the path a back end, and the controller answers 404. */
  readonly upstream?: string;
  /** `namespace/name` of the Ingress; absent for the controller's own. */
  readonly route?: string;
  /** Nothing but the default: host and path are those of no rule. */
  readonly isDefault: boolean;
  readonly annotations?: NginxAnnotations;
  readonly origins: readonly FieldOrigin[];
}

export interface Server {
  /** `_`: every host that no other server has. */
  readonly host: string;
  readonly locations: readonly Location[];
  /** Absent: the server has no certificate of its own. `secret` absent: the controller's takes its place. */
  readonly certificate?: { readonly secret?: string; readonly origins: readonly FieldOrigin[] };
}

/** What the controller has made of all Ingresses of its class. Immutable. */
export interface NginxConfig {
  readonly servers: ReadonlyMap<string, Server>;
  readonly upstreams: ReadonlyMap<string, Upstream>;
}

export interface NginxConfigInput {
  /** Of the controller's class only. */
  readonly ingresses: readonly Ingress[];
  readonly services: readonly Service[];
  readonly slices: readonly EndpointSlice[];
  readonly secrets: readonly KubeObject[];
}

export const anyHost = '_';

/**
 * Turns Ingresses into servers, locations and upstreams. The oldest Ingress goes first, and what it has said about a host and path stays; a
 * canary adds no path of its own but is merged into the upstream that has the same one.
 *
 * Models: ingress-nginx internal/ingress/controller/controller.go getBackendServers, createUpstreams, createServers, mergeAlternativeBackends and
 * store.go sortIngressSlice, SetDefaultNGINXPathType, controller-v1.12.
 *
 * @models partly Ingress: as ingress-nginx routes it, from its source; certificates are not read, a Secret with both keys counts as good
 */
export function nginxConfig(input: NginxConfigInput): NginxConfig {
  const build = new ConfigBuild(input);
  return build.run();
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface OpenServer {
  readonly host: string;
  readonly locations: Mutable<Location>[];
  certificate?: Server['certificate'];
}

/** One run of the builder; nothing of it is seen from outside. */
class ConfigBuild {
  readonly #input: NginxConfigInput;
  readonly #ingresses: readonly { readonly ingress: Ingress; readonly annotations: NginxAnnotations }[];
  readonly #upstreams = new Map<string, Mutable<Upstream>>();
  readonly #servers = new Map<string, OpenServer>();
  readonly #services: ReadonlyMap<string, Service>;

  constructor(input: NginxConfigInput) {
    this.#input = input;
    this.#ingresses = [...input.ingresses].sort(byAge).map((ingress) => ({ ingress, annotations: nginxAnnotations(ingress) }));
    this.#services = new Map(input.services.map((service) => [keyOf(service), service]));
  }

  run(): NginxConfig {
    this.#createUpstreams();
    this.#createServers();
    this.#addCertificates();
    this.#addLocations();
    if (this.#ingresses.some(({ annotations }) => annotations.canary === undefined)) this.#mergeCanaries();
    return { servers: this.#servers, upstreams: this.#upstreams };
  }

  #createUpstreams(): void {
    for (const { ingress, annotations } of this.#ingresses) {
      const { defaultBackend, rules = [] } = ingress.spec;
      if (defaultBackend?.service !== undefined) {
        const upstream = this.#newUpstream(ingress, defaultBackend.service, annotations);
        this.#upstreams.set(upstream.name, upstream);
      }
      for (const { http } of rules) {
        for (const { backend } of http?.paths ?? []) {
          if (backend.service === undefined || this.#upstreams.has(upstreamName(ingress, backend.service))) continue;
          const upstream = this.#newUpstream(ingress, backend.service, annotations);
          this.#upstreams.set(upstream.name, upstream);
        }
      }
    }
  }

  #newUpstream(ingress: Ingress, backend: IngressServiceBackend, annotations: NginxAnnotations): Mutable<Upstream> {
    const { canary } = annotations;
    const shared = {
      name: upstreamName(ingress, backend),
      service: `${namespaceOf(ingress)}/${backend.name}`,
      port: portText(backend),
      ...(canary === undefined ? {} : { canary: { ...canary, origins: canaryOrigins(ingress, canary) } }),
    };
    const service = this.#services.get(shared.service);
    if (service === undefined) return { ...shared, peers: [], problem: 'no-service' };
    if (service.spec.type === 'ExternalName') return { ...shared, peers: [], problem: 'external-name' };
    const port = (service.spec.ports ?? []).find((one) => isPort(one, shared.port));
    if (port === undefined) return { ...shared, peers: [], problem: 'no-port' };
    const own = annotations.serviceUpstream ? ownAddress(service, port) : undefined;
    return { ...shared, peers: own === undefined ? servicePeers(service, port, this.#input.slices) : [own] };
  }

  #createServers(): void {
    const catchAll: Mutable<Location> = { path: '/', exact: false, isDefault: true, origins: [] };
    this.#servers.set(anyHost, { host: anyHost, locations: [catchAll] });
    for (const { ingress, annotations } of this.#ingresses) {
      if (annotations.canary !== undefined) continue;
      const { defaultBackend, rules = [] } = ingress.spec;
      const upstream = defaultBackend?.service === undefined ? undefined : upstreamName(ingress, defaultBackend.service);
      const fallback = {
        route: keyOf(ingress),
        annotations,
        ...(upstream === undefined ? { origins: [] } : { upstream, origins: [originOf(ingress, 'spec.defaultBackend')] }),
      };
      if (upstream !== undefined && rules.length === 0 && catchAll.isDefault) Object.assign(catchAll, { ...fallback, isDefault: false });
      for (const { host = '' } of rules) {
        const name = host === '' ? anyHost : host;
        if (this.#servers.has(name)) continue;
        this.#servers.set(name, { host: name, locations: [{ path: '/', exact: false, isDefault: true, ...fallback }] });
      }
    }
  }

  #addCertificates(): void {
    const good = new Set(this.#input.secrets.filter(hasCertificate).map(keyOf));
    for (const { ingress, annotations } of this.#ingresses) {
      const { rules = [], tls = [] } = ingress.spec;
      if (annotations.canary !== undefined || tls.length === 0) continue;
      for (const { host = '' } of rules) {
        const server = this.#servers.get(host);
        if (server === undefined || server.certificate !== undefined) continue;
        const index = tls.findIndex(({ hosts = [] }) => hosts.some((one) => one.toLowerCase() === host.toLowerCase()));
        const origins = [originOf(ingress, index < 0 ? 'spec.tls' : `spec.tls[${index}].secretName`)];
        const secret = tls[index]?.secretName;
        const key = secret === undefined ? undefined : `${namespaceOf(ingress)}/${secret}`;
        server.certificate = key !== undefined && good.has(key) ? { secret: key, origins } : { origins };
      }
    }
  }

  #addLocations(): void {
    for (const { ingress, annotations } of this.#ingresses) {
      for (const [i, { host = '', http }] of (ingress.spec.rules ?? []).entries()) {
        const server = this.#servers.get(host === '' ? anyHost : host) ?? this.#servers.get(anyHost);
        for (const [j, { path: text = '', pathType, backend }] of (http?.paths ?? []).entries()) {
          if (backend.service === undefined || server === undefined) continue;
          const upstream = this.#upstreams.get(upstreamName(ingress, backend.service));
          if (upstream === undefined || upstream.canary !== undefined) continue;
          const path = text === '' ? '/' : text;
          const field = `spec.rules[${i}].http.paths[${j}]`;
          const fields = [`${field}.path`, `${field}.backend.service.name`, `spec.rules[${i}].host`];
          const found: Location = {
            path,
            exact: isExact(pathType),
            upstream: upstream.name,
            route: keyOf(ingress),
            isDefault: false,
            annotations,
            origins: fields.map((one) => originOf(ingress, one)),
          };
          const known = server.locations.find((location) => location.path === path);
          if (known === undefined || known.exact !== found.exact) server.locations.push(found);
          else if (known.isDefault) Object.assign(known, found);
          if (annotations.affinity !== undefined) upstream.affinity ??= annotations.affinity;
        }
      }
    }
  }

  #mergeCanaries(): void {
    for (const { ingress, annotations } of this.#ingresses) {
      if (annotations.canary === undefined) continue;
      const { defaultBackend, rules = [] } = ingress.spec;
      if (defaultBackend?.service !== undefined) this.#merge(upstreamName(ingress, defaultBackend.service), anyHost, () => true);
      for (const { host = '', http } of rules) {
        for (const { path, pathType, backend } of http?.paths ?? []) {
          if (backend.service === undefined) continue;
          const matches = (location: Location) => location.path === (path ?? '') && location.exact === isExact(pathType);
          this.#merge(upstreamName(ingress, backend.service), host === '' ? anyHost : host, matches);
        }
      }
    }
  }

  /** One back end can have one canary: a second one is added to a list of which only the first is ever read. */
  #merge(name: string, host: string, matches: (location: Location) => boolean): void {
    const canary = this.#upstreams.get(name);
    const server = this.#servers.get(host);
    if (canary === undefined || server === undefined) return;
    let merged = false;
    for (const location of server.locations) {
      const primary = location.upstream === undefined ? undefined : this.#upstreams.get(location.upstream);
      if (primary?.name === name) return;
      if (primary === undefined || primary.canary !== undefined || !matches(location)) continue;
      if (primary.alternative !== name && canary.canary?.ignoresAffinity === false) {
        if (primary.affinity === undefined) delete canary.affinity;
        else canary.affinity = primary.affinity;
      }
      primary.alternative ??= name;
      merged = true;
    }
    if (!merged) this.#upstreams.delete(name);
  }
}

/** Oldest first; of one moment, the one whose name comes last. */
function byAge(one: Ingress, other: Ingress): number {
  const age = (one.metadata.creationTime ?? Number.POSITIVE_INFINITY) - (other.metadata.creationTime ?? Number.POSITIVE_INFINITY);
  // Two that were made just now differ by NaN.
  if (age !== 0 && !Number.isNaN(age)) return age;
  return keyOf(one) > keyOf(other) ? -1 : 1;
}

function isExact(pathType: PathType): boolean {
  return pathType === 'Exact';
}

function namespaceOf({ metadata }: KubeObject): string {
  return metadata.namespace ?? 'default';
}

function portText({ port }: IngressServiceBackend): string {
  return port.name ?? String(port.number ?? 0);
}

function upstreamName(ingress: Ingress, backend: IngressServiceBackend): string {
  return `${namespaceOf(ingress)}-${backend.name}-${portText(backend)}`;
}

/** A number may also be the one the Pods listen on: ingress-nginx takes either. */
function isPort({ port, targetPort, name }: ServicePortSpec, text: string): boolean {
  return String(port) === text || String(targetPort) === text || name === text;
}

function ownAddress({ spec }: Service, { port }: ServicePortSpec): Peer | undefined {
  const address = parseIPv4(spec.clusterIP ?? '');
  return address === undefined ? undefined : { address, port };
}

function hasCertificate({ data }: KubeObject): boolean {
  return typeof data === 'object' && data !== null && 'tls.crt' in data && 'tls.key' in data;
}

function canaryOrigins(ingress: Ingress, { header, cookie }: CanaryPolicy): readonly FieldOrigin[] {
  const names = [
    'canary-weight',
    ...(header === undefined ? [] : ['canary-by-header']),
    ...(cookie === undefined ? [] : ['canary-by-cookie']),
    'canary',
  ];
  return names.map((name) => annotationOrigin(ingress, name));
}
