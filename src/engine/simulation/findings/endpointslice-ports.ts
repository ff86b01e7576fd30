import type { EndpointSlice } from '../../api/endpoint-slice.ts';
import type { Service } from '../../api/service.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Finding, FindingRule } from './finding.ts';
import { serviceNameLabel } from './service-slices.ts';

/** A slice's port that no port of its Service is called like: kube-proxy pairs them by name and protocol, never by number. */
export const endpointSlicePorts: FindingRule<EndpointSlice> = (slice, { store }: Snapshot) => {
  const { name, namespace, labels } = slice.metadata;
  const service = store.get<Service>('Service', namespace ?? 'default', labels?.[serviceNameLabel] ?? '');
  const wanted = service?.spec.ports ?? [];
  // Without a cluster IP nobody pairs ports.
  if (service === undefined || service.spec.clusterIP === 'None' || service.spec.type === 'ExternalName') return [];
  return (slice.ports ?? []).flatMap((port, index): readonly Finding[] => {
    const own = port.name ?? '';
    const protocol = port.protocol ?? 'TCP';
    if (wanted.some((one) => (one.name ?? '') === own && one.protocol === protocol)) return [];
    const field = `ports[${index}]`;
    const sameName = wanted.find((one) => (one.name ?? '') === own);
    const args = { name, service: service.metadata.name, port: port.port ?? 0, protocol };
    if (sameName !== undefined) {
      return [
        {
          code: 'endpointslice-port-protocol-mismatch',
          message: `EndpointSlice ${name} has the port ${quoted(own)} for ${protocol}, and Service ${args.service} has it for ${sameName.protocol}.`,
          args: { ...args, wanted: sameName.protocol },
          path: `${field}.protocol`,
          defaultedFrom: `${field}.port`,
          replacement: { from: protocol, to: sameName.protocol },
        },
      ];
    }
    const names = wanted.map((one) => one.name ?? '');
    const [only = ''] = names;
    return [
      {
        code: 'endpointslice-port-name-mismatch',
        message: `EndpointSlice ${name} has a port named ${quoted(own)}, and Service ${args.service} has ${names.map(quoted).join(', ')}.`,
        args: { ...args, own: quoted(own), wanted: names.map(quoted).join(', ') },
        path: `${field}.name`,
        defaultedFrom: `${field}.port`,
        ...(names.length === 1 && own !== '' && only !== '' ? { replacement: { from: own, to: only } } : {}),
      },
    ];
  });
};

function quoted(name: string): string {
  return JSON.stringify(name);
}
