import { withLabels } from '../../api/label-selector.ts';
import type { Pod } from '../../api/pod.ts';
import type { Service } from '../../api/service.ts';
import type { Snapshot } from '../snapshot.ts';

/** The Pods of the Service's namespace that its selector finds; none without a selector. */
export function selectedPods({ metadata, spec }: Service, { store }: Snapshot): readonly Pod[] {
  if (!hasSelector(spec) || spec.type === 'ExternalName') return [];
  return withLabels(store.list<Pod>('Pod', metadata.namespace), spec.selector ?? {});
}

export function hasSelector({ selector }: Service['spec']): boolean {
  return Object.keys(selector ?? {}).length > 0;
}
