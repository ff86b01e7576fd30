import { type ContainerState, type ContainerStatus, isPodReady, type Pod } from '../../api/pod.ts';
import { humanDuration } from '../human-duration.ts';
import { age, layout } from './table.ts';

/** Models: pkg/printers/internalversion/printers.go printPod, v1.37, without init containers that are not sidecars. */
export const podTable = layout<Pod>(
  ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE'],
  ['IP', 'NODE', 'NOMINATED NODE', 'READINESS GATES'],
  (pod, { now, wide }) => {
    const statuses = pod.status.containerStatuses ?? [];
    const sidecars = (pod.spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always').length;
    const ready = statuses.filter((status) => status.ready && status.state.running !== undefined).length;
    const cells = [
      pod.metadata.name,
      `${ready}/${pod.spec.containers.length + sidecars}`,
      podStatusCell(pod, statuses),
      restartsCell(statuses, now),
      age(pod, now),
    ];
    if (!wide) return cells;
    const gates = (pod.spec.readinessGates ?? []) as readonly { readonly conditionType: string }[];
    const open = gates.filter(({ conditionType }) =>
      pod.status.conditions?.some(({ type, status }) => type === conditionType && status === 'True'),
    ).length;
    return [
      ...cells,
      pod.status.podIP ?? '<none>',
      pod.spec.nodeName ?? '<none>',
      '<none>',
      gates.length === 0 ? '<none>' : `${open}/${gates.length}`,
    ];
  },
);

/** The word that says most about a Pod: why its containers wait or ended, that it is being deleted, or just its phase. */
export function podStatusCell(pod: Pod, statuses: readonly ContainerStatus[]): string {
  const { phase, reason } = pod.status;
  let cell = typeof reason === 'string' && reason !== '' ? reason : phase;
  for (const { state } of [...statuses].reverse()) cell = stateCell(state) ?? cell;
  const running = statuses.some(({ ready, state }) => ready && state.running !== undefined);
  if (cell === 'Completed' && running) cell = isPodReady(pod) ? 'Running' : 'NotReady';
  if (pod.metadata.deletionTime !== undefined && phase !== 'Succeeded' && phase !== 'Failed') {
    return reason === 'NodeLost' ? 'Unknown' : 'Terminating';
  }
  return cell;
}

function stateCell({ waiting, terminated }: ContainerState): string | undefined {
  if (waiting?.reason !== undefined && waiting.reason !== '') return waiting.reason;
  if (terminated === undefined) return undefined;
  if (terminated.reason !== undefined && terminated.reason !== '') return terminated.reason;
  return terminated.signal === undefined ? `ExitCode:${terminated.exitCode ?? 0}` : `Signal:${terminated.signal}`;
}

function restartsCell(statuses: readonly ContainerStatus[], now: number): string {
  const restarts = statuses.reduce((sum, { restartCount }) => sum + restartCount, 0);
  const ended = statuses.flatMap(({ lastState }) => lastState?.terminated?.finishedAt ?? []);
  if (restarts === 0 || ended.length === 0) return String(restarts);
  return `${restarts} (${humanDuration(now - Math.max(...ended))} ago)`;
}
