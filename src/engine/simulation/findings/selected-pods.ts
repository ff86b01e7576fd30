import { matchesLabels } from '../../api/label-selector.ts';
import type { Pod } from '../../api/pod.ts';
import type { Service } from '../../api/service.ts';
import type { Snapshot } from '../snapshot.ts';

/** The Pods of the Service's namespace that its selector finds; none without a selector. */
export function selectedPods({ metadata, spec }: Service, { store }: Snapshot): readonly Pod[] {
  const selector = spec.selector ?? {};
  if (Object.keys(selector).length === 0 || spec.type === 'ExternalName') return [];
  return store.list<Pod>('Pod', metadata.namespace).filter((pod) => matchesLabels(selector, pod.metadata.labels));
}
