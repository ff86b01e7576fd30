import { closestWord } from '../../api/closest-word.ts';
import type { Ingress, IngressBackend } from '../../api/ingress.ts';
import type { Service } from '../../api/service.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Finding, FindingRule } from './finding.ts';

/** A backend that leads to no Service, or to a port that its Service does not have: the controller answers 503 for it. */
export const ingressBackends: FindingRule<Ingress> = (ingress, snapshot) => {
  const { defaultBackend, rules = [] } = ingress.spec;
  return [
    ...ofBackend(defaultBackend, 'spec.defaultBackend', ingress, snapshot),
    ...rules.flatMap(({ http }, rule) =>
      (http?.paths ?? []).flatMap(({ backend }, index) =>
        ofBackend(backend, `spec.rules[${rule}].http.paths[${index}].backend`, ingress, snapshot),
      ),
    ),
  ];
};

function ofBackend(backend: IngressBackend | undefined, path: string, { metadata }: Ingress, { store }: Snapshot): readonly Finding[] {
  if (backend?.service === undefined) return [];
  const { name: service, port } = backend.service;
  const { name, namespace = 'default' } = metadata;
  const found = store.get<Service>('Service', namespace, service);
  if (found === undefined) {
    const services = store.list<Service>('Service', namespace).map((one) => one.metadata.name);
    const meant = closestWord(service, services);
    return [
      {
        code: 'ingress-backend-service-not-found',
        message: `Ingress ${name} leads to a Service ${namespace}/${service}, which is not there.`,
        args: { name, namespace, service },
        path: `${path}.service.name`,
        ...(meant === undefined ? {} : { replacement: { from: service, to: meant } }),
      },
    ];
  }
  const ports = found.spec.ports ?? [];
  const wanted = port.name ?? port.number ?? '';
  if (found.spec.type === 'ExternalName' || ports.some((one) => one.name === port.name && port.name !== undefined)) return [];
  if (ports.some((one) => one.port === port.number)) return [];
  const [only, ...others] = ports;
  const isTarget = ports.some(({ targetPort }) => targetPort === wanted);
  return [
    {
      code: 'ingress-backend-port-not-found',
      message: `Ingress ${name} leads to port ${wanted} of Service ${service}, which has ${ports.map((one) => one.port).join(', ')}${isTarget ? '; that is its targetPort' : ''}.`,
      args: { name, service, port: wanted, ports: ports.map((one) => one.port).join(', ') },
      path: port.name === undefined ? `${path}.service.port.number` : `${path}.service.port.name`,
      ...(only !== undefined && others.length === 0 && port.number !== undefined
        ? { replacement: { from: port.number, to: only.port } }
        : {}),
    },
  ];
}
