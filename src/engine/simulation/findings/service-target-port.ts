import type { Pod } from '../../api/pod.ts';
import type { Service, ServicePortSpec } from '../../api/service.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Finding, FindingRule } from './finding.ts';
import { selectedPods } from './selected-pods.ts';

/**
 * Where the Service's connections arrive and nobody answers: a port name that no selected Pod has, a port on which no program listens, or one on
 * which a program listens in another protocol.
 */
export const serviceTargetPort: FindingRule<Service> = (service, snapshot) => {
  const pods = selectedPods(service, snapshot);
  if (pods.length === 0) return [];
  return (service.spec.ports ?? []).flatMap((port, index) => {
    const found = portFinding(port, pods, snapshot, service);
    if (found === undefined) return [];
    const field = found.code === 'service-port-protocol-mismatch' ? 'protocol' : 'targetPort';
    return [{ ...found, path: `spec.ports[${index}].${field}` }];
  });
};

function portFinding(
  port: ServicePortSpec,
  pods: readonly Pod[],
  snapshot: Snapshot,
  { metadata }: Service,
): Omit<Finding, 'path'> | undefined {
  const { targetPort, protocol } = port;
  const args = { name: metadata.name, targetPort, protocol, port: port.port, count: pods.length };
  const numbers = pods.map((pod) => (typeof targetPort === 'number' ? targetPort : namedPort(pod, targetPort, protocol)));
  if (numbers.every((number) => number === undefined)) {
    const names = [
      ...new Set(
        pods.flatMap((pod) => pod.spec.containers.flatMap((container) => (container.ports ?? []).flatMap((one) => one.name ?? []))),
      ),
    ].sort();
    return {
      code: 'service-target-port-name-unknown',
      message: `No Pod that Service ${metadata.name} selects has a ${protocol} port named "${targetPort}".`,
      args: { ...args, names: names.join(', ') },
    };
  }
  const listens = (pod: Pod, number: number | undefined, wanted: string | undefined): boolean =>
    listenersOf(pod, snapshot).some((one) => one.port === number && (wanted === undefined || one.protocol === wanted));
  if (pods.some((pod, index) => listens(pod, numbers[index], protocol))) return undefined;
  const other = pods.flatMap((pod, index) => listenersOf(pod, snapshot).filter((one) => one.port === numbers[index]))[0];
  if (other !== undefined) {
    return {
      code: 'service-port-protocol-mismatch',
      message: `Service ${metadata.name} sends ${protocol} to port ${targetPort}, where its Pods listen for ${other.protocol}.`,
      args: { ...args, listens: other.protocol },
    };
  }
  const open = [...new Set(pods.flatMap((pod) => listenersOf(pod, snapshot).map((one) => one.port)))].sort((a, b) => a - b);
  return {
    code: 'service-target-port-not-listened',
    message: `No Pod that Service ${metadata.name} selects listens on ${protocol} port ${targetPort}.`,
    args: { ...args, open: open.join(', ') },
  };
}

function namedPort(pod: Pod, name: string, protocol: string): number | undefined {
  for (const container of pod.spec.containers) {
    const found = container.ports?.find((port) => port.name === name && port.protocol === protocol);
    if (found !== undefined) return found.containerPort;
  }
  return undefined;
}

function listenersOf({ metadata }: Pod, { programs }: Snapshot): readonly { readonly port: number; readonly protocol: string }[] {
  return programs.get(`${metadata.namespace}/${metadata.name}`)?.listen ?? [];
}
