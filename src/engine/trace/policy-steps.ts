import type { Packet } from '../kernel/packet.ts';
import { judgeEgress, judgeIngress, type PolicyVerdict } from '../policy/judge-connection.ts';
import type { PolicyWorld } from '../policy/policy-world.ts';
import type { NetworkPod } from './network.ts';
import { reason, type StepDraft } from './recorder.ts';

/** A policy's verdict as a step of the journey. */
export interface PolicyStep {
  readonly allowed: boolean;
  readonly draft: StepDraft;
}

/**
 * What a node's network plug-in decides about a new connection that it forwards: the egress of the sender if its Pod runs here, then the ingress
 * of the receiver if its Pod runs here. Ends with the first refusal. A Pod that nothing isolates gives no step.
 *
 * @models partly where policies are enforced: on the node of each Pod, behind the Service's translation and before the node masquerades, as Calico
 * does; other plug-ins may see the node's address there.
 */
export function policySteps(world: PolicyWorld, node: string, packet: Packet, receiver: NetworkPod | undefined): readonly PolicyStep[] {
  const steps: PolicyStep[] = [];
  if (world.podsByAddress.get(packet.source)?.node === node)
    steps.push(...stepOf(world, judgeEgress(world, packet), packet.source, packet));
  if (steps.every(({ allowed }) => allowed) && receiver !== undefined) {
    steps.push(...stepOf(world, judgeIngress(world, packet), receiver.address, packet));
  }
  return steps;
}

function stepOf(world: PolicyWorld, verdict: PolicyVerdict, at: Packet['source'], packet: Packet): readonly PolicyStep[] {
  const pod = world.podsByAddress.get(at);
  if (pod === undefined) return [];
  const { namespace, name, node } = pod;
  const shared = { place: { kind: 'pod', namespace, name, node }, before: packet, after: packet } as const;
  const { isolating } = verdict;
  const isEgress = verdict.direction === 'Egress';
  if (verdict.reason.kind === 'allowed') {
    const { rule, peer, port } = verdict.reason;
    const why = reason(isEgress ? 'policy-allows-egress' : 'policy-allows-ingress', { pod: name, policy: rule.object.name });
    const origins = [rule, peer, port].filter((origin) => origin !== undefined);
    return [{ allowed: true, draft: { ...shared, kind: 'rule.match', reason: why, origins } }];
  }
  if (verdict.allowed) return [];
  const policies = isolating.map(({ object }) => object.name).join(', ');
  const why = reason(isEgress ? 'drop-policy-egress' : 'drop-policy-ingress', { pod: name, policies });
  return [{ allowed: false, draft: { ...shared, kind: 'drop', reason: why, origins: isolating } }];
}
