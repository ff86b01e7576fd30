import { type ClusterSpec, cidrContains, type IPv4, ipv4FromNumber } from '#engine';
import type { Shake } from './lab.ts';

/** A cluster and a seed to grade in. */
export interface Ground {
  readonly cluster: ClusterSpec;
  readonly seed: number;
}

/** The same exercise on other ground: what the checks want must hold there too. */
export function shakeGround({ cluster, seed }: Ground, shake: Shake): Ground {
  switch (shake) {
    case 'pod-addresses':
      return { cluster: withOtherPodAddresses(cluster), seed: seed + 101 };
    case 'service-addresses':
      return { cluster, seed: seed + 7919 };
  }
}

/** Every Pod of the cluster file gets the address at the far end of its node's subnet: as if it had been re-created. */
function withOtherPodAddresses(cluster: ClusterSpec): ClusterSpec {
  const next = new Map<string, number>();
  const pods = cluster.pods.map((pod) => {
    const node = cluster.nodes.find((candidate) => candidate.name === pod.node);
    if (node === undefined || pod.ip === undefined || !cidrContains(node.podCIDR, pod.ip)) return pod;
    const offset = next.get(node.name) ?? 1;
    next.set(node.name, offset + 1);
    const ip: IPv4 = ipv4FromNumber(node.podCIDR.last - offset * 3);
    return { ...pod, ip };
  });
  return { ...cluster, pods };
}
