import type { NetworkPolicyPort } from '../api/network-policy.ts';
import type { PacketProtocol } from '../api/protocol.ts';
import type { PolicyPod } from './policy-world.ts';

/**
 * Whether one item of `ports` speaks of a destination port. A name is looked up in the Pod that is called, with the item's protocol: it may be
 * another number in each Pod, and is none at all outside the cluster.
 */
export function matchesPort(
  item: NetworkPolicyPort,
  protocol: PacketProtocol,
  port: number | undefined,
  destination: PolicyPod | undefined,
): boolean {
  if (item.protocol !== protocol) return false;
  if (item.port === undefined) return true;
  if (port === undefined) return false;
  if (typeof item.port === 'number') return port >= item.port && port <= (item.endPort ?? item.port);
  return (destination?.ports ?? []).some(
    (declared) => declared.name === item.port && declared.protocol === protocol && declared.containerPort === port,
  );
}
