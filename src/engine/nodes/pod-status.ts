import type { IPv4 } from '../api/ipv4.ts';
import type { ContainerState, ContainerStatus, Pod } from '../api/pod.ts';

/** What a kubelet knows of a Pod's run, before it is written the way the API has it. */
export interface PodRun {
  readonly phase: Pod['status']['phase'];
  readonly containers: readonly { readonly name: string; readonly image: string; readonly ready: boolean; readonly started: boolean }[];
  /** Whether all readiness gates are open. */
  readonly gatesOpen: boolean;
  readonly hostIP?: IPv4;
  readonly podIP?: IPv4;
  /** Milliseconds of the cluster's clock. */
  readonly startTime: number;
}

/**
 * A Pod's status as its kubelet writes it. A Pending Pod that has a node waits for its containers; a finished one has ended them.
 *
 * Models: pkg/kubelet/status/generate.go, v1.37.
 */
export function podStatus({ phase, containers, gatesOpen, hostIP, podIP, startTime }: PodRun): Pod['status'] {
  const running = phase === 'Running';
  const statuses = containers.map(
    ({ name, image, ready, started }): ContainerStatus => ({
      name,
      image,
      ready: running && ready,
      started: running && started,
      restartCount: 0,
      state: containerState(phase, startTime),
    }),
  );
  return {
    phase,
    conditions: [
      { type: 'PodReadyToStartContainers', status: truth(podIP !== undefined) },
      { type: 'Initialized', status: 'True' },
      ...readyConditions(statuses, gatesOpen),
      { type: 'PodScheduled', status: 'True' },
    ],
    ...(hostIP === undefined ? {} : { hostIP, hostIPs: [{ ip: hostIP }] }),
    ...(podIP === undefined ? {} : { podIP, podIPs: [{ ip: podIP }] }),
    startTime,
    containerStatuses: statuses,
    qosClass: 'BestEffort',
  };
}

/** A Pod with other container statuses, and the conditions that follow from them. */
export function withContainerStatuses(pod: Pod, statuses: readonly ContainerStatus[]): Pod {
  const fresh = readyConditions(statuses, gatesOpen(pod));
  const conditions = pod.status.conditions?.map((condition) => fresh.find(({ type }) => type === condition.type) ?? condition);
  return { ...pod, status: { ...pod.status, containerStatuses: statuses, conditions: conditions ?? fresh } };
}

/** A readiness gate is a condition somebody else has to set; nobody does here. */
export function gatesOpen(pod: Pod): boolean {
  const gates = (pod.spec.readinessGates ?? []) as readonly { readonly conditionType: string }[];
  return gates.every(({ conditionType }) => pod.status.conditions?.some(({ type, status }) => type === conditionType && status === 'True'));
}

function readyConditions(statuses: readonly ContainerStatus[], open: boolean): NonNullable<Pod['status']['conditions']> {
  const ready = statuses.every((status) => status.ready);
  return [
    { type: 'Ready', status: truth(ready && open) },
    { type: 'ContainersReady', status: truth(ready) },
  ];
}

function containerState(phase: PodRun['phase'], startedAt: number): ContainerState {
  switch (phase) {
    case 'Running':
      return { running: { startedAt } };
    case 'Pending':
      return { waiting: { reason: 'ContainerCreating' } };
    case 'Succeeded':
      return { terminated: { exitCode: 0, reason: 'Completed', finishedAt: startedAt } };
    case 'Failed':
      return { terminated: { exitCode: 1, reason: 'Error', finishedAt: startedAt } };
  }
}

function truth(value: boolean): 'True' | 'False' {
  return value ? 'True' : 'False';
}
