import { cidrContains } from '../api/cidr.ts';
import type { ClusterSpec } from '../api/cluster-spec.ts';
import { type IPv4, ipv4FromNumber, parseIPv4 } from '../api/ipv4.ts';
import type { ObjectStore } from '../api/object-store.ts';
import type { Service } from '../api/service.ts';
import type { ControllerContext } from './controller.ts';

const metallbClass = 'metallb.io/metallb';
const metallbAddresses = 'metallb.io/loadBalancerIPs';

/**
 * Gives Services of type LoadBalancer an address from the world's pool, as a cloud's controller or MetalLB does. Where the world has
 * neither, nobody writes a status and the address stays pending.
 *
 * Models: k8s.io/cloud-provider controllers/service, v1.37; MetalLB's controller.
 *
 * @models partly Load balancers: one IPv4 address of a pool, ipMode, loadBalancerClass, loadBalancerIP; no host names
 */
export function reconcileServiceLoadBalancers(store: ObjectStore, { cluster }: ControllerContext): ObjectStore {
  const { kind, ipMode = 'VIP' } = cluster.loadBalancer;
  if (kind === 'none') return store;
  let next = store;
  for (const service of store.list<Service>('Service')) {
    const has = (service.status.loadBalancer.ingress ?? []).length > 0;
    if (has === isHandled(service, kind)) continue;
    const ip = has ? undefined : freeAddress(next, service, cluster);
    if (!has && ip === undefined) continue;
    const loadBalancer = ip === undefined ? {} : { ingress: [{ ip, ipMode }] };
    next = next.put({ ...service, status: { ...service.status, loadBalancer } } satisfies Service);
  }
  return next;
}

/** A class names another implementation; only MetalLB answers to a class, its own. */
function isHandled({ spec }: Service, kind: 'cloud' | 'metallb'): boolean {
  return (
    spec.type === 'LoadBalancer' &&
    (spec.loadBalancerClass === undefined || (kind === 'metallb' && spec.loadBalancerClass === metallbClass))
  );
}

/** The address asked for, when the pool has it, or the first free one. `undefined`: the Service has to wait. */
function freeAddress(store: ObjectStore, service: Service, { loadBalancer }: ClusterSpec): IPv4 | undefined {
  const taken = new Set(store.list<Service>('Service').flatMap(({ status }) => (status.loadBalancer.ingress ?? []).map(({ ip }) => ip)));
  const asked = service.metadata.annotations?.[metallbAddresses] ?? service.spec.loadBalancerIP ?? '';
  if (asked !== '') {
    const address = parseIPv4(asked);
    const inPool = address !== undefined && loadBalancer.pool.some((range) => cidrContains(range, address));
    return inPool && !taken.has(address) ? address : undefined;
  }
  for (const range of loadBalancer.pool) {
    for (let number = range.first; number <= range.last; number += 1) {
      const address = ipv4FromNumber(number);
      if (!taken.has(address)) return address;
    }
  }
  return undefined;
}
