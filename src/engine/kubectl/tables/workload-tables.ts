import type { DaemonSet, Deployment, Job, ReplicaSet, StatefulSet } from '../../api/workload.ts';
import { formatLabelSelector, formatLabels } from '../format-labels.ts';
import { age, containerCells, layout } from './table.ts';

const containers = ['CONTAINERS', 'IMAGES'];

/** A count out of a status; the API leaves zeros out. */
function count(status: unknown, field: string): number {
  const value = (status as Readonly<Record<string, unknown>> | undefined)?.[field];
  return typeof value === 'number' ? value : 0;
}

export const deploymentTable = layout<Deployment>(
  ['NAME', 'READY', 'UP-TO-DATE', 'AVAILABLE', 'AGE'],
  [...containers, 'SELECTOR'],
  (deployment, { now, wide }) => {
    const { metadata, spec, status } = deployment;
    const counts = ['updatedReplicas', 'availableReplicas'].map((field) => String(count(status, field)));
    const cells = [metadata.name, `${count(status, 'readyReplicas')}/${spec.replicas ?? 1}`, ...counts, age(deployment, now)];
    return wide ? [...cells, ...containerCells(spec.template.spec.containers), formatLabelSelector(spec.selector)] : cells;
  },
);

export const replicaSetTable = layout<ReplicaSet>(
  ['NAME', 'DESIRED', 'CURRENT', 'READY', 'AGE'],
  [...containers, 'SELECTOR'],
  (set, { now, wide }) => {
    const { metadata, spec, status } = set;
    const counts = [spec.replicas ?? 1, count(status, 'replicas'), count(status, 'readyReplicas')].map(String);
    const cells = [metadata.name, ...counts, age(set, now)];
    return wide ? [...cells, ...containerCells(spec.template.spec.containers), formatLabelSelector(spec.selector)] : cells;
  },
);

export const statefulSetTable = layout<StatefulSet>(['NAME', 'READY', 'AGE'], containers, (set, { now, wide }) => {
  const { metadata, spec, status } = set;
  const cells = [metadata.name, `${count(status, 'readyReplicas')}/${spec.replicas ?? 1}`, age(set, now)];
  return wide ? [...cells, ...containerCells(spec.template.spec.containers)] : cells;
});

export const daemonSetTable = layout<DaemonSet>(
  ['NAME', 'DESIRED', 'CURRENT', 'READY', 'UP-TO-DATE', 'AVAILABLE', 'NODE SELECTOR', 'AGE'],
  [...containers, 'SELECTOR'],
  (set, { now, wide }) => {
    const { metadata, spec, status } = set;
    const counts = ['desiredNumberScheduled', 'currentNumberScheduled', 'numberReady', 'updatedNumberScheduled', 'numberAvailable'];
    const nodeSelector = spec.template.spec.nodeSelector as Readonly<Record<string, string>> | undefined;
    const cells = [metadata.name, ...counts.map((field) => String(count(status, field))), formatLabels(nodeSelector), age(set, now)];
    return wide ? [...cells, ...containerCells(spec.template.spec.containers), formatLabelSelector(spec.selector)] : cells;
  },
);

export const jobTable = layout<Job>(
  ['NAME', 'STATUS', 'COMPLETIONS', 'DURATION', 'AGE'],
  [...containers, 'SELECTOR'],
  (job, { now, wide }) => {
    const { metadata, spec, status } = job;
    const conditions = (status as { conditions?: readonly { type: string; status: string }[] } | undefined)?.conditions ?? [];
    const ended = conditions.find(({ type, status: truth }) => (type === 'Complete' || type === 'Failed') && truth === 'True');
    const state = ended?.type ?? (spec.suspend === true ? 'Suspended' : 'Running');
    const cells = [metadata.name, state, `${count(status, 'succeeded')}/${spec.completions ?? 1}`, age(job, now), age(job, now)];
    const selector = spec as { readonly selector?: Deployment['spec']['selector'] };
    return wide ? [...cells, ...containerCells(spec.template.spec.containers), formatLabelSelector(selector.selector)] : cells;
  },
);
