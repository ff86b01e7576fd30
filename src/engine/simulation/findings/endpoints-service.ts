import type { Endpoints } from '../../api/endpoints.ts';
import type { Service } from '../../api/service.ts';
import type { FindingRule } from './finding.ts';
import { hasSelector } from './selected-pods.ts';

/** Endpoints of somebody's making that come to nothing: their Service is not there, or a controller writes its own over them. */
export const endpointsService: FindingRule<Endpoints> = ({ metadata }, { store }) => {
  const { name, namespace = 'default' } = metadata;
  // Once upon a time leaders were elected by way of Endpoints: these are no list of addresses.
  if (metadata.annotations?.['control-plane.alpha.kubernetes.io/leader'] !== undefined) return [];
  const service = store.get<Service>('Service', namespace, name);
  if (service === undefined) {
    const message = `Endpoints ${name} are for a Service of the same name, and there is none in ${namespace}.`;
    return [{ code: 'endpoints-service-not-found', message, args: { name, namespace }, path: 'metadata.name' }];
  }
  if (!hasSelector(service.spec)) return [];
  const message = `Endpoints ${name} belong to a Service with a selector: the controller writes over them.`;
  return [{ code: 'endpoints-overwritten', message, args: { name }, path: 'metadata.name' }];
};
