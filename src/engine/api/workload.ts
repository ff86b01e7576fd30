import type { KubeObject, ObjectMeta } from './kube-object.ts';
import type { LabelSelector, Labels } from './label-selector.ts';
import type { Pod } from './pod.ts';

export interface PodTemplate {
  readonly metadata?: { readonly labels?: Labels; readonly annotations?: Labels };
  readonly spec: Pod['spec'];
}

/** Kinds that keep a number of Pods of one template. Fields are the API's; absent ones have not been defaulted yet. */
export interface Deployment extends KubeObject {
  readonly kind: 'Deployment';
  readonly spec: {
    readonly replicas?: number;
    readonly selector: LabelSelector;
    readonly template: PodTemplate;
    readonly paused?: boolean;
    readonly revisionHistoryLimit?: number;
    readonly strategy?: {
      readonly type?: 'RollingUpdate' | 'Recreate';
      readonly rollingUpdate?: { readonly maxSurge?: number | string; readonly maxUnavailable?: number | string };
    };
  };
}

export interface ReplicaSet extends KubeObject {
  readonly kind: 'ReplicaSet';
  readonly spec: { readonly replicas?: number; readonly selector: LabelSelector; readonly template: PodTemplate };
  readonly status?: { readonly replicas?: number; readonly readyReplicas?: number; readonly availableReplicas?: number };
}

export interface StatefulSet extends KubeObject {
  readonly kind: 'StatefulSet';
  readonly spec: {
    readonly replicas?: number;
    readonly selector: LabelSelector;
    readonly template: PodTemplate;
    readonly serviceName?: string;
    readonly podManagementPolicy?: 'OrderedReady' | 'Parallel';
    readonly ordinals?: { readonly start?: number };
    readonly updateStrategy?: { readonly type?: string; readonly rollingUpdate?: { readonly partition?: number } };
  };
}

export interface DaemonSet extends KubeObject {
  readonly kind: 'DaemonSet';
  readonly spec: { readonly selector: LabelSelector; readonly template: PodTemplate };
}

export interface Job extends KubeObject {
  readonly kind: 'Job';
  readonly spec: {
    readonly completions?: number;
    readonly parallelism?: number;
    readonly suspend?: boolean;
    readonly template: PodTemplate;
  };
}

/** Whether an object is kept by this owner. Names are enough: the store holds one object of a kind and name at a time. */
export function isControlledBy(object: KubeObject, owner: KubeObject): boolean {
  return controllerOf(object.metadata)?.kind === owner.kind && controllerOf(object.metadata)?.name === owner.metadata.name;
}

export function controllerOf(metadata: ObjectMeta): NonNullable<ObjectMeta['ownerReferences']>[number] | undefined {
  return metadata.ownerReferences?.find(({ controller }) => controller === true);
}

export function controllerReference(owner: KubeObject): NonNullable<ObjectMeta['ownerReferences']>[number] {
  return { apiVersion: owner.apiVersion, kind: owner.kind, name: owner.metadata.name, controller: true };
}
