import { type ClusterEvent, observer } from '../api/cluster-event.ts';
import type { EndpointSlice } from '../api/endpoint-slice.ts';
import type { KubeObject } from '../api/kube-object.ts';
import { isNodeReady, type Node } from '../api/node.ts';
import type { ObjectStore } from '../api/object-store.ts';
import { type Container, isPodReady, type Pod } from '../api/pod.ts';
import { controllerOf, type ReplicaSet } from '../api/workload.ts';
import type { ObjectRef } from '../diagnostics/diagnostic.ts';
import type { ProbeFailure } from '../nodes/pod-clock.ts';
import { type ProbeKind, probeOf } from '../nodes/probe.ts';

export type { ClusterEvent } from '../api/cluster-event.ts';

type Change = Omit<ClusterEvent, 'time'>;

/** What is different between two moments, told as Events. Objects that did not change are the very same, so that this costs little. */
export function eventsBetween(before: ObjectStore, after: ObjectStore, time: number): readonly ClusterEvent[] {
  const changes = [
    ...eachChange<Node>(before, after, 'Node', nodeChanges),
    ...eachChange<ReplicaSet>(before, after, 'ReplicaSet', replicaSetChanges),
    ...eachChange<Pod>(before, after, 'Pod', podChanges),
    ...eachChange<EndpointSlice>(before, after, 'EndpointSlice', sliceChanges),
  ];
  return changes.map((change) => ({ time, ...change }));
}

/** Failed probes in the kubelet's words. Models: pkg/kubelet/prober/prober.go, v1.37. */
export function probeEvents(failures: readonly ProbeFailure[], time: number): readonly ClusterEvent[] {
  return failures.map(({ pod, container, kind }) => {
    const spec = pod.spec.containers.find(({ name }) => name === container);
    const message = `${probeTitles[kind]} probe failed: ${spec === undefined ? '' : probeOutput(pod, spec, kind)}`;
    return { time, object: refOf(pod), type: 'Warning', reason: 'Unhealthy', message, source: 'kubelet' };
  });
}

const probeTitles: Readonly<Record<ProbeKind, string>> = {
  startupProbe: 'Startup',
  readinessProbe: 'Readiness',
  livenessProbe: 'Liveness',
};

function probeOutput(pod: Pod, container: Container, kind: ProbeKind): string {
  const { httpGet, tcpSocket, grpc } = probeOf(container, kind) ?? {};
  if (httpGet !== undefined) return 'HTTP probe failed with statuscode: 503';
  const port = tcpSocket?.port ?? grpc?.port;
  return port === undefined ? 'command failed' : `dial tcp ${pod.status.podIP}:${port}: connect: connection refused`;
}

function eachChange<T extends KubeObject>(
  before: ObjectStore,
  after: ObjectStore,
  kind: string,
  changes: (before: T | undefined, after: T | undefined) => readonly Change[],
): readonly Change[] {
  const [old, current] = [before.list<T>(kind), after.list<T>(kind)];
  if (old === current) return [];
  const gone = old.filter(({ metadata }) => after.get(kind, metadata.namespace, metadata.name) === undefined);
  return [
    ...current.flatMap((object) => {
      const known = before.get<T>(kind, object.metadata.namespace, object.metadata.name);
      return known === object ? [] : changes(known, object);
    }),
    ...gone.flatMap((object) => changes(object, undefined)),
  ];
}

function nodeChanges(before: Node | undefined, after: Node | undefined): readonly Change[] {
  if (before === undefined || after === undefined || isNodeReady(before) === isNodeReady(after)) return [];
  const reason = isNodeReady(after) ? 'NodeReady' : 'NodeNotReady';
  const message = `Node ${after.metadata.name} status is now: ${reason}`;
  return [{ object: refOf(after), type: 'Normal', reason, message, source: isNodeReady(after) ? 'kubelet' : 'node-controller' }];
}

/** The Deployment's Events about its ReplicaSets. */
function replicaSetChanges(before: ReplicaSet | undefined, after: ReplicaSet | undefined): readonly Change[] {
  const deployment = after === undefined ? undefined : controllerOf(after.metadata);
  const [from, to] = [before?.spec.replicas ?? 0, after?.spec.replicas ?? 0];
  if (after === undefined || deployment === undefined || from === to) return [];
  const message = `Scaled ${to > from ? 'up' : 'down'} replica set ${after.metadata.name} from ${from} to ${to}`;
  const object = ownerRef(after, deployment);
  return [{ object, type: 'Normal', reason: 'ScalingReplicaSet', message, source: 'deployment-controller' }];
}

function podChanges(before: Pod | undefined, after: Pod | undefined): readonly Change[] {
  if (after === undefined) return before === undefined ? [] : [noticed(before, 'Removed', `Pod ${before.metadata.name} is gone`)];
  const out: Change[] = [];
  const add = (reason: string, message: string, source: string, type: Change['type'] = 'Normal') =>
    out.push({ object: refOf(after), type, reason, message, source });
  const { name, namespace } = after.metadata;
  const owner = controllerOf(after.metadata);
  if (before === undefined && owner !== undefined) {
    const source = `${owner.kind.toLowerCase()}-controller`;
    out.push({ object: ownerRef(after, owner), type: 'Normal', reason: 'SuccessfulCreate', message: `Created pod: ${name}`, source });
  }
  if (after.spec.nodeName !== undefined && before?.spec.nodeName === undefined) {
    add('Scheduled', `Successfully assigned ${namespace}/${name} to ${after.spec.nodeName}`, 'default-scheduler');
  }
  if (after.metadata.deletionTime !== undefined && before?.metadata.deletionTime === undefined) {
    for (const container of after.spec.containers) add('Killing', `Stopping container ${container.name}`, 'kubelet');
  }
  for (const status of after.status.containerStatuses ?? []) {
    const old = before?.status.containerStatuses?.find((each) => each.name === status.name);
    if (status.state.waiting?.reason === 'CrashLoopBackOff' && old?.state.waiting === undefined) {
      add('BackOff', `Back-off restarting failed container ${status.name} in pod ${name}_${namespace}`, 'kubelet', 'Warning');
    }
    if (status.state.running !== undefined && status.state.running.startedAt !== old?.state.running?.startedAt) {
      add('Started', 'Container started', 'kubelet');
    }
  }
  if (isPodReady(after) !== (before !== undefined && isPodReady(before))) {
    out.push(noticed(after, isPodReady(after) ? 'Ready' : 'NotReady', `Pod ${name} is ${isPodReady(after) ? '' : 'not '}ready`));
  }
  return out;
}

/** Who joins and who leaves those that get traffic. */
function sliceChanges(before: EndpointSlice | undefined, after: EndpointSlice | undefined): readonly Change[] {
  const object = after ?? before;
  if (object === undefined) return [];
  const [old, current] = [readyAddresses(before), readyAddresses(after)];
  const joined = current.filter((address) => !old.includes(address));
  const left = old.filter((address) => !current.includes(address));
  const service = object.metadata.labels?.['kubernetes.io/service-name'] ?? object.metadata.name;
  return [
    ...(joined.length === 0 ? [] : [noticed(object, 'EndpointsAdded', `${service}: ${joined.join(', ')}`)]),
    ...(left.length === 0 ? [] : [noticed(object, 'EndpointsRemoved', `${service}: ${left.join(', ')}`)]),
  ];
}

function readyAddresses(slice: EndpointSlice | undefined): readonly string[] {
  return (slice?.endpoints ?? []).filter(({ conditions }) => conditions?.ready !== false).flatMap(({ addresses }) => addresses);
}

function noticed(object: KubeObject, reason: string, message: string): Change {
  return { object: refOf(object), type: 'Normal', reason, message, source: observer };
}

function refOf({ apiVersion, kind, metadata }: KubeObject): ObjectRef {
  return { apiVersion, kind, name: metadata.name, ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }) };
}

function ownerRef(object: KubeObject, { apiVersion, kind, name }: { apiVersion: string; kind: string; name: string }): ObjectRef {
  return { ...refOf(object), apiVersion, kind, name };
}
