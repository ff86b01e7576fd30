import type { Service } from '../../api/service.ts';
import type { FindingRule } from './finding.ts';

/** A headless Service with `port` unlike `targetPort`: nobody translates, so clients reach the Pods on `targetPort` only. */
export const serviceHeadlessPortNotTranslated: FindingRule<Service> = ({ metadata, spec }) => {
  if (spec.clusterIP !== 'None') return [];
  return (spec.ports ?? []).flatMap(({ port, targetPort }, index) =>
    typeof targetPort !== 'number' || targetPort === port
      ? []
      : [
          {
            code: 'service-headless-port-not-translated' as const,
            message: `Service ${metadata.name} is headless: its port ${port} is not translated to ${targetPort}; clients must dial ${targetPort}.`,
            args: { name: metadata.name, port, targetPort },
            path: `spec.ports[${index}].port`,
          },
        ],
  );
};
