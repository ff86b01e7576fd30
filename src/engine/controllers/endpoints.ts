import type { EndpointAddress, EndpointSubset, Endpoints } from '../api/endpoints.ts';
import { withLabels } from '../api/label-selector.ts';
import type { ObjectStore } from '../api/object-store.ts';
import { isPodReady, type Pod } from '../api/pod.ts';
import { sameItems, sameValue } from '../api/same-value.ts';
import type { Service } from '../api/service.ts';
import type { ControllerContext } from './controller.ts';
import { findTargetPort } from './target-port.ts';

type SubsetPort = NonNullable<EndpointSubset['ports']>[number];

const managedBy = { 'endpoints.kubernetes.io/managed-by': 'endpoint-controller' };
const headless = { 'service.kubernetes.io/headless': '' };

/**
 * Keeps the old Endpoints object of every Service that has a selector. Nothing in the cluster reads it any more, but `kubectl get
 * endpoints` does. Pods being deleted are left out of it, unlike of EndpointSlices.
 *
 * Models: pkg/controller/endpoint, v1.37.
 *
 * @models partly Endpoints of Services with a selector: not cut at 1000 addresses, subsets ordered by their ports
 */
export function reconcileEndpoints(store: ObjectStore, context: ControllerContext): ObjectStore {
  let next = withoutLeftovers(store);
  for (const service of store.list<Service>('Service')) {
    const { namespace, name } = service.metadata;
    if (service.spec.type === 'ExternalName' || Object.keys(service.spec.selector ?? {}).length === 0) continue;
    const before = store.get<Endpoints>('Endpoints', namespace, name);
    const pods = withLabels(store.list<Pod>('Pod', namespace), service.spec.selector ?? {});
    const known = settled.get(service);
    if (known !== undefined && known.endpoints === before && sameItems(known.pods, pods)) continue;
    const subsets = subsetsOf(service, pods);
    const object: Endpoints = {
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: {
        name,
        ...(namespace === undefined ? {} : { namespace }),
        labels: { ...service.metadata.labels, ...managedBy, ...(service.spec.clusterIP === 'None' ? headless : {}) },
        creationTime: before?.metadata.creationTime ?? context.time,
      },
      ...(subsets.length === 0 ? {} : { subsets }),
    };
    if (before === undefined || !sameValue(before, object)) next = next.put(object);
    else settled.set(service, { pods, endpoints: before });
  }
  return next;
}

/** What a Service's Endpoints were last made from, and found to be right. */
const settled = new WeakMap<Service, { readonly pods: readonly Pod[]; readonly endpoints: Endpoints }>();

/** Endpoints whose Service is gone. Those that a person wrote have no label of ours and stay. */
function withoutLeftovers(store: ObjectStore): ObjectStore {
  let next = store;
  for (const { metadata } of withLabels(store.list('Endpoints'), managedBy)) {
    if (store.get('Service', metadata.namespace, metadata.name) === undefined)
      next = next.delete('Endpoints', metadata.namespace, metadata.name);
  }
  return next;
}

/** Addresses with the same ports share a subset. */
function subsetsOf(service: Service, pods: readonly Pod[]): readonly EndpointSubset[] {
  const publishAll = service.spec.publishNotReadyAddresses === true;
  const groups = new Map<string, { ports: readonly SubsetPort[]; addresses: EndpointAddress[]; notReadyAddresses: EndpointAddress[] }>();
  for (const pod of pods) {
    const { phase, podIP } = pod.status;
    if (podIP === undefined || phase === 'Succeeded' || phase === 'Failed') continue;
    if (pod.metadata.deletionTime !== undefined && !publishAll) continue;
    const ports = portsOf(service, pod);
    if (ports === undefined) continue;
    const key = JSON.stringify(ports);
    const group = groups.get(key) ?? { ports, addresses: [], notReadyAddresses: [] };
    groups.set(key, group);
    const ready = publishAll || isPodReady(pod);
    (ready ? group.addresses : group.notReadyAddresses).push(addressOf(service, pod, podIP));
  }
  const keys = [...groups.keys()].sort();
  return keys.flatMap((key) => {
    const group = groups.get(key);
    if (group === undefined) return [];
    const { ports, addresses, notReadyAddresses } = group;
    return [
      {
        ...(addresses.length === 0 ? {} : { addresses }),
        ...(notReadyAddresses.length === 0 ? {} : { notReadyAddresses }),
        ...(ports.length === 0 ? {} : { ports }),
      },
    ];
  });
}

/** `undefined`: the Pod has none of the Service's ports, so it is no endpoint at all here. */
function portsOf(service: Service, pod: Pod): readonly SubsetPort[] | undefined {
  const ports = service.spec.ports ?? [];
  if (ports.length === 0) return service.spec.clusterIP === 'None' ? [] : undefined;
  const found = ports.flatMap((port) => {
    const number = findTargetPort(pod, port);
    const { name, protocol, appProtocol } = port;
    if (number === undefined) return [];
    return [{ ...(name === undefined ? {} : { name }), port: number, protocol, ...(appProtocol === undefined ? {} : { appProtocol }) }];
  });
  return found.length === 0 ? undefined : found;
}

function addressOf(service: Service, pod: Pod, ip: string): EndpointAddress {
  const { hostname, subdomain, nodeName } = pod.spec;
  return {
    ip,
    ...(hostname !== undefined && subdomain === service.metadata.name ? { hostname } : {}),
    ...(nodeName === undefined ? {} : { nodeName }),
    targetRef: { kind: 'Pod', namespace: pod.metadata.namespace, name: pod.metadata.name },
  };
}
