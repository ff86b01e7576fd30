import { closestWord } from '../../api/closest-word.ts';
import type { EndpointSlice } from '../../api/endpoint-slice.ts';
import type { Service } from '../../api/service.ts';
import type { FindingRule } from './finding.ts';
import { serviceNameLabel } from './service-slices.ts';

/** A slice that is nobody's: kube-proxy and DNS know a slice's Service by one label, and by nothing else. */
export const endpointSliceService: FindingRule<EndpointSlice> = ({ metadata }, { store }) => {
  const { name, namespace = 'default' } = metadata;
  const service = metadata.labels?.[serviceNameLabel] ?? '';
  const path = `metadata.labels[${serviceNameLabel}]`;
  if (service === '') {
    const message = `EndpointSlice ${name} has no label ${serviceNameLabel}, so that it belongs to no Service.`;
    return [{ code: 'endpointslice-service-label-missing', message, args: { name }, path, defaultedFrom: 'metadata.name' }];
  }
  if (store.get('Service', namespace, service) !== undefined) return [];
  const services = store.list<Service>('Service', namespace).map((one) => one.metadata.name);
  const meant = closestWord(service, services);
  return [
    {
      code: 'endpointslice-service-not-found',
      message: `EndpointSlice ${name} belongs to a Service ${namespace}/${service}, which is not there.`,
      args: { name, namespace, service },
      path,
      ...(meant === undefined ? {} : { replacement: { from: service, to: meant } }),
    },
  ];
};
