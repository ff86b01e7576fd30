import type { EndpointSlice } from '../api/endpoint-slice.ts';
import type { Ingress, IngressPath, PathType } from '../api/ingress.ts';
import type { KubeObject } from '../api/kube-object.ts';
import type { Service, ServicePortSpec } from '../api/service.ts';

/** The smallest valid objects for tests of L7 routing. Everything is in the namespace `default`. */

/** A Service on port 80 whose Pods listen on 8080, and one EndpointSlice with these ready addresses. */
export function backend(
  name: string,
  addresses: readonly string[],
  port: Partial<ServicePortSpec> = {},
): { readonly service: Service; readonly slice: EndpointSlice } {
  const spec: ServicePortSpec = { protocol: 'TCP', port: 80, targetPort: 8080, ...port };
  return {
    service: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace: 'default' },
      spec: { type: 'ClusterIP', clusterIP: '10.96.0.10', ports: [spec], selector: { app: name } },
      status: { loadBalancer: {} },
    },
    slice: {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: `${name}-slice`, namespace: 'default', labels: { 'kubernetes.io/service-name': name } },
      addressType: 'IPv4',
      endpoints: addresses.map((address) => ({ addresses: [address], conditions: { ready: true } })),
      ports: [{ name: spec.name ?? '', protocol: 'TCP', port: 8080 }],
    },
  };
}

/** `PATHTYPE PATH SERVICE[:PORT]`; the type's first letter is enough, the port is 80 unless given. */
export function ingressPath(text: string): IngressPath {
  const [letter = '', path = '', target = ''] = text.split(' ');
  const types: Readonly<Record<string, PathType>> = { E: 'Exact', P: 'Prefix', I: 'ImplementationSpecific' };
  const [name = '', port = '80'] = target.split(':');
  return {
    ...(path === '-' ? {} : { path }),
    pathType: types[letter] ?? 'Prefix',
    backend: { service: { name, port: /^\d+$/.test(port) ? { number: Number(port) } : { name: port } } },
  };
}

export interface IngressParts {
  readonly name?: string;
  /** By host (`''`: every one), paths as {@link ingressPath} reads them. */
  readonly rules?: Readonly<Record<string, readonly string[]>>;
  /** Names after `nginx.ingress.kubernetes.io/`. */
  readonly annotations?: Readonly<Record<string, string>>;
  readonly spec?: Partial<Ingress['spec']>;
  readonly createdAt?: number;
}

export function ingress({ name = 'web', rules = {}, annotations = {}, spec = {}, createdAt }: IngressParts): Ingress {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name,
      namespace: 'default',
      annotations: Object.fromEntries(Object.entries(annotations).map(([key, value]) => [`nginx.ingress.kubernetes.io/${key}`, value])),
      ...(createdAt === undefined ? {} : { creationTime: createdAt }),
    },
    spec: {
      ingressClassName: 'nginx',
      rules: Object.entries(rules).map(([host, paths]) => ({
        ...(host === '' ? {} : { host }),
        http: { paths: paths.map(ingressPath) },
      })),
      ...spec,
    },
    status: { loadBalancer: {} },
  };
}

export function tlsSecret(name: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: 'default' },
    type: 'kubernetes.io/tls',
    data: { 'tls.crt': '', 'tls.key': '' },
  };
}
