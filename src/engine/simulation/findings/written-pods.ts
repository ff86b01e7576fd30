import type { KubeObject } from '../../api/kube-object.ts';
import { withLabels } from '../../api/label-selector.ts';
import type { Pod } from '../../api/pod.ts';
import { controllerOf, type PodTemplate } from '../../api/workload.ts';
import type { Snapshot } from '../snapshot.ts';

/** Kinds of manifests that people write for Pods. */
export const podKinds = ['Pod', 'Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job'] as const;

export interface WrittenPods {
  /** What the manifest says of each Pod. */
  readonly spec: Pod['spec'];
  /** Where it says so: `spec`, or `spec.template.spec`. */
  readonly path: string;
  readonly pods: readonly Pod[];
}

/** The Pods that came of a manifest; none yet is possible. `undefined`: the object has no Pods. */
export function podsWrittenBy(object: KubeObject, { store }: Snapshot): WrittenPods | undefined {
  const { kind, metadata, spec } = object;
  if (kind === 'Pod') {
    // The kind says the type.
    const pod = object as Pod;
    return { spec: pod.spec, path: 'spec', pods: [pod] };
  }
  const { template } = (spec ?? {}) as { readonly template?: PodTemplate };
  if (template === undefined) return undefined;
  const all = store.list<Pod>('Pod', metadata.namespace);
  const pods = withLabels(all, template.metadata?.labels ?? {}).filter((pod) => {
    const owner = controllerOf(pod.metadata);
    if (owner === undefined) return false;
    if (owner.kind === kind) return owner.name === metadata.name;
    // A Deployment's Pods are those of its ReplicaSets.
    const above = store.get(owner.kind, metadata.namespace, owner.name);
    const top = above === undefined ? undefined : controllerOf(above.metadata);
    return top?.kind === kind && top.name === metadata.name;
  });
  return { spec: template.spec, path: 'spec.template.spec', pods };
}
