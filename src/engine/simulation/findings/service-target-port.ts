import { closestWord } from '../../api/closest-word.ts';
import { isPodReady, type Pod } from '../../api/pod.ts';
import type { Service, ServicePortSpec } from '../../api/service.ts';
import { findTargetPort } from '../../controllers/target-port.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Finding, FindingRule } from './finding.ts';
import { listenersOf } from './listeners.ts';
import { selectedPods } from './selected-pods.ts';

/**
 * Where the Service's connections arrive and nobody answers: a port name that no selected Pod has, a port on which no program listens, or one on
 * which a program listens in another protocol. The same of some Pods only, when the others are well: then some connections fail.
 */
export const serviceTargetPort: FindingRule<Service> = (service, snapshot) => {
  const pods = selectedPods(service, snapshot);
  if (pods.length === 0) return [];
  return (service.spec.ports ?? []).flatMap((port, index) => {
    const field = `spec.ports[${index}]`;
    const found = ofNoPod(port, pods, snapshot, service) ?? ofSomePods(port, pods, snapshot, service);
    if (found === undefined) return [];
    const path = found.code === 'service-port-protocol-mismatch' ? `${field}.protocol` : `${field}.targetPort`;
    return [{ ...found, path, defaultedFrom: `${field}.port` }];
  });
};

type PortFinding = Omit<Finding, 'path'> | undefined;

function ofNoPod(port: ServicePortSpec, pods: readonly Pod[], snapshot: Snapshot, { metadata }: Service): PortFinding {
  const { targetPort, protocol } = port;
  const args = { name: metadata.name, targetPort, protocol, port: port.port, count: pods.length };
  const numbers = pods.map((pod) => findTargetPort(pod, port));
  if (numbers.every((number) => number === undefined)) {
    const names = portNames(pods);
    const meant = closestWord(String(targetPort), names);
    return {
      code: 'service-target-port-name-unknown',
      message: `No Pod that Service ${metadata.name} selects has a ${protocol} port named "${targetPort}".`,
      args: { ...args, names: names.join(', ') },
      ...(meant === undefined ? {} : { replacement: { from: targetPort, to: meant } }),
    };
  }
  if (pods.some((pod, index) => listens(pod, numbers[index], protocol, snapshot))) return undefined;
  const number = inWords(numbers);
  const other = pods.flatMap((pod, index) => listenersOf(pod, snapshot).filter((one) => one.port === numbers[index]))[0];
  if (other !== undefined) {
    return {
      code: 'service-port-protocol-mismatch',
      message: `Service ${metadata.name} sends ${protocol} to port ${targetPort}, where its Pods listen for ${other.protocol}.`,
      args: { ...args, number, listens: other.protocol },
      replacement: { from: protocol, to: other.protocol },
    };
  }
  const open = [...new Set(pods.flatMap((pod) => listenersOf(pod, snapshot).map((one) => one.port)))].sort((a, b) => a - b);
  return {
    code: 'service-target-port-not-listened',
    message: `No Pod that Service ${metadata.name} selects listens on ${protocol} port ${targetPort}.`,
    args: { ...args, number, open: open.join(', ') },
  };
}

/** Of ready Pods only: nobody sends anything to the others. */
function ofSomePods(port: ServicePortSpec, pods: readonly Pod[], snapshot: Snapshot, { metadata }: Service): PortFinding {
  const { targetPort, protocol } = port;
  const ready = pods.filter((pod) => isPodReady(pod) && pod.metadata.deletionTime === undefined);
  const args = { name: metadata.name, targetPort, protocol, port: port.port, count: ready.length };
  const nameless = ready.filter((pod) => findTargetPort(pod, port) === undefined);
  if (nameless.length > 0) {
    return {
      code: 'service-target-port-name-missing-in-some',
      message: `${nameless.length} of the ${ready.length} Pods that Service ${metadata.name} selects have no ${protocol} port named "${targetPort}".`,
      args: { ...args, missing: nameless.length, pods: podNames(nameless) },
    };
  }
  const deaf = ready.filter((pod) => !listens(pod, findTargetPort(pod, port), protocol, snapshot));
  // Where all are deaf, the one that listens is not ready: that is another matter.
  if (deaf.length === 0 || deaf.length === ready.length) return undefined;
  return {
    code: 'service-target-port-not-listened-in-some',
    message: `${deaf.length} of the ${ready.length} Pods that Service ${metadata.name} sends to do not listen on ${protocol} port ${targetPort}.`,
    args: { ...args, number: inWords(deaf.map((pod) => findTargetPort(pod, port))), missing: deaf.length, pods: podNames(deaf) },
  };
}

function inWords(numbers: readonly (number | undefined)[]): string {
  return [...new Set(numbers.filter((number) => number !== undefined))].sort((one, other) => one - other).join(', ');
}

function listens(pod: Pod, number: number | undefined, protocol: string, snapshot: Snapshot): boolean {
  return listenersOf(pod, snapshot).some((one) => one.port === number && one.protocol === protocol);
}

function portNames(pods: readonly Pod[]): readonly string[] {
  const names = pods.flatMap((pod) => pod.spec.containers.flatMap((container) => (container.ports ?? []).flatMap((one) => one.name ?? [])));
  return [...new Set(names)].sort();
}

/** Up to three: the explanation is a sentence. */
function podNames(pods: readonly Pod[]): string {
  const names = pods.map(({ metadata }) => metadata.name);
  return names.length > 3 ? `${names.slice(0, 3).join(', ')}, …` : names.join(', ');
}
