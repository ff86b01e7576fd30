import { type ClusterEvent, observer } from '../api/cluster-event.ts';
import type { KubeObject } from '../api/kube-object.ts';
import { humanDuration } from './human-duration.ts';

/** An Event as the API keeps it: equal ones are one, with a count. */
export interface EventObject extends KubeObject {
  readonly kind: 'Event';
  readonly type: ClusterEvent['type'];
  readonly reason: string;
  readonly message: string;
  readonly source: { readonly component: string };
  readonly count: number;
  readonly involvedObject: ClusterEvent['object'];
  /** Milliseconds of the cluster's clock. */
  readonly firstTimestamp: number;
  readonly lastTimestamp: number;
}

/** What Kubernetes itself would have recorded, each kind of thing once, in the order it first happened. */
export function eventObjects(events: readonly ClusterEvent[]): readonly EventObject[] {
  const grouped = new Map<string, EventObject>();
  for (const { time, object, type, reason, message, source } of events) {
    if (source === observer) continue;
    const key = [object.kind, object.namespace, object.name, reason, message, source].join(' ');
    const before = grouped.get(key);
    grouped.set(key, {
      apiVersion: 'v1',
      kind: 'Event',
      // Events of objects without a namespace are kept in `default`.
      metadata: before?.metadata ?? {
        name: `${object.name}.${(grouped.size + 1).toString(16).padStart(16, '0')}`,
        namespace: object.namespace ?? 'default',
        creationTime: time,
      },
      type,
      reason,
      message,
      source: { component: source },
      count: (before?.count ?? 0) + 1,
      involvedObject: object,
      firstTimestamp: before?.firstTimestamp ?? time,
      lastTimestamp: time,
    });
  }
  return [...grouped.values()];
}

export function concerns({ involvedObject }: EventObject, { kind, metadata }: KubeObject): boolean {
  return involvedObject.kind === kind && involvedObject.name === metadata.name && involvedObject.namespace === metadata.namespace;
}

/** How long ago, and how often since when: `5s (x3 over 25s)`. Models: k8s.io/kubectl/pkg/describe DescribeEvents, v1.37. */
export function eventAge({ count, firstTimestamp, lastTimestamp }: EventObject, now: number): string {
  const last = humanDuration(now - lastTimestamp);
  return count > 1 ? `${last} (x${count} over ${humanDuration(now - firstTimestamp)})` : last;
}

/** `pod/web-1` */
export function eventObjectCell({ involvedObject }: EventObject): string {
  return `${involvedObject.kind.toLowerCase()}/${involvedObject.name}`;
}
