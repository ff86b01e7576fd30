/** A kind as kubectl's command line names it. */
export interface ResourceType {
  readonly kind: string;
  /** The plural, as URLs and error messages have it. */
  readonly resource: string;
  /** API group, empty for the core. */
  readonly group: string;
  readonly namespaced: boolean;
  /** Other names of the same: singular and short ones. */
  readonly names: readonly string[];
}

const types: readonly ResourceType[] = [
  type('Pod', 'pods', '', ['pod', 'po']),
  type('Service', 'services', '', ['service', 'svc']),
  type('Endpoints', 'endpoints', '', ['ep']),
  type('EndpointSlice', 'endpointslices', 'discovery.k8s.io', ['endpointslice', 'eps']),
  type('Node', 'nodes', '', ['node', 'no'], false),
  type('Namespace', 'namespaces', '', ['namespace', 'ns'], false),
  type('Deployment', 'deployments', 'apps', ['deployment', 'deploy']),
  type('ReplicaSet', 'replicasets', 'apps', ['replicaset', 'rs']),
  type('StatefulSet', 'statefulsets', 'apps', ['statefulset', 'sts']),
  type('DaemonSet', 'daemonsets', 'apps', ['daemonset', 'ds']),
  type('Job', 'jobs', 'batch', ['job']),
  type('ConfigMap', 'configmaps', '', ['configmap', 'cm']),
  type('Secret', 'secrets', '', ['secret']),
  type('Ingress', 'ingresses', 'networking.k8s.io', ['ingress', 'ing']),
  type('Event', 'events', '', ['event', 'ev']),
  type('IngressClass', 'ingressclasses', 'networking.k8s.io', ['ingressclass'], false),
  type('NetworkPolicy', 'networkpolicies', 'networking.k8s.io', ['networkpolicy', 'netpol']),
];

/** What `kubectl get all` means, in its order. */
const all = ['Pod', 'Service', 'DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet', 'Job'];

function type(kind: string, resource: string, group: string, names: readonly string[], namespaced = true): ResourceType {
  return { kind, resource, group, namespaced, names };
}

/** `svc`, `Service`, `deployments.apps`, `all`, …; `undefined` when the server has no such type. */
export function resourceTypes(word: string): readonly ResourceType[] | undefined {
  const lower = word.toLowerCase();
  if (lower === 'all') return types.filter(({ kind }) => all.includes(kind)).sort((a, b) => all.indexOf(a.kind) - all.indexOf(b.kind));
  const [name = '', ...group] = lower.split('.');
  const found = types.find(({ resource, names }) => resource === name || names.includes(name));
  const groupMatches = found !== undefined && (group.length === 0 || group.join('.') === found.group);
  return groupMatches ? [found] : undefined;
}

/** `deployments.apps`: how messages name a resource. */
export function qualifiedResource({ resource, group }: ResourceType): string {
  return group === '' ? resource : `${resource}.${group}`;
}

/** `deployment.apps/web`: how one object is named where kinds are mixed. */
export function qualifiedName({ kind, group }: ResourceType, name: string): string {
  return `${kind.toLowerCase()}${group === '' ? '' : `.${group}`}/${name}`;
}
