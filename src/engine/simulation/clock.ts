import type { KubeObject } from '../api/kube-object.ts';
import { type Node, silentSince } from '../api/node.ts';
import type { ObjectStore } from '../api/object-store.ts';
import type { Pod } from '../api/pod.ts';
import { nextNodeTime } from '../controllers/node-lifecycle.ts';
import { deletePod } from '../controllers/owned-pods.ts';
import { EngineBug } from '../diagnostics/engine-bug.ts';
import { crashContainers, nextPodTime, runPodClock } from '../nodes/pod-clock.ts';
import type { ProbeKind } from '../nodes/probe.ts';
import { eventsBetween, probeEvents } from './cluster-event.ts';
import { settle } from './settle.ts';
import type { Snapshot } from './snapshot.ts';

/** Something that goes wrong in the cluster, or right again, at the moment of the snapshot. */
export type Disturbance =
  /** The probe fails from now on, and across restarts: what it asks about is broken. A Pod without that probe has nothing to fail. */
  | { readonly kind: 'readiness-fails' | 'liveness-fails' | 'probes-recover'; readonly namespace: string; readonly name: string }
  /** Every container of the Pod ends at this moment; its kubelet starts it again. */
  | { readonly kind: 'containers-crash'; readonly namespace: string; readonly name: string }
  /** Somebody deletes the Pod. */
  | { readonly kind: 'pod-deleted'; readonly namespace: string; readonly name: string }
  /** The machine stops dead: nothing on it runs, and nobody hears of it. */
  | { readonly kind: 'node-fails' | 'node-recovers'; readonly name: string };

const probeOfFault = { 'readiness-fails': 'readinessProbe', 'liveness-fails': 'livenessProbe' } as const;

/** The cluster with something going wrong in it. What follows from it follows as the clock runs (`advance`). Unknown names change nothing. */
export function disturb(snapshot: Snapshot, disturbance: Disturbance): Snapshot {
  const { store, time } = snapshot;
  switch (disturbance.kind) {
    case 'readiness-fails':
    case 'liveness-fails': {
      const key = `${disturbance.namespace}/${disturbance.name}`;
      const faults: ReadonlySet<ProbeKind> = new Set([...(snapshot.faults.get(key) ?? []), probeOfFault[disturbance.kind]]);
      return { ...snapshot, faults: new Map([...snapshot.faults, [key, faults]]) };
    }
    case 'probes-recover': {
      const key = `${disturbance.namespace}/${disturbance.name}`;
      return { ...snapshot, faults: new Map([...snapshot.faults].filter(([pod]) => pod !== key)) };
    }
    case 'containers-crash':
    case 'pod-deleted': {
      const pod = store.get<Pod>('Pod', disturbance.namespace, disturbance.name);
      if (pod === undefined) return snapshot;
      const change = disturbance.kind === 'pod-deleted' ? deletePod : crashContainers;
      return happened(snapshot, { ...snapshot, store: change(store, pod, time) });
    }
    case 'node-fails':
    case 'node-recovers': {
      const node = store.get<Node>('Node', undefined, disturbance.name);
      if (node === undefined || (silentSince(node) === undefined) === (disturbance.kind === 'node-recovers')) return snapshot;
      return happened(snapshot, {
        ...snapshot,
        store: store.put(withHeartbeat(node, disturbance.kind === 'node-fails' ? time : undefined)),
      });
    }
  }
}

function withHeartbeat(node: Node, last: number | undefined): Node {
  const conditions = node.status.conditions?.map((condition) => {
    if (condition.type !== 'Ready') return condition;
    const { lastHeartbeatTime: _, ...rest } = condition;
    return last === undefined ? rest : { ...rest, lastHeartbeatTime: last };
  });
  return { ...node, status: { ...node.status, ...(conditions === undefined ? {} : { conditions }) } };
}

/** A probe of a crash-looping Pod every second for a week: far more than any lesson waits for. */
const maxMoments = 1_000_000;

/**
 * Lets the cluster's clock run. It jumps from one moment at which anything happens to the next: probes, restarts, ends of grace periods,
 * nodes given up on. Everything that happens is added to the snapshot's events.
 *
 * @models partly time: probes, restarts with back-off, deletion, node failure; controllers, kube-proxy and DNS take no time themselves
 */
export function advance(snapshot: Snapshot, milliseconds: number): Snapshot {
  const end = snapshot.time + Math.max(0, milliseconds);
  let current: Snapshot = { ...snapshot, store: withCreationTimes(snapshot.store, snapshot.time) };
  for (let moment = 0; moment < maxMoments; moment += 1) {
    const next = nextTime(current);
    if (next === undefined || next > end) return { ...current, time: end };
    const { failures, ...machines } = runPodClock(current, next);
    const told = [...current.events, ...probeEvents(failures, next)];
    current = happened(current, { ...current, ...machines, time: next, events: told });
  }
  throw new EngineBug('the clock does not get on: something happens at every moment');
}

/** The control plane's answer to a change, and what is to be told about both. */
function happened(before: Snapshot, changed: Snapshot): Snapshot {
  const after = settle(changed, 'running');
  return { ...after, events: [...changed.events, ...eventsBetween(before.store, after.store, after.time)] };
}

function nextTime({ store, programs, faults, streaks, time }: Snapshot): number | undefined {
  const times = [nextPodTime({ store, programs, faults, streaks }, time), nextNodeTime(store, time)].filter((each) => each !== undefined);
  return times.length === 0 ? undefined : Math.min(...times);
}

/** Objects that nobody has dated were made at this very moment; once time passes they have an age. */
function withCreationTimes(store: ObjectStore, time: number): ObjectStore {
  let next = store;
  for (const kind of store.kinds()) {
    for (const object of store.list(kind)) {
      if (object.metadata.creationTime === undefined) next = next.put(dated(object, time));
    }
  }
  return next;
}

function dated(object: KubeObject, creationTime: number): KubeObject {
  return { ...object, metadata: { ...object.metadata, creationTime } };
}
