import type { Pod } from '../api/pod.ts';
import type { ServicePortSpec } from '../api/service.ts';

/**
 * The number a Service port means in one Pod. A number stands for itself, whether or not anything listens there; a name is looked for
 * among the container ports of the same protocol, those of sidecars last. `undefined`: the Pod has no such name.
 *
 * Models: k8s.io/endpointslice utils.go FindPort, v1.37.
 */
export function findTargetPort(pod: Pod, port: ServicePortSpec): number | undefined {
  if (typeof port.targetPort === 'number') return port.targetPort;
  const sidecars = (pod.spec.initContainers ?? []).filter((container) => container.restartPolicy === 'Always');
  for (const container of [...pod.spec.containers, ...sidecars]) {
    const found = container.ports?.find(({ name, protocol }) => name === port.targetPort && protocol === port.protocol);
    if (found !== undefined) return found.containerPort;
  }
  return undefined;
}
