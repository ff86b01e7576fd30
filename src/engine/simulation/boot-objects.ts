import type { ClusterSpec, NodeSpec } from '../api/cluster-spec.ts';
import type { EndpointSlice } from '../api/endpoint-slice.ts';
import type { Endpoints } from '../api/endpoints.ts';
import type { KubeObject } from '../api/kube-object.ts';
import type { Node } from '../api/node.ts';
import type { Service } from '../api/service.ts';
import { podFromShorthand } from '../nodes/shorthand-pod.ts';

const systemNamespaces = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

/**
 * What is in the store before anybody applies anything, already as stored: namespaces, Nodes, the Service `kubernetes` with its
 * endpoint, and the world's Pods. The world's own manifests (`cluster.objects`) are not here: the API server has to admit them.
 *
 * Models: kube-apiserver's start-up (namespaces, `kubernetes`), the kubelet's registration of its Node, v1.37.
 */
export function bootObjects(cluster: ClusterSpec, time: number): readonly KubeObject[] {
  const namespaces = new Set([...systemNamespaces, ...cluster.pods.map((pod) => pod.namespace)]);
  return [
    ...Array.from(namespaces, (name) => namespaceObject(name, time)),
    ...cluster.nodes.map((node) => nodeObject(node, time)),
    ...kubernetesService(cluster, time),
    ...cluster.pods.map((pod) => podFromShorthand(pod, cluster, time)),
  ];
}

export function namespaceObject(name: string, time: number): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'kubernetes.io/metadata.name': name }, creationTime: time },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  };
}

function nodeObject(node: NodeSpec, time: number): Node {
  const zone: Record<string, string> = node.zone === undefined ? {} : { 'topology.kubernetes.io/zone': node.zone };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: node.name,
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': node.name,
        'kubernetes.io/os': 'linux',
        ...zone,
        ...node.labels,
      },
      creationTime: time,
    },
    spec: { podCIDR: node.podCIDR.text, podCIDRs: [node.podCIDR.text] },
    status: {
      addresses: [
        { type: 'InternalIP', address: node.address },
        { type: 'Hostname', address: node.name },
      ],
      allocatable: { cpu: '4', memory: '8Gi', pods: '110' },
      capacity: { cpu: '4', memory: '8Gi', pods: '110' },
      conditions: [
        { type: 'MemoryPressure', status: 'False' },
        { type: 'DiskPressure', status: 'False' },
        { type: 'PIDPressure', status: 'False' },
        { type: 'Ready', status: 'True' },
      ],
      nodeInfo: { kubeletVersion: kubernetesVersion },
    },
  };
}

/** The one version this engine models. */
export const kubernetesVersion = 'v1.37.1';

/** The API server writes these three by itself; no controller keeps them. */
function kubernetesService({ apiServer }: ClusterSpec, time: number): readonly [Service, Endpoints, EndpointSlice] {
  const metadata = { name: 'kubernetes', namespace: 'default', creationTime: time };
  const { clusterIP, port, endpoint, endpointPort } = apiServer;
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { ...metadata, labels: { component: 'apiserver', provider: 'kubernetes' } },
      spec: {
        clusterIP,
        clusterIPs: [clusterIP],
        internalTrafficPolicy: 'Cluster',
        ipFamilies: ['IPv4'],
        ipFamilyPolicy: 'SingleStack',
        ports: [{ name: 'https', port, protocol: 'TCP', targetPort: endpointPort }],
        sessionAffinity: 'None',
        type: 'ClusterIP',
      },
      status: { loadBalancer: {} },
    },
    {
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: { ...metadata, labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } },
      subsets: [{ addresses: [{ ip: endpoint }], ports: [{ name: 'https', port: endpointPort, protocol: 'TCP' }] }],
    },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { ...metadata, labels: { 'kubernetes.io/service-name': 'kubernetes' } },
      addressType: 'IPv4',
      endpoints: [{ addresses: [endpoint], conditions: { ready: true } }],
      ports: [{ name: 'https', port: endpointPort, protocol: 'TCP' }],
    },
  ];
}
