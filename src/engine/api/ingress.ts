import type { KubeObject } from './kube-object.ts';

export type PathType = 'Exact' | 'Prefix' | 'ImplementationSpecific';

/** A Service and one of its ports, by number or by name; exactly one of the two is set. */
export interface IngressServiceBackend {
  readonly name: string;
  readonly port: { readonly number?: number; readonly name?: string };
}

/** `resource` names an object of another kind, which ingress-nginx leaves alone. */
export interface IngressBackend {
  readonly service?: IngressServiceBackend;
  readonly resource?: { readonly apiGroup?: string; readonly kind: string; readonly name: string };
}

export interface IngressPath {
  /** Absent only with `ImplementationSpecific`: every path. */
  readonly path?: string;
  readonly pathType: PathType;
  readonly backend: IngressBackend;
}

export interface IngressRule {
  /** A name, or `*.name`; absent: every host. */
  readonly host?: string;
  readonly http?: { readonly paths: readonly IngressPath[] };
}

/** An Ingress as stored: validated, with every default filled in. */
export interface Ingress extends KubeObject {
  readonly kind: 'Ingress';
  readonly spec: {
    readonly ingressClassName?: string;
    readonly defaultBackend?: IngressBackend;
    readonly rules?: readonly IngressRule[];
    readonly tls?: readonly { readonly hosts?: readonly string[]; readonly secretName?: string }[];
  };
  readonly status: { readonly loadBalancer: { readonly ingress?: readonly { readonly ip?: string; readonly hostname?: string }[] } };
}

export interface IngressClass extends KubeObject {
  readonly kind: 'IngressClass';
  readonly spec: { readonly controller?: string };
}
