import type { NodeSpec } from '../api/cluster-spec.ts';
import { kubernetesVersion } from '../api/kubernetes-version.ts';
import type { Node } from '../api/node.ts';

/** What every machine of a world has: lessons count Pods, not gigabytes. */
const capacity = { cpu: '4', memory: '8Gi', pods: '110' };

/**
 * The Node object that a kubelet registers for its machine, healthy.
 *
 * Models: pkg/kubelet/kubelet_node_status.go, v1.37.
 */
export function nodeObject(node: NodeSpec, time = 0): Node {
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
      allocatable: capacity,
      capacity,
      conditions: [
        { type: 'MemoryPressure', status: 'False' },
        { type: 'DiskPressure', status: 'False' },
        { type: 'PIDPressure', status: 'False' },
        { type: 'Ready', status: 'True' },
      ],
      nodeInfo: {
        architecture: 'amd64',
        containerRuntimeVersion: 'containerd://2.2.0',
        kernelVersion: '6.12.0',
        kubeletVersion: kubernetesVersion,
        operatingSystem: 'linux',
        osImage: 'Debian GNU/Linux 13 (trixie)',
      },
    },
  };
}
