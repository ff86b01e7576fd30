import { closestWord } from '../../api/closest-word.ts';
import type { Ingress, IngressClass } from '../../api/ingress.ts';
import type { FindingRule } from './finding.ts';

const classAnnotation = 'kubernetes.io/ingress.class';

/** An Ingress that no controller takes for its own: it names a class that is not there, or none where no class is the default one. */
export const ingressClass: FindingRule<Ingress> = ({ metadata, spec }, { store }) => {
  const { name } = metadata;
  const wanted = spec.ingressClassName;
  const path = 'spec.ingressClassName';
  const classes = store.list<IngressClass>('IngressClass').map((one) => one.metadata.name);
  if (wanted === undefined) {
    if (metadata.annotations?.[classAnnotation] !== undefined) return [];
    const message = `Ingress ${name} names no class, and no IngressClass is the default one: no controller acts on it.`;
    return [{ code: 'ingress-without-class', message, args: { name, classes: classes.join(', ') }, path, defaultedFrom: 'metadata.name' }];
  }
  if (classes.includes(wanted)) return [];
  const meant = closestWord(wanted, classes);
  return [
    {
      code: 'ingress-class-not-found',
      message: `Ingress ${name} is of the class ${wanted}, and there is no such IngressClass: no controller acts on it.`,
      args: { name, class: wanted, classes: classes.join(', ') },
      path,
      ...(meant === undefined ? {} : { replacement: { from: wanted, to: meant } }),
    },
  ];
};
