import type { ObjectStore } from '../api/object-store.ts';
import { sameValue } from '../api/same-value.ts';
import { controllerReference, type Deployment, isControlledBy, type ReplicaSet } from '../api/workload.ts';
import type { ControllerContext } from './controller.ts';
import { sameTemplate, templateHash, templateHashLabel } from './template-hash.ts';

const revisionAnnotation = 'deployment.kubernetes.io/revision';

/**
 * Keeps one ReplicaSet for the current template and shrinks the older ones, never going below or above what the strategy allows.
 *
 * Models: pkg/controller/deployment (rolling.go, recreate.go, sync.go), v1.37.
 *
 * @models yes Deployments: RollingUpdate with maxSurge and maxUnavailable, Recreate, paused
 * @models partly Deployments: no rollback, no progress deadline, hashes of templates are not Kubernetes' own
 */
export function reconcileDeployments(store: ObjectStore, context: ControllerContext): ObjectStore {
  let next = store;
  for (const deployment of store.list<Deployment>('Deployment')) next = reconcileDeployment(next, deployment, context);
  return next;
}

function reconcileDeployment(store: ObjectStore, deployment: Deployment, context: ControllerContext): ObjectStore {
  const { namespace } = deployment.metadata;
  const owned = store.list<ReplicaSet>('ReplicaSet', namespace).filter((set) => isControlledBy(set, deployment));
  const current = owned.find((set) => sameTemplate(set.spec.template, deployment.spec.template));
  const old = owned.filter((set) => set !== current);
  const wanted = deployment.spec.replicas ?? 1;
  const paused = deployment.spec.paused === true;
  let next = store;
  if (current === undefined) {
    if (!paused) next = next.put(newReplicaSet(deployment, old, context));
  } else if (deployment.spec.strategy?.type === 'Recreate') {
    next = scale(next, current, old.some(hasPods) ? (current.spec.replicas ?? 0) : wanted);
    for (const set of old) next = scale(next, set, 0);
  } else if (paused) {
    next = scale(next, current, old.some(hasPods) ? (current.spec.replicas ?? 0) : wanted);
  } else {
    next = rollingUpdate(next, deployment, current, old, wanted);
  }
  return putStatus(next, deployment);
}

function rollingUpdate(
  store: ObjectStore,
  deployment: Deployment,
  current: ReplicaSet,
  old: readonly ReplicaSet[],
  wanted: number,
): ObjectStore {
  const { maxSurge, maxUnavailable } = limits(deployment, wanted);
  const size = (set: ReplicaSet) => set.spec.replicas ?? 0;
  const total = [current, ...old].reduce((sum, set) => sum + size(set), 0);

  // Up: as far as the surge allows.
  const room = wanted + maxSurge - total;
  const target = size(current) > wanted ? wanted : Math.min(wanted, size(current) + Math.max(0, room));
  if (target !== size(current)) return scale(store, current, target);

  // Down: Pods that are not available first, then as many as may be missing.
  const available = (set: ReplicaSet) => set.status?.availableReplicas ?? 0;
  const unavailableNew = size(current) - available(current);
  let spare = total - (wanted - maxUnavailable) - unavailableNew;
  let next = store;
  const shrunk = new Map(old.map((set) => [set, size(set)]));
  for (const set of old) {
    const broken = Math.min(Math.max(0, spare), size(set) - Math.min(size(set), available(set)));
    shrunk.set(set, size(set) - broken);
    spare -= broken;
  }
  const allAvailable = [current, ...old].reduce((sum, set) => sum + available(set), 0);
  let mayGo = allAvailable - (wanted - maxUnavailable);
  for (const set of old) {
    const left = shrunk.get(set) ?? 0;
    const going = Math.min(Math.max(0, mayGo), left);
    mayGo -= going;
    next = scale(next, set, left - going);
  }
  return next;
}

/** Percentages round up for the surge and down for the missing; when both come to nothing, one Pod may be missing. */
function limits(deployment: Deployment, wanted: number): { readonly maxSurge: number; readonly maxUnavailable: number } {
  const { maxSurge = '25%', maxUnavailable = '25%' } = deployment.spec.strategy?.rollingUpdate ?? {};
  const surge = share(maxSurge, wanted, Math.ceil);
  const unavailable = share(maxUnavailable, wanted, Math.floor);
  return { maxSurge: surge, maxUnavailable: surge === 0 && unavailable === 0 ? 1 : Math.min(unavailable, wanted) };
}

function share(value: number | string, of: number, round: (number: number) => number): number {
  return typeof value === 'number' ? value : round((Number.parseInt(value, 10) * of) / 100);
}

function hasPods(set: ReplicaSet): boolean {
  return (set.spec.replicas ?? 0) > 0 || (set.status?.replicas ?? 0) > 0;
}

function scale(store: ObjectStore, set: ReplicaSet, replicas: number): ObjectStore {
  return set.spec.replicas === replicas ? store : store.put({ ...set, spec: { ...set.spec, replicas } });
}

/** The first one starts at full size; the others are grown by the strategy. */
function newReplicaSet(deployment: Deployment, old: readonly ReplicaSet[], { time }: ControllerContext): ReplicaSet {
  const { metadata, spec } = deployment;
  const hash = templateHash(spec.template);
  const labels = { ...spec.template.metadata?.labels, [templateHashLabel]: hash };
  const revision = 1 + Math.max(0, ...old.map((set) => Number(set.metadata.annotations?.[revisionAnnotation] ?? 0)));
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${metadata.name}-${hash}`,
      ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
      labels,
      annotations: { [revisionAnnotation]: String(revision) },
      creationTime: time,
      ownerReferences: [controllerReference(deployment)],
    },
    spec: {
      replicas: old.some(hasPods) ? 0 : (spec.replicas ?? 1),
      selector: { ...spec.selector, matchLabels: { ...spec.selector.matchLabels, [templateHashLabel]: hash } },
      template: { ...spec.template, metadata: { ...spec.template.metadata, labels } },
    },
    status: { replicas: 0 },
  };
}

function putStatus(store: ObjectStore, deployment: Deployment): ObjectStore {
  const sets = store.list<ReplicaSet>('ReplicaSet', deployment.metadata.namespace).filter((set) => isControlledBy(set, deployment));
  const current = sets.find((set) => sameTemplate(set.spec.template, deployment.spec.template));
  const sum = (field: 'replicas' | 'readyReplicas' | 'availableReplicas') =>
    sets.reduce((total, set) => total + (set.status?.[field] ?? 0), 0);
  const counts = {
    replicas: sum('replicas'),
    updatedReplicas: current?.status?.replicas ?? 0,
    readyReplicas: sum('readyReplicas'),
    availableReplicas: sum('availableReplicas'),
    unavailableReplicas: Math.max(0, (deployment.spec.replicas ?? 1) - sum('availableReplicas')),
  };
  const status = Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
  return sameValue(deployment.status, status) ? store : store.put({ ...deployment, status });
}
