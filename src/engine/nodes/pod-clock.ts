import type { ObjectStore } from '../api/object-store.ts';
import type { ContainerStatus, Pod } from '../api/pod.ts';
import { endContainer, restartTime, startContainer } from './container-restart.ts';
import { endOf, liveNodes, podKey } from './kubelet.ts';
import { withContainerStatuses } from './pod-status.ts';
import type { ProbeKind } from './probe.ts';
import { type Faults, nextProbeTime, runProbes, type Streaks } from './prober.ts';
import type { PodProgram } from './program.ts';
import { serviceEnvironment } from './service-environment.ts';

/** What kubelets work on as time passes. */
export interface RunningMachines {
  readonly store: ObjectStore;
  /** By `namespace/name` of the Pod, as everything below. */
  readonly programs: ReadonlyMap<string, PodProgram>;
  readonly faults: ReadonlyMap<string, Faults>;
  readonly streaks: ReadonlyMap<string, Streaks>;
}

/** A probe that failed at some moment, whether or not anything follows from it yet. */
export interface ProbeFailure {
  readonly pod: Pod;
  readonly container: string;
  readonly kind: ProbeKind;
}

const noFaults: Faults = new Set();
const noStreaks: Streaks = new Map();

/** When the next thing happens on any machine, after `now`; `undefined` when nothing will. */
export function nextPodTime(machines: RunningMachines, now: number): number | undefined {
  const times = livePods(machines.store).flatMap((pod) => {
    const program = machines.programs.get(podKey(pod));
    const restarts = (pod.status.containerStatuses ?? []).flatMap((status) => restartTime(status) ?? []);
    const end = pod.metadata.deletionTime === undefined ? [] : [endOf(pod)];
    const probe = program === undefined ? undefined : nextProbeTime(pod, program, ...memoryOf(machines, pod), now);
    return [...restarts, ...end, ...(probe === undefined ? [] : [probe])].filter((time) => time > now);
  });
  return times.length === 0 ? undefined : times.reduce((first, time) => Math.min(first, time));
}

/**
 * What the kubelets do at one moment: probes whose time it is, and containers whose pause before a restart is over.
 *
 * Models: pkg/kubelet/prober/worker.go and kuberuntime, v1.37.
 *
 * @models partly Probes over time: a probe takes no time itself; a container that is told to stop stops at once
 */
export function runPodClock(machines: RunningMachines, now: number): RunningMachines & { readonly failures: readonly ProbeFailure[] } {
  let { store } = machines;
  const programs = new Map(machines.programs);
  const streaks = new Map(machines.streaks);
  const failures: ProbeFailure[] = [];
  for (const pod of livePods(store)) {
    const key = podKey(pod);
    const program = programs.get(key);
    if (program === undefined) continue;
    const probed = runProbes(pod, program, ...memoryOf(machines, pod), now);
    if (probed !== undefined) streaks.set(key, probed.streaks);
    const statuses = (pod.status.containerStatuses ?? []).map((status): ContainerStatus => {
      const round = probed?.rounds.find((each) => each.status.name === status.name);
      for (const kind of round?.failed ?? []) failures.push({ pod, container: status.name, kind });
      if (round?.restart === true) return endContainer(pod, status, now);
      return restartTime(status) === now ? startContainer(pod, status, now) : (round?.status ?? status);
    });
    const restarted = statuses.some((status, i) => status.restartCount !== pod.status.containerStatuses?.[i]?.restartCount);
    if (restarted) {
      // A container reads its environment anew, and its probes start from nothing.
      programs.set(key, { ...program, environment: serviceEnvironment(store, pod) });
      streaks.delete(key);
    }
    if (statuses.some((status, i) => status !== pod.status.containerStatuses?.[i])) store = store.put(withContainerStatuses(pod, statuses));
  }
  return { ...machines, store, programs, streaks, failures };
}

/** Ends a Pod's containers at this moment, as a crash does. */
export function crashContainers(store: ObjectStore, pod: Pod, now: number): ObjectStore {
  const statuses = (pod.status.containerStatuses ?? []).map((status) => endContainer(pod, status, now, 1));
  return store.put(withContainerStatuses(pod, statuses));
}

function livePods(store: ObjectStore): readonly Pod[] {
  const alive = liveNodes(store);
  return store.list<Pod>('Pod').filter(({ spec, status }) => status.phase === 'Running' && alive.has(spec.nodeName ?? ''));
}

function memoryOf(machines: RunningMachines, pod: Pod): [Faults, Streaks] {
  const key = podKey(pod);
  return [machines.faults.get(key) ?? noFaults, machines.streaks.get(key) ?? noStreaks];
}
