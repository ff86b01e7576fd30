import type { Pod } from '../api/pod.ts';
import { settle } from './settle.ts';
import type { Snapshot } from './snapshot.ts';

/** Something that goes wrong in the cluster at the moment of the snapshot. */
export interface Disturbance {
  /** From now on the Pod's containers fail their readiness probe. A Pod without one has nothing to fail. */
  readonly kind: 'readiness-fails';
  readonly namespace: string;
  readonly name: string;
}

/** The cluster with something going wrong in it. What follows from it follows as the clock runs (`advance`). */
export function disturb(snapshot: Snapshot, { namespace, name }: Disturbance): Snapshot {
  const failingSince = new Map(snapshot.failingSince);
  failingSince.set(`${namespace}/${name}`, snapshot.time);
  return { ...snapshot, failingSince };
}

/**
 * Lets the cluster's clock run.
 *
 * @models partly time: failing readiness probes; not yet liveness, node failure, grace periods
 */
export function advance(snapshot: Snapshot, milliseconds: number): Snapshot {
  const time = snapshot.time + milliseconds;
  let { store } = snapshot;
  for (const pod of store.list<Pod>('Pod')) {
    const since = snapshot.failingSince.get(`${pod.metadata.namespace}/${pod.metadata.name}`);
    if (since !== undefined && time - since >= unreadyAfter(pod)) store = store.put(unready(pod));
  }
  return settle({ ...snapshot, time, store });
}

interface ReadinessProbe {
  readonly periodSeconds?: number;
  readonly failureThreshold?: number;
}

/**
 * How long after its first failure a Pod stops being ready: `failureThreshold` probes in a row, one every `periodSeconds`. Never without a probe.
 *
 * Models: kubelet pkg/kubelet/prober/worker.go, v1.37. The probes' phase is left out: the first one fails at once.
 */
function unreadyAfter(pod: Pod): number {
  const times = pod.spec.containers.flatMap(({ readinessProbe }) => {
    if (readinessProbe === undefined) return [];
    const { periodSeconds = 10, failureThreshold = 3 } = readinessProbe as ReadinessProbe;
    return [periodSeconds * failureThreshold * 1000];
  });
  return Math.min(...times);
}

function unready(pod: Pod): Pod {
  const conditions = pod.status.conditions?.map((condition) =>
    condition.type === 'Ready' || condition.type === 'ContainersReady' ? { ...condition, status: 'False' as const } : condition,
  );
  return { ...pod, status: { ...pod.status, ...(conditions === undefined ? {} : { conditions }) } };
}
