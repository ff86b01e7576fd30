import type { KubeObject } from './kube-object.ts';

/** The API group of the Gateway API; a world has its kinds when `installedApis` names its version v1. */
export const gatewayGroup = 'gateway.networking.k8s.io';

export interface GatewayClass extends KubeObject {
  readonly kind: 'GatewayClass';
  readonly spec: { readonly controllerName: string };
}

export interface GatewayListener {
  readonly name: string;
  /** A name, or `*.name`; absent: every host. */
  readonly hostname?: string;
  readonly port: number;
  readonly protocol: string;
  readonly tls?: { readonly mode?: string; readonly certificateRefs?: readonly { readonly name: string; readonly namespace?: string }[] };
  readonly allowedRoutes?: { readonly namespaces?: { readonly from?: string } };
}

export interface Gateway extends KubeObject {
  readonly kind: 'Gateway';
  readonly spec: { readonly gatewayClassName: string; readonly listeners: readonly GatewayListener[] };
}

/** A back end of a rule. `weight` is its share among the rule's back ends; 0 takes it out. */
export interface HTTPBackendRef {
  readonly group?: string;
  readonly kind?: string;
  readonly name: string;
  readonly namespace?: string;
  readonly port?: number;
  readonly weight?: number;
  readonly filters?: readonly object[];
}

export interface HTTPRouteMatch {
  readonly path?: { readonly type?: string; readonly value?: string };
  readonly headers?: readonly { readonly type?: string; readonly name: string; readonly value: string }[];
  readonly queryParams?: readonly { readonly type?: string; readonly name: string; readonly value: string }[];
  readonly method?: string;
}

export interface HTTPRouteRule {
  readonly matches?: readonly HTTPRouteMatch[];
  readonly filters?: readonly { readonly type?: string }[];
  readonly backendRefs?: readonly HTTPBackendRef[];
  readonly sessionPersistence?: object;
}

export interface ParentReference {
  readonly group?: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly name: string;
  readonly sectionName?: string;
  readonly port?: number;
}

export interface HTTPRoute extends KubeObject {
  readonly kind: 'HTTPRoute';
  readonly spec: {
    readonly parentRefs?: readonly ParentReference[];
    readonly hostnames?: readonly string[];
    readonly rules?: readonly HTTPRouteRule[];
  };
}
