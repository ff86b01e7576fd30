import type { Service, ServicePortSpec } from '../../api/service.ts';
import { findTargetPort } from '../../controllers/target-port.ts';
import type { Snapshot } from '../snapshot.ts';
import type { FindingRule } from './finding.ts';
import { selectedPods } from './selected-pods.ts';

/** A headless Service with `port` unlike `targetPort`: nobody translates, so clients reach the Pods on `targetPort` only. */
export const serviceHeadlessPortNotTranslated: FindingRule<Service> = (service, snapshot) => {
  const { metadata, spec } = service;
  if (spec.clusterIP !== 'None') return [];
  return (spec.ports ?? []).flatMap((port, index) => {
    const numbers = typeof port.targetPort === 'number' ? [port.targetPort] : numbersOf(service, port, snapshot);
    // Where one Pod is called on the very port, that Pod is reached.
    if (numbers.length === 0 || numbers.includes(port.port)) return [];
    const targetPort = numbers.join(', ');
    return [
      {
        code: 'service-headless-port-not-translated' as const,
        message: `Service ${metadata.name} is headless: its port ${port.port} is not translated to ${targetPort}; clients must dial ${targetPort}.`,
        args: { name: metadata.name, port: port.port, targetPort },
        path: `spec.ports[${index}].port`,
      },
    ];
  });
};

/** What a port's name means in the Pods there are. */
function numbersOf(service: Service, port: ServicePortSpec, snapshot: Snapshot): readonly number[] {
  const numbers = selectedPods(service, snapshot).flatMap((pod) => findTargetPort(pod, port) ?? []);
  return [...new Set(numbers)].sort((one, other) => one - other);
}
