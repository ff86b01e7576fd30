import type { IPv4 } from './ipv4.ts';
import type { KubeObject } from './kube-object.ts';

export interface NodeCondition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason?: string;
  /** When the kubelet was last heard of, in milliseconds of the cluster's clock; absent: just now. */
  readonly lastHeartbeatTime?: number;
}

/** A Node as stored, with the parts of its status that this course reads. */
export interface Node extends KubeObject {
  readonly kind: 'Node';
  readonly spec: {
    readonly podCIDR?: string;
    readonly podCIDRs?: readonly string[];
    readonly unschedulable?: boolean;
    readonly taints?: readonly { readonly key: string; readonly value?: string; readonly effect: string }[];
  };
  readonly status: {
    readonly addresses?: readonly { readonly type: 'InternalIP' | 'ExternalIP' | 'Hostname'; readonly address: IPv4 | string }[];
    readonly conditions?: readonly NodeCondition[];
    readonly allocatable?: Readonly<Record<string, string>>;
    readonly nodeInfo?: Readonly<Record<string, string>>;
    readonly [field: string]: unknown;
  };
}

export function isNodeReady(node: Node): boolean {
  return node.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') === true;
}

/** When the node was last heard of, for a node whose kubelet has gone silent; `undefined` while it lives. */
export function silentSince(node: Node): number | undefined {
  return node.status.conditions?.find(({ type }) => type === 'Ready')?.lastHeartbeatTime;
}
