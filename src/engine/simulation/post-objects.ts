import type { JsonObject } from '../api/json.ts';
import type { KubeObject } from '../api/kube-object.ts';
import type { Service } from '../api/service.ts';
import type { ApiFailure } from '../apiserver/admission.ts';
import { admit } from '../apiserver/admit.ts';
import { settle } from './settle.ts';
import type { Snapshot } from './snapshot.ts';

/** A cluster after some objects were POSTed to its API server, and what the server refused. */
export interface Posted {
  readonly snapshot: Snapshot;
  readonly failures: readonly ApiFailure[];
}

/**
 * POSTs objects one by one, as a client without kubectl does, and lets the controllers settle. A `status` is written by a second request to the
 * status subresource, as a load balancer's controller does: POST ignores it.
 */
export function postObjects(before: Snapshot, objects: readonly JsonObject[]): Posted {
  const { cluster, seed } = before;
  let { store } = before;
  const failures: ApiFailure[] = [];
  for (const object of objects) {
    const { status, ...written } = object;
    const metadata = written.metadata as { readonly namespace?: string } | undefined;
    const result = admit(store, { verb: 'create', object: written, namespace: metadata?.namespace ?? 'default' }, cluster, seed);
    if (!result.ok) {
      failures.push(result.failure);
      continue;
    }
    store = status === undefined ? result.store : result.store.put(withStatus(result.stored, status as Partial<Service['status']>));
  }
  return { snapshot: settle({ ...before, store }), failures };
}

/** Models: pkg/apis/core/v1/defaults.go SetDefaults_ServiceLoadBalancerStatus, v1.37: an address without `ipMode` is a VIP. */
function withStatus(stored: KubeObject, status: Partial<Service['status']>): KubeObject {
  const ingress = status.loadBalancer?.ingress;
  if (ingress === undefined) return { ...stored, status };
  const defaulted = ingress.map((one) => (one.ip === undefined || one.ipMode !== undefined ? one : { ...one, ipMode: 'VIP' as const }));
  return { ...stored, status: { ...status, loadBalancer: { ...status.loadBalancer, ingress: defaulted } } };
}
