import type { ClusterSpec, ListenSpec } from '../api/cluster-spec.ts';
import { type Node, silentSince } from '../api/node.ts';
import type { ObjectStore } from '../api/object-store.ts';
import { type Container, isPodReady, type Pod } from '../api/pod.ts';
import { controllerOf } from '../api/workload.ts';
import { choosePodAddress, nodeOf } from './pod-address.ts';
import { gatesOpen, podStatus, withContainerStatuses } from './pod-status.ts';
import { type ProbeKind, probeOf, probeSucceeds } from './probe.ts';
import { startingStatus } from './prober.ts';
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
  /**
   * `at-rest`: a Pod that starts is as ready as its probes will let it be once they have run. `running`: it is ready when the clock
   * has brought its first probes.
   */
  readonly pace: 'at-rest' | 'running';
}

const defaultGracePeriod = 30;

/**
 * Starts Pods that have been placed, and removes those that have ended after being deleted. A Pod whose program stops when told to is gone
 * at once. Time does not pass in here; probes and restarts are the clock's matter (`pod-clock.ts`).
 *
 * Models: pkg/kubelet, v1.37.
 *
 * @models partly Start of Pods: address, status, environment, readiness by probes; images and resources never fail
 */
export function runKubelets(machines: Machines, context: KubeletContext): Machines {
  let { store } = machines;
  const programs = new Map(machines.programs);
  const alive = liveNodes(store);
  for (const pod of machines.store.list<Pod>('Pod')) {
    if (!alive.has(pod.spec.nodeName ?? '')) continue;
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
    } else {
      store = store.put(refreshed(pod));
    }
  }
  return store === machines.store ? machines : { store, programs };
}

/** A node that is heard of again reports how its containers really are; the very same Pod when the API knows already. */
function refreshed(pod: Pod): Pod {
  const statuses = pod.status.containerStatuses;
  if (pod.status.phase !== 'Running' || statuses === undefined) return pod;
  const fresh = withContainerStatuses(pod, statuses);
  return isPodReady(fresh) === isPodReady(pod) ? pod : fresh;
}

/** Nodes whose kubelets can be heard: only there do Pods start, stop and change. */
export function liveNodes(store: ObjectStore): ReadonlySet<string> {
  return new Set(store.list<Node>('Node').flatMap((node) => (silentSince(node) === undefined ? [node.metadata.name] : [])));
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
function start(store: ObjectStore, pod: Pod, context: KubeletContext): { pod: Pod; program: PodProgram } | undefined {
  const { cluster, time, seed } = context;
  const node = nodeOf(cluster, pod);
  if (node === undefined) return undefined;
  const podIP = pod.spec.hostNetwork === true ? node.address : choosePodAddress(store, pod, node, seed);
  if (podIP === undefined) return undefined;
  const listen = programListens(pod, cluster.images);
  const program: PodProgram = { listen, environment: serviceEnvironment(store, pod) };
  const status = podStatus({
    phase: endsAtOnce(pod, program) ? 'Succeeded' : 'Running',
    containers: pod.spec.containers.map((container) => ({
      name: container.name,
      image: container.image,
      ...(context.pace === 'running' ? startingStatus(container) : restingStatus(container, listen)),
    })),
    gatesOpen: gatesOpen(pod),
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

/** What a container comes to when its probes have had their time. */
function restingStatus(container: Container, listen: readonly ListenSpec[]): { readonly ready: boolean; readonly started: boolean } {
  const passes = (kind: ProbeKind) => {
    const probe = probeOf(container, kind);
    return probe === undefined || probeSucceeds(container, probe, listen);
  };
  const started = passes('startupProbe');
  return { started, ready: started && passes('readinessProbe') };
}
