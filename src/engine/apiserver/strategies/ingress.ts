import type { Strategy } from '../strategy.ts';
import { type IngressDraft, ingressClassAnnotation, validateIngressCreate, validateIngressUpdate } from '../validation/ingress.ts';

/** Models: pkg/registry/networking/ingress/strategy.go, v1.37. */
export const ingressStrategy: Strategy<IngressDraft> = {
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'Ingress',
  resource: 'ingresses',
  namespaced: true,
  counted: 'spec',
  default(ingress) {
    ingress.spec ??= {};
  },
  prepare(ingress, old) {
    ingress.status = old?.status ?? { loadBalancer: {} };
  },
  validateCreate: validateIngressCreate,
  validateUpdate: validateIngressUpdate,
  warnings({ metadata, spec }, old) {
    const annotated = metadata.annotations?.[ingressClassAnnotation] !== undefined;
    if (!annotated || spec.ingressClassName !== undefined || old !== undefined) return [];
    return [`annotation "${ingressClassAnnotation}" is deprecated, please use 'spec.ingressClassName' instead`];
  },
  finish({ spec }) {
    // Go prints these structs although they are empty.
    const backends = [spec.defaultBackend, ...(spec.rules ?? []).flatMap(({ http }) => (http?.paths ?? []).map(({ backend }) => backend))];
    for (const backend of backends) if (backend?.service !== undefined) backend.service.port ??= {};
  },
};
