import { parseIPv4 } from '../../api/ipv4.ts';
import type { Service } from '../../api/service.ts';
import { answer } from '../../dns/answer.ts';
import { zoneOf } from '../name-resolution.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Finding, FindingRule } from './finding.ts';
import { hasSelector } from './selected-pods.ts';

/** An ExternalName Service is a CNAME record and nothing else: whatever else its manifest asks for, nobody does. */
export const serviceExternalName: FindingRule<Service> = (service, snapshot) => {
  if (service.spec.type !== 'ExternalName') return [];
  return [...ofTheName(service, snapshot), ...ofPorts(service), ...ofSelector(service)];
};

/** An address becomes a CNAME all the same, to a name that does not exist; so does a name that DNS does not know. */
function ofTheName({ metadata, spec }: Service, snapshot: Snapshot): readonly Finding[] {
  const { externalName = '' } = spec;
  const target = externalName.replace(/\.$/, '');
  const path = 'spec.externalName';
  if (parseIPv4(target) !== undefined) {
    return [
      {
        code: 'service-external-name-is-an-address',
        message: `Service ${metadata.name} has the externalName ${target}, which DNS hands out as a name; it does not resolve.`,
        args: { name: metadata.name, address: target },
        path,
      },
    ];
  }
  if (answer(zoneOf(snapshot), { name: `${target}.`, type: 'A' }).status !== 'NXDOMAIN') return [];
  return [
    {
      code: 'service-external-name-not-found',
      message: `Service ${metadata.name} has the externalName ${target}, and DNS knows no such name.`,
      args: { name: metadata.name, target },
      path,
    },
  ];
}

function ofPorts({ metadata, spec }: Service): readonly Finding[] {
  return (spec.ports ?? []).flatMap(({ port, targetPort }, index): readonly Finding[] =>
    targetPort === port || targetPort === 0
      ? []
      : [
          {
            code: 'service-external-name-port-not-translated',
            message: `Service ${metadata.name} is a name only: its port ${port} is not translated to ${targetPort}.`,
            args: { name: metadata.name, port, targetPort },
            path: `spec.ports[${index}].targetPort`,
          },
        ],
  );
}

function ofSelector({ metadata, spec }: Service): readonly Finding[] {
  if (!hasSelector(spec)) return [];
  return [
    {
      code: 'service-external-name-selector-ignored',
      message: `Service ${metadata.name} is a name only: nobody looks at its selector.`,
      args: { name: metadata.name, target: spec.externalName ?? '' },
      path: 'spec.selector',
    },
  ];
}
