import { allocateService } from '../allocators/service.ts';
import { defaultService } from '../defaults/service.ts';
import type { ServiceDraft } from '../service-draft.ts';
import type { Strategy } from '../strategy.ts';
import { validateServiceCreate, validateServiceUpdate } from '../validation/service.ts';
import { serviceWarnings } from '../warnings/service.ts';
import { dropTypeDependentFields, normalizeClusterIPs, patchAllocatedValues } from './service-fields.ts';

/** Models: pkg/registry/core/service/strategy.go and storage/storage.go, v1.37. */
export const serviceStrategy: Strategy<ServiceDraft> = {
  group: '',
  version: 'v1',
  kind: 'Service',
  resource: 'services',
  namespaced: true,
  counted: 'nothing',
  default: defaultService,
  allocate(service, old, context) {
    if (old !== undefined) patchAllocatedValues(service.spec, old.spec);
    normalizeClusterIPs(service.spec, old?.spec);
    return allocateService(service, old, context);
  },
  prepare(service, old) {
    // Clients write the status through a subresource only.
    service.status = old === undefined ? { loadBalancer: {} } : { ...old.status };
    if (old !== undefined) dropTypeDependentFields(service, old);
  },
  validateCreate: validateServiceCreate,
  validateUpdate: validateServiceUpdate,
  warnings: serviceWarnings,
  finish({ spec }) {
    if (spec.type === 'ExternalName') delete spec.internalTrafficPolicy;
  },
};
