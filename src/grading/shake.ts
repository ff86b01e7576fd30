import { type ClusterSpec, cidrContains, type IPv4, ipv4FromNumber } from '#engine';
import type { Shake } from './lab.ts';

/** A cluster and a seed to grade in. */
export interface Ground {
  readonly cluster: ClusterSpec;
  readonly seed: number;
}

/**
 * The same exercise on other ground: what the checks want must hold there too. Another `attempt` (from 0) gives yet another ground, for when
 * chance brings an address back. Addresses that the cluster hands out itself, to Pods of a Deployment and to Services, follow the seed.
 */
export function shakeGround({ cluster, seed }: Ground, shake: Shake, attempt: number): Ground {
  switch (shake) {
    case 'pod-addresses':
      return { cluster: withOtherPodAddresses(cluster, attempt), seed: seed + 101 + attempt };
    case 'service-addresses':
      return { cluster, seed: seed + 7919 + attempt };
  }
}

/** Every Pod of the cluster file gets an address at the far end of its node's subnet: as if it had been re-created. */
function withOtherPodAddresses(cluster: ClusterSpec, attempt: number): ClusterSpec {
  const next = new Map<string, number>();
  const pods = cluster.pods.map((pod) => {
    const node = cluster.nodes.find((candidate) => candidate.name === pod.node);
    if (node === undefined || pod.ip === undefined || !cidrContains(node.podCIDR, pod.ip)) return pod;
    const offset = next.get(node.name) ?? 1;
    next.set(node.name, offset + 1);
    const ip: IPv4 = ipv4FromNumber(node.podCIDR.last - offset * 3 - attempt);
    return { ...pod, ip };
  });
  return { ...cluster, pods };
}
