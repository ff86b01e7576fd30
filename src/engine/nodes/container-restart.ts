import type { ContainerStatus, Pod } from '../api/pod.ts';
import { startingStatus } from './prober.ts';

const firstBackOff = 10_000;
const longestBackOff = 300_000;
/** A container that has run this long is forgiven its earlier crashes. */
const forgivenAfter = 600_000;
/** How a container ends that is told to and does not: SIGKILL. */
const killedExitCode = 137;

/**
 * A container that has just ended, seen from its kubelet: it starts again at once the first time, and after ever longer pauses when it goes
 * on ending. The Pod stays, and keeps its address.
 *
 * Models: pkg/kubelet/kuberuntime (doBackOff), v1.37: 10 s, doubled up to 5 min, forgotten after 10 min.
 */
export function endContainer(pod: Pod, status: ContainerStatus, now: number, exitCode = killedExitCode): ContainerStatus {
  const finished = { terminated: { exitCode, reason: exitCode === 0 ? 'Completed' : 'Error', finishedAt: now } };
  const ended: ContainerStatus = { ...status, ready: false, started: false, state: finished };
  const policy = pod.spec.restartPolicy ?? 'Always';
  if (policy === 'Never' || (policy === 'OnFailure' && exitCode === 0)) return ended;
  const ranFor = now - (status.state.running?.startedAt ?? now);
  const crashes = ranFor >= forgivenAfter ? 0 : status.restartCount;
  const waiting: ContainerStatus = { ...ended, lastState: finished, state: { waiting: { reason: 'CrashLoopBackOff' } } };
  return crashes === 0 ? startContainer(pod, waiting, now) : waiting;
}

/** When a container that waits for its next start will start; `undefined` for any other. */
export function restartTime(status: ContainerStatus): number | undefined {
  if (status.state.waiting?.reason !== 'CrashLoopBackOff') return undefined;
  const pause = Math.min(longestBackOff, firstBackOff * 2 ** (status.restartCount - 1));
  return (status.lastState?.terminated?.finishedAt ?? 0) + pause;
}

export function startContainer(pod: Pod, status: ContainerStatus, now: number): ContainerStatus {
  const container = pod.spec.containers.find(({ name }) => name === status.name);
  const { ready, started } = container === undefined ? { ready: true, started: true } : startingStatus(container);
  return { ...status, ready, started, restartCount: status.restartCount + 1, state: { running: { startedAt: now } } };
}
