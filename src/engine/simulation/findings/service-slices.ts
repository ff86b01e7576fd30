import type { EndpointSlice, SliceEndpoint } from '../../api/endpoint-slice.ts';
import { withLabels } from '../../api/label-selector.ts';
import type { Service } from '../../api/service.ts';
import type { Snapshot } from '../snapshot.ts';

export const serviceNameLabel = 'kubernetes.io/service-name';

/** The slices that kube-proxy and DNS take for this Service's, whoever wrote them. */
export function slicesOf({ metadata }: Service, { store }: Snapshot): readonly EndpointSlice[] {
  return withLabels(store.list<EndpointSlice>('EndpointSlice', metadata.namespace), { [serviceNameLabel]: metadata.name });
}

/** A condition that is not given means ready. */
export function isReady({ conditions }: SliceEndpoint): boolean {
  return conditions?.ready ?? true;
}

/** Whether kube-proxy may still send to it when nobody is ready: it is being deleted, and still answers. */
export function isDraining({ conditions }: SliceEndpoint): boolean {
  return (conditions?.serving ?? true) && conditions?.terminating === true;
}
