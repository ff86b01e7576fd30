import { withLabels } from '../../api/label-selector.ts';
import type { NetworkPolicy, NetworkPolicyPort } from '../../api/network-policy.ts';
import type { Pod } from '../../api/pod.ts';
import type { Service } from '../../api/service.ts';
import { findTargetPort } from '../../controllers/target-port.ts';
import type { PolicyPod } from '../../policy/policy-world.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Finding, FindingRule } from './finding.ts';
import { listenersOf } from './listeners.ts';
import { podsOfPeer, podsOfPolicy } from './policy-pods.ts';
import { type PolicyRule, rulesInForce } from './policy-rules.ts';
import { hasSelector } from './selected-pods.ts';

/** A port of a rule by which nothing comes in: a Service's port, which no Pod behind it listens on, or a name that none of the Pods has. */
export const networkPolicyPorts: FindingRule<NetworkPolicy> = (policy, snapshot) =>
  rulesInForce(policy).flatMap((rule) => {
    const called = podsCalled(rule, policy, snapshot);
    if (called.length === 0) return [];
    return rule.ports.flatMap((port, index) => ofPort(port, called, policy, `${rule.path}.ports[${index}].port`, snapshot) ?? []);
  });

/** The Pods whose ports the rule speaks of: the policy's own, or those that an egress rule names; none where it names anybody. */
function podsCalled(rule: PolicyRule, policy: NetworkPolicy, snapshot: Snapshot): readonly PolicyPod[] {
  if (rule.direction === 'Ingress') return podsOfPolicy(policy, snapshot);
  if (rule.peers.some(({ ipBlock }) => ipBlock !== undefined)) return [];
  return rule.peers.flatMap((peer) => podsOfPeer(peer, policy, snapshot));
}

function ofPort(
  { port, endPort, protocol }: NetworkPolicyPort,
  called: readonly PolicyPod[],
  { metadata: { name } }: NetworkPolicy,
  path: string,
  snapshot: Snapshot,
): Finding | undefined {
  if (port === undefined || endPort !== undefined) return undefined;
  if (typeof port === 'string') {
    if (called.some(({ ports }) => ports.some((one) => one.name === port && one.protocol === protocol))) return undefined;
    const names = [...new Set(called.flatMap(({ ports }) => ports.flatMap((one) => one.name ?? [])))].sort().join(', ');
    const message = `NetworkPolicy ${name} names the ${protocol} port "${port}", which none of the ${called.length} Pods has.`;
    return { code: 'network-policy-port-name-unknown', message, args: { name, port, protocol, count: called.length, names }, path };
  }
  const pods = called.flatMap((one) => snapshot.store.get<Pod>('Pod', one.namespace, one.name) ?? []);
  if (pods.some((pod) => listenersOf(pod, snapshot).some((one) => one.port === port && one.protocol === protocol))) return undefined;
  for (const pod of pods) {
    const found = serviceWithPort(pod, port, protocol, snapshot);
    if (found === undefined) continue;
    const { service, targetPort } = found;
    const message = `NetworkPolicy ${name} names port ${port} of Service ${service}; its Pods are called on ${targetPort}, and policies see that.`;
    return {
      code: 'network-policy-port-is-service-port',
      message,
      args: { name, port, service, targetPort },
      path,
      replacement: { from: port, to: targetPort },
    };
  }
  return undefined;
}

/** A Service that takes connections on this port to a Pod of its own on another. */
function serviceWithPort(pod: Pod, port: number, protocol: string, { store }: Snapshot) {
  for (const { metadata, spec } of store.list<Service>('Service', pod.metadata.namespace)) {
    if (!hasSelector(spec) || withLabels([pod], spec.selector ?? {}).length === 0) continue;
    const own = spec.ports?.find((one) => one.port === port && one.protocol === protocol);
    const targetPort = own === undefined ? undefined : findTargetPort(pod, own);
    if (targetPort !== undefined && targetPort !== port) return { service: metadata.name, targetPort };
  }
  return undefined;
}
