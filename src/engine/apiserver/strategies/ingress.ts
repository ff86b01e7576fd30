import type { IngressClass } from '../../api/ingress.ts';
import type { ObjectStore } from '../../api/object-store.ts';
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
  mutate(ingress, old, { store }) {
    if (old !== undefined || ingress.spec.ingressClassName !== undefined) return undefined;
    if (ingress.metadata.annotations?.[ingressClassAnnotation] !== undefined) return undefined;
    const name = defaultClassName(store);
    if (name !== undefined) ingress.spec.ingressClassName = name;
    return undefined;
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

const defaultAnnotation = 'ingressclass.kubernetes.io/is-default-class';

/**
 * The class of Ingresses that name none: of several, the newest, then the one whose name comes first.
 *
 * Models: plugin/pkg/admission/network/defaultingressclass, v1.37.
 */
function defaultClassName(store: ObjectStore): string | undefined {
  const classes = store.list<IngressClass>('IngressClass').filter(({ metadata }) => metadata.annotations?.[defaultAnnotation] === 'true');
  const age = ({ metadata }: IngressClass) => metadata.creationTime ?? Number.MAX_SAFE_INTEGER;
  const [chosen] = [...classes].sort((one, other) => age(other) - age(one) || (one.metadata.name < other.metadata.name ? -1 : 1));
  return chosen?.metadata.name;
}
