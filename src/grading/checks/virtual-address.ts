import type { Service } from '#engine';
import type { VirtualAddressCheck } from '../lab.ts';
import { hasVirtualAddress } from '../target.ts';
import type { CheckContext, CheckRun } from './check-result.ts';

/** The Service exists and the API server gave it an address out of the service range. */
// biome-ignore lint/correctness/useYield: it looks once and sends nothing, but is a check like the others
export function* runVirtualAddress(check: VirtualAddressCheck, { snapshot }: CheckContext): CheckRun {
  const service = snapshot.store.get('Service', 'default', check.service) as Service | undefined;
  const observed = service === undefined ? undefined : (service.spec.clusterIP ?? service.spec.externalName);
  return {
    state: hasVirtualAddress(service) ? 'pass' : 'fail',
    tallies: [],
    notModelled: [],
    ...(observed === undefined ? {} : { observed }),
  };
}
