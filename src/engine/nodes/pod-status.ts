import type { IPv4 } from '../api/ipv4.ts';
import type { Pod } from '../api/pod.ts';

/** What a kubelet knows of a Pod's run, before it is written the way the API has it. */
export interface PodRun {
  readonly phase: Pod['status']['phase'];
  readonly ready: boolean;
  readonly containers: readonly { readonly name: string; readonly image: string; readonly restarts: number }[];
  readonly hostIP?: IPv4;
  readonly podIP?: IPv4;
  /** Milliseconds of the cluster's clock. */
  readonly startTime?: number;
}

/**
 * A Pod's status as its kubelet writes it. A Pending Pod that has a node waits for its containers; a finished one has ended them.
 *
 * Models: pkg/kubelet/status/generate.go, v1.37.
 */
export function podStatus({ phase, ready, containers, hostIP, podIP, startTime }: PodRun): Pod['status'] {
  const running = phase === 'Running';
  const isReady = running && ready;
  return {
    phase,
    conditions: [
      { type: 'PodReadyToStartContainers', status: truth(podIP !== undefined) },
      { type: 'Initialized', status: 'True' },
      { type: 'Ready', status: truth(isReady) },
      { type: 'ContainersReady', status: truth(isReady) },
      { type: 'PodScheduled', status: 'True' },
    ],
    ...(hostIP === undefined ? {} : { hostIP, hostIPs: [{ ip: hostIP }] }),
    ...(podIP === undefined ? {} : { podIP, podIPs: [{ ip: podIP }] }),
    ...(startTime === undefined ? {} : { startTime }),
    containerStatuses: containers.map(({ name, image, restarts }) => ({
      name,
      image,
      ready: isReady,
      started: running,
      restartCount: restarts,
      state: containerStates[phase],
    })),
    qosClass: 'BestEffort',
  };
}

const containerStates = {
  Running: { running: {} },
  Pending: { waiting: { reason: 'ContainerCreating' } },
  Succeeded: { terminated: { exitCode: 0, reason: 'Completed' } },
  Failed: { terminated: { exitCode: 1, reason: 'Error' } },
};

function truth(value: boolean): 'True' | 'False' {
  return value ? 'True' : 'False';
}
