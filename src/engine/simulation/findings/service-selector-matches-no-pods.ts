import type { Pod } from '../../api/pod.ts';
import type { Service } from '../../api/service.ts';
import type { FindingRule } from './finding.ts';
import { selectedPods } from './selected-pods.ts';

/** A selector that finds nothing: the Service has an address, and every connection to it is refused. Points at the label that nobody has. */
export const serviceSelectorMatchesNoPods: FindingRule<Service> = (service, snapshot) => {
  const selector = Object.entries(service.spec.selector ?? {});
  if (selector.length === 0 || service.spec.type === 'ExternalName' || selectedPods(service, snapshot).length > 0) return [];
  const neighbours = snapshot.store.list<Pod>('Pod', service.metadata.namespace);
  const [key, value] =
    selector.find(([name, wanted]) => !neighbours.some((pod) => pod.metadata.labels?.[name] === wanted)) ??
    (selector[0] as [string, string]);
  const values = [...new Set(neighbours.flatMap((pod) => pod.metadata.labels?.[key] ?? []))].sort();
  return [
    {
      code: 'service-selector-matches-no-pods',
      message: `Service ${service.metadata.namespace}/${service.metadata.name} selects ${key}=${value}, and there is no such Pod in its namespace.`,
      args: {
        name: service.metadata.name,
        namespace: service.metadata.namespace ?? 'default',
        label: `${key}: ${value}`,
        key,
        values: values.join(', '),
      },
      path: `spec.selector.${key}`,
    },
  ];
};
