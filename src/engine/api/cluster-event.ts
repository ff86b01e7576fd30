import type { ObjectRef } from '../diagnostics/diagnostic.ts';

/** Something that happened to an object, with its time on the cluster's clock. */
export interface ClusterEvent {
  /** Milliseconds. */
  readonly time: number;
  readonly object: ObjectRef;
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  /** The component that noticed, as Kubernetes names it; {@link observer} for what no component records. */
  readonly source: string;
}

/** Source of changes that are told although Kubernetes makes no Event of them: who is ready, who gets traffic, who is gone. */
export const observer = 'observer';
