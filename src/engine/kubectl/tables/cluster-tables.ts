import type { KubeObject } from '../../api/kube-object.ts';
import type { LabelSelector } from '../../api/label-selector.ts';
import { isNodeReady, type Node } from '../../api/node.ts';
import type { LoadBalancerIngress } from '../../api/service.ts';
import { formatLabelSelector } from '../format-labels.ts';
import { formatIngress } from './service-table.ts';
import { age, layout } from './table.ts';

const rolePrefix = 'node-role.kubernetes.io/';

export const nodeTable = layout<Node>(
  ['NAME', 'STATUS', 'ROLES', 'AGE', 'VERSION'],
  ['INTERNAL-IP', 'EXTERNAL-IP', 'OS-IMAGE', 'KERNEL-VERSION', 'CONTAINER-RUNTIME'],
  (node, { now, wide }) => {
    const status = [isNodeReady(node) ? 'Ready' : 'NotReady', ...(node.spec.unschedulable === true ? ['SchedulingDisabled'] : [])];
    const roles = Object.keys(node.metadata.labels ?? {})
      .filter((key) => key.startsWith(rolePrefix) && key.length > rolePrefix.length)
      .map((key) => key.slice(rolePrefix.length))
      .sort();
    const info = node.status.nodeInfo ?? {};
    const cells = [node.metadata.name, status.join(','), roles.join(',') || '<none>', age(node, now), info.kubeletVersion ?? '<unknown>'];
    if (!wide) return cells;
    const address = (wanted: string) => node.status.addresses?.find(({ type }) => type === wanted)?.address ?? '<none>';
    const facts = [info.osImage, info.kernelVersion, info.containerRuntimeVersion].map((fact) => fact ?? '<unknown>');
    return [...cells, address('InternalIP'), address('ExternalIP'), ...facts];
  },
);

export const namespaceTable = layout<KubeObject>(['NAME', 'STATUS', 'AGE'], [], (namespace, { now }) => {
  const { phase = 'Active' } = (namespace.status ?? {}) as { readonly phase?: string };
  return [namespace.metadata.name, phase, age(namespace, now)];
});

export const configMapTable = layout<KubeObject>(['NAME', 'DATA', 'AGE'], [], (map, { now }) => [
  map.metadata.name,
  String(entries(map.data) + entries(map.binaryData)),
  age(map, now),
]);

export const secretTable = layout<KubeObject>(['NAME', 'TYPE', 'DATA', 'AGE'], [], (secret, { now }) => [
  secret.metadata.name,
  String(secret.type ?? 'Opaque'),
  String(entries(secret.data)),
  age(secret, now),
]);

interface Ingress extends KubeObject {
  readonly spec: {
    readonly ingressClassName?: string;
    readonly rules?: readonly { readonly host?: string }[];
    readonly tls?: readonly object[];
  };
  readonly status?: { readonly loadBalancer?: { readonly ingress?: readonly LoadBalancerIngress[] } };
}

const hostsShown = 3;

export const ingressTable = layout<Ingress>(['NAME', 'CLASS', 'HOSTS', 'ADDRESS', 'PORTS', 'AGE'], [], (ingress, { now, wide }) => {
  const { metadata, spec, status } = ingress;
  const rules = spec.rules ?? [];
  const hosts = rules.flatMap(({ host }) => host || []).slice(0, hostsShown);
  const more = rules.length > hostsShown && hosts.length === hostsShown ? ` + ${rules.length - hostsShown} more...` : '';
  return [
    metadata.name,
    spec.ingressClassName ?? '<none>',
    hosts.length === 0 ? '*' : hosts.join(',') + more,
    formatIngress(status?.loadBalancer?.ingress, wide),
    (spec.tls ?? []).length === 0 ? '80' : '80, 443',
    age(ingress, now),
  ];
});

interface IngressClass extends KubeObject {
  readonly spec: {
    readonly controller?: string;
    readonly parameters?: { readonly apiGroup?: string; readonly kind: string; readonly name: string };
  };
}

export const ingressClassTable = layout<IngressClass>(['NAME', 'CONTROLLER', 'PARAMETERS', 'AGE'], [], (ingressClass, { now }) => {
  const { controller = '', parameters } = ingressClass.spec;
  const group = parameters?.apiGroup === undefined ? '' : `.${parameters.apiGroup}`;
  const cell = parameters === undefined ? '<none>' : `${parameters.kind}${group}/${parameters.name}`;
  return [ingressClass.metadata.name, controller, cell, age(ingressClass, now)];
});

interface NetworkPolicy extends KubeObject {
  readonly spec: { readonly podSelector?: LabelSelector };
}

export const networkPolicyTable = layout<NetworkPolicy>(['NAME', 'POD-SELECTOR', 'AGE'], [], (policy, { now }) => [
  policy.metadata.name,
  formatLabelSelector(policy.spec.podSelector),
  age(policy, now),
]);

function entries(map: unknown): number {
  return typeof map === 'object' && map !== null ? Object.keys(map).length : 0;
}
