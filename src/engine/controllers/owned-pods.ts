import { generatedNamePrefix, nameSuffix } from '../api/generated-name.ts';
import type { KubeObject, ObjectMeta } from '../api/kube-object.ts';
import { type LabelSelector, matchesSelector } from '../api/label-selector.ts';
import type { ObjectStore } from '../api/object-store.ts';
import type { Pod } from '../api/pod.ts';
import { controllerOf, controllerReference, type PodTemplate } from '../api/workload.ts';
import type { ControllerContext } from './controller.ts';

const defaultGracePeriod = 30;

/**
 * Takes in the Pods an owner's selector matches and nobody keeps, and lets go of those it keeps whose labels have changed. A Pod that is
 * let go of lives on: this is how one takes a Pod out of service to look at it.
 *
 * Models: pkg/controller/controller_ref_manager.go ClaimPods, v1.37.
 */
export function claimPods(store: ObjectStore, owner: KubeObject, selector: LabelSelector): ObjectStore {
  let next = store;
  for (const pod of ownedPods(store, owner)) {
    if (!matchesSelector(selector, pod.metadata.labels)) next = next.put(withOwners(pod, undefined));
  }
  for (const pod of podsByOwner(store, owner.metadata.namespace).get(nobody) ?? []) {
    if (matchesSelector(selector, pod.metadata.labels) && isActive(pod)) next = next.put(withOwners(pod, owner));
  }
  return next;
}

/** All Pods an owner keeps, finished and terminating ones too. */
export function ownedPods(store: ObjectStore, owner: KubeObject): readonly Pod[] {
  return podsByOwner(store, owner.metadata.namespace).get(`${owner.kind}/${owner.metadata.name}`) ?? [];
}

const nobody = '';
const indexes = new WeakMap<readonly Pod[], ReadonlyMap<string, readonly Pod[]>>();

/** A namespace's Pods by the kind and name of their controller; indexed once for all owners. */
function podsByOwner(store: ObjectStore, namespace: string | undefined): ReadonlyMap<string, readonly Pod[]> {
  const pods = store.list<Pod>('Pod', namespace);
  const known = indexes.get(pods);
  if (known !== undefined) return known;
  const index = new Map<string, Pod[]>();
  for (const pod of pods) {
    const controller = controllerOf(pod.metadata);
    const key = controller === undefined ? nobody : `${controller.kind}/${controller.name}`;
    const list = index.get(key);
    if (list === undefined) index.set(key, [pod]);
    else list.push(pod);
  }
  indexes.set(pods, index);
  return index;
}

function withOwners(pod: Pod, owner: KubeObject | undefined): Pod {
  const { ownerReferences = [], ...metadata } = pod.metadata;
  const others = ownerReferences.filter(({ controller }) => controller !== true);
  const owners = owner === undefined ? others : [...others, controllerReference(owner)];
  return { ...pod, metadata: { ...metadata, ...(owners.length === 0 ? {} : { ownerReferences: owners }) } };
}

/** Pods an owner counts: neither finished nor being deleted. */
export function activePods(store: ObjectStore, owner: KubeObject): readonly Pod[] {
  return ownedPods(store, owner).filter(isActive);
}

export function isActive(pod: Pod): boolean {
  return pod.metadata.deletionTime === undefined && pod.status.phase !== 'Succeeded' && pod.status.phase !== 'Failed';
}

/** A Pod of a template, as the API server stores it: not placed, not started. */
export function podFromTemplate(
  owner: KubeObject,
  template: PodTemplate,
  identity: Pick<ObjectMeta, 'name' | 'generateName'> & { readonly labels?: ObjectMeta['labels'] },
  time: number,
): Pod {
  const { namespace } = owner.metadata;
  const { annotations } = template.metadata ?? {};
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: identity.name,
      ...(identity.generateName === undefined ? {} : { generateName: identity.generateName }),
      ...(namespace === undefined ? {} : { namespace }),
      labels: { ...template.metadata?.labels, ...identity.labels },
      ...(annotations === undefined ? {} : { annotations }),
      creationTime: time,
      ownerReferences: [controllerReference(owner)],
    },
    spec: template.spec,
    status: { phase: 'Pending' },
  };
}

/** A name nobody has, made of the owner's and a random end. */
export function freshPodName(store: ObjectStore, owner: KubeObject, { seed, time }: ControllerContext, index: number): string {
  const { namespace, name } = owner.metadata;
  for (let attempt = index; ; attempt += 1) {
    const candidate = generatedNamePrefix(name) + nameSuffix(seed, `Pod ${namespace}/${name} ${time} ${attempt}`);
    if (store.get('Pod', namespace, candidate) === undefined) return candidate;
  }
}

/** Asks for a Pod to be deleted: it is terminating from now on, and its kubelet removes it. A Pod without a node goes at once. */
export function deletePod(store: ObjectStore, pod: Pod, time: number): ObjectStore {
  const { namespace, name } = pod.metadata;
  if (pod.spec.nodeName === undefined) return store.delete('Pod', namespace, name);
  const grace = pod.spec.terminationGracePeriodSeconds ?? defaultGracePeriod;
  return store.put({ ...pod, metadata: { ...pod.metadata, deletionTime: time + grace * 1000 } });
}
