import type { Ingress, IngressClass } from '../api/ingress.ts';

const classAnnotation = 'kubernetes.io/ingress.class';

/** The annotation's value that ingress-nginx answers to by default (`--ingress-class`). */
const annotationValue = 'nginx';

/**
 * The Ingresses a controller acts on: those of a class that names it, else those with its old annotation. One that says neither is nobody's;
 * where a class is the default one, the API server has written it into the Ingress.
 *
 * Models: ingress-nginx internal/ingress/controller/store/store.go GetIngressClass, controller-v1.12, with its default flags.
 */
export function controlledIngresses(
  controller: string,
  ingresses: readonly Ingress[],
  classes: readonly IngressClass[],
): readonly Ingress[] {
  const own = new Set(classes.flatMap(({ metadata, spec }) => (spec.controller === controller ? [metadata.name] : [])));
  return ingresses.filter(({ metadata, spec }) =>
    spec.ingressClassName === undefined ? metadata.annotations?.[classAnnotation] === annotationValue : own.has(spec.ingressClassName),
  );
}
