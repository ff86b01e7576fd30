import type { ObjectStore } from '../api/object-store.ts';
import type { Pod } from '../api/pod.ts';
import type { Service } from '../api/service.ts';

/** The Service that every Pod hears of, whatever its namespace. */
const masterNamespace = 'default';
const masterService = 'kubernetes';

/**
 * The variables about Services that a container started now would get, as `NAME=value`, sorted. They are set once, when the container
 * starts: a Service made later is not in them.
 *
 * Models: pkg/kubelet/kubelet_pods.go getServiceEnvVarMap and pkg/kubelet/envvars/envvars.go, v1.37.
 *
 * @models yes Environment variables about Services: own namespace and `kubernetes`, enableServiceLinks
 */
export function serviceEnvironment(store: ObjectStore, pod: Pod): readonly string[] {
  const seen = new Map<string, Service>();
  const master = store.get<Service>('Service', masterNamespace, masterService);
  if (master !== undefined && hasClusterIP(master)) seen.set(masterService, master);
  if (pod.spec.enableServiceLinks !== false) {
    // A Service of the Pod's own namespace that is called `kubernetes` hides the real one.
    for (const service of store.list<Service>('Service', pod.metadata.namespace)) {
      if (hasClusterIP(service)) seen.set(service.metadata.name, service);
    }
  }
  return [...seen.values()].flatMap(variablesOf).sort();
}

function hasClusterIP({ spec }: Service): boolean {
  return spec.type !== 'ExternalName' && spec.clusterIP !== undefined && spec.clusterIP !== '' && spec.clusterIP !== 'None';
}

function variablesOf(service: Service): readonly string[] {
  const prefix = variableName(service.metadata.name);
  const host = service.spec.clusterIP ?? '';
  const address = host.includes(':') ? `[${host}]` : host;
  const [first, ...others] = service.spec.ports ?? [];
  if (first === undefined) return [`${prefix}_SERVICE_HOST=${host}`];
  const out = [
    `${prefix}_SERVICE_HOST=${host}`,
    `${prefix}_SERVICE_PORT=${first.port}`,
    `${prefix}_PORT=${first.protocol.toLowerCase()}://${address}:${first.port}`,
  ];
  for (const { name, port, protocol } of [first, ...others]) {
    if (name !== undefined && name !== '') out.push(`${prefix}_SERVICE_PORT_${variableName(name)}=${port}`);
    const link = `${prefix}_PORT_${port}_${protocol}`;
    const lower = protocol.toLowerCase();
    out.push(`${link}=${lower}://${address}:${port}`, `${link}_PROTO=${lower}`, `${link}_PORT=${port}`, `${link}_ADDR=${host}`);
  }
  return out;
}

function variableName(name: string): string {
  return name.toUpperCase().replaceAll('-', '_');
}
