import type { ClusterSpec, L7ControllerSpec } from '../api/cluster-spec.ts';
import type { Ingress, IngressClass } from '../api/ingress.ts';
import { matchesLabels } from '../api/label-selector.ts';
import type { ObjectStore } from '../api/object-store.ts';
import type { Pod } from '../api/pod.ts';
import { sameValue } from '../api/same-value.ts';
import type { Service } from '../api/service.ts';
import { controlledIngresses } from './ingress-class.ts';

type Addresses = NonNullable<Ingress['status']['loadBalancer']['ingress']>;

/**
 * An Ingress controller writes its own outside address to the status of every Ingress it acts on. Where no controller runs, an Ingress stays
 * without one.
 *
 * Models: ingress-nginx internal/ingress/status/status.go statusAddressFromService, controller-v1.12.
 */
export function publishIngressStatus(store: ObjectStore, { cluster }: { readonly cluster: ClusterSpec }): ObjectStore {
  const spec = cluster.ingressController;
  if (spec === undefined || !isRunning(store, spec)) return store;
  const addresses = addressesOf(store.get<Service>('Service', spec.namespace, spec.service ?? ''));
  const loadBalancer = addresses.length === 0 ? {} : { ingress: addresses };
  let next = store;
  for (const ingress of controlledIngresses(spec.controller, store.list<Ingress>('Ingress'), store.list<IngressClass>('IngressClass'))) {
    if (sameValue(ingress.status.loadBalancer, loadBalancer)) continue;
    next = next.put({ ...ingress, status: { ...ingress.status, loadBalancer } } satisfies Ingress);
  }
  return next;
}

function isRunning(store: ObjectStore, { namespace, labels }: L7ControllerSpec): boolean {
  return store
    .list<Pod>('Pod', namespace)
    .some(({ metadata, status }) => status.phase === 'Running' && matchesLabels(labels, metadata.labels));
}

function addressesOf(service: Service | undefined): Addresses {
  if (service === undefined) return [];
  const { type, clusterIP, externalIPs = [], externalName } = service.spec;
  const external = externalIPs.map((ip) => ({ ip }));
  switch (type) {
    case 'ExternalName':
      return externalName === undefined ? [] : [{ hostname: externalName }];
    case 'LoadBalancer': {
      const given = (service.status.loadBalancer.ingress ?? []).map(({ ip, hostname }) => ({
        ...(ip === undefined ? {} : { ip }),
        ...(hostname === undefined ? {} : { hostname }),
      }));
      return [...given, ...external];
    }
    case 'NodePort':
      if (external.length > 0) return external;
      return clusterIP === undefined ? [] : [{ ip: clusterIP }];
    case 'ClusterIP':
      return clusterIP === undefined ? [] : [{ ip: clusterIP }];
  }
}
