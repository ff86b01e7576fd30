import { ipv4 } from './ipv4.ts';
import type { KubeObject } from './kube-object.ts';
import type { Node } from './node.ts';
import { emptyStore, type ObjectStore } from './object-store.ts';
import type { Pod } from './pod.ts';
import type { Service } from './service.ts';

/** The smallest valid objects of a kind, for tests: what a test does not name does not matter to it. */
export function sampleService(name: string, spec: Partial<Service['spec']> = {}): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'default' },
    spec: {
      type: 'ClusterIP',
      clusterIP: '10.96.0.20',
      clusterIPs: ['10.96.0.20'],
      selector: { app: name },
      ports: [{ port: 80, protocol: 'TCP', targetPort: 8080 }],
      ...spec,
    },
    status: { loadBalancer: {} },
  };
}

/** A running, ready Pod with the label `app`; `address` absent: a Pod nobody has started. */
export function samplePod(
  name: string,
  options: {
    readonly app?: string;
    readonly address?: string;
    readonly node?: string;
    readonly ready?: boolean;
    readonly terminating?: boolean;
    readonly phase?: Pod['status']['phase'];
    readonly spec?: Partial<Pod['spec']>;
  } = {},
): Pod {
  const { app = 'web', address, node = 'node-1', ready = true, terminating = false, phase = 'Running', spec } = options;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', labels: { app }, ...(terminating ? { deletionTime: 30_000 } : {}) },
    spec: { nodeName: node, containers: [{ name: 'c', image: 'web:1' }], ...spec },
    status: {
      phase,
      ...(address === undefined ? {} : { podIP: ipv4(address) }),
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
    },
  };
}

export function sampleNode(name: string, zone = 'zone-a'): Node {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name, 'topology.kubernetes.io/zone': zone } },
    spec: {},
    status: { allocatable: { cpu: '4' }, conditions: [{ type: 'Ready', status: 'True' }] },
  };
}

export function storeOf(...objects: readonly KubeObject[]): ObjectStore {
  return objects.reduce((store, object) => store.put(object), emptyStore());
}
