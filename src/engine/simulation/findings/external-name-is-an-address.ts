import { parseIPv4 } from '../../api/ipv4.ts';
import type { Service } from '../../api/service.ts';
import type { FindingRule } from './finding.ts';

/** An `externalName` that is an address: it becomes a CNAME all the same, to a name that does not exist. */
export const externalNameIsAnAddress: FindingRule<Service> = ({ metadata, spec }) => {
  const target = spec.externalName?.replace(/\.$/, '') ?? '';
  if (spec.type !== 'ExternalName' || parseIPv4(target) === undefined) return [];
  return [
    {
      code: 'service-external-name-is-an-address',
      message: `Service ${metadata.name} has the externalName ${target}, which DNS hands out as a name; it does not resolve.`,
      args: { name: metadata.name, address: target },
      path: 'spec.externalName',
    },
  ];
};
