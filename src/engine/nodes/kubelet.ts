import type { ClusterSpec } from '../api/cluster-spec.ts';
import { isNodeReady, type Node } from '../api/node.ts';
import type { ObjectStore } from '../api/object-store.ts';
import type { Pod } from '../api/pod.ts';
import { controllerOf } from '../api/workload.ts';
import { choosePodAddress, nodeOf } from './pod-address.ts';
import { podStatus } from './pod-status.ts';
import { allProbesSucceed } from './probe.ts';
import { type PodProgram, programListens } from './program.ts';
import { serviceEnvironment } from './service-environment.ts';

/** What kubelets work on: the API's objects, and what really runs on the machines. */
export interface Machines {
  readonly store: ObjectStore;
  /** By `namespace/name` of the Pod. */
  readonly programs: ReadonlyMap<string, PodProgram>;
}

export interface KubeletContext {
  readonly cluster: ClusterSpec;
  readonly time: number;
  readonly seed: number;
}

const defaultGracePeriod = 30;

/**
 * Starts Pods that have been placed, and removes those that have ended after being deleted. Time does not pass in here: a Pod that starts
 * is at once as ready as its probes let it be, and one whose program stops when told to is gone at once.
 *
 * Models: pkg/kubelet, v1.37.
 *
 * @models partly Start of Pods: address, status, environment, readiness by probes; images and resources never fail
 */
export function runKubelets(machines: Machines, context: KubeletContext): Machines {
  let { store } = machines;
  const programs = new Map(machines.programs);
  const ready = new Set(store.list<Node>('Node').flatMap((node) => (isNodeReady(node) ? [node.metadata.name] : [])));
  for (const pod of machines.store.list<Pod>('Pod')) {
    if (!ready.has(pod.spec.nodeName ?? '')) continue;
    const key = podKey(pod);
    if (pod.metadata.deletionTime !== undefined) {
      if (endOf(pod) > context.time) continue;
      store = store.delete('Pod', pod.metadata.namespace, pod.metadata.name);
      programs.delete(key);
    } else if (pod.status.phase === 'Pending' && pod.status.containerStatuses === undefined) {
      const started = start(store, pod, context);
      if (started === undefined) continue;
      store = store.put(started.pod);
      programs.set(key, started.program);
    }
  }
  return store === machines.store ? machines : { store, programs };
}

export function podKey({ metadata }: Pod): string {
  return `${metadata.namespace}/${metadata.name}`;
}

/** When a Pod being deleted has ended: its `preStop` pause after the deletion, and no later than its grace period allows. */
export function endOf(pod: Pod): number {
  const { deletionTime = 0 } = pod.metadata;
  const grace = pod.spec.terminationGracePeriodSeconds ?? defaultGracePeriod;
  const pauses = pod.spec.containers.map((container) => {
    const lifecycle = container.lifecycle as { readonly preStop?: { readonly sleep?: { readonly seconds?: number } } } | undefined;
    return lifecycle?.preStop?.sleep?.seconds ?? 0;
  });
  return deletionTime - grace * 1000 + Math.min(grace, Math.max(0, ...pauses)) * 1000;
}

/** `undefined`: the node has no address left. */
function start(store: ObjectStore, pod: Pod, { cluster, time, seed }: KubeletContext): { pod: Pod; program: PodProgram } | undefined {
  const node = nodeOf(cluster, pod);
  if (node === undefined) return undefined;
  const podIP = pod.spec.hostNetwork === true ? node.address : choosePodAddress(store, pod, node, seed);
  if (podIP === undefined) return undefined;
  const listen = programListens(pod, cluster.images);
  const program: PodProgram = { listen, environment: serviceEnvironment(store, pod) };
  const status = podStatus({
    phase: endsAtOnce(pod, program) ? 'Succeeded' : 'Running',
    ready: startsReady(pod, program),
    containers: pod.spec.containers.map(({ name, image }) => ({ name, image, restarts: 0 })),
    hostIP: node.address,
    podIP,
    startTime: time,
  });
  return { pod: { ...pod, status }, program };
}

/** A Job's program that serves nobody does its work and ends. */
function endsAtOnce(pod: Pod, { listen }: PodProgram): boolean {
  return controllerOf(pod.metadata)?.kind === 'Job' && listen.length === 0;
}

function startsReady(pod: Pod, { listen }: PodProgram): boolean {
  const gates = (pod.spec.readinessGates ?? []) as readonly unknown[];
  return gates.length === 0 && allProbesSucceed(pod, 'startupProbe', listen) && allProbesSucceed(pod, 'readinessProbe', listen);
}
