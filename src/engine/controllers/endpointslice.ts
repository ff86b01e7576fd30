import type { EndpointSlice, SliceEndpoint, SlicePort } from '../api/endpoint-slice.ts';
import { generatedNamePrefix, nameSuffix } from '../api/generated-name.ts';
import { withLabels } from '../api/label-selector.ts';
import type { Node } from '../api/node.ts';
import type { ObjectStore } from '../api/object-store.ts';
import { isPodReady, type Pod } from '../api/pod.ts';
import { sameItems, sameValue } from '../api/same-value.ts';
import type { Service } from '../api/service.ts';
import type { ControllerContext } from './controller.ts';
import { type PackedSlice, packEndpoints, portsKey } from './endpointslice-packing.ts';
import { findTargetPort } from './target-port.ts';
import { withTopologyHints } from './topology-hints.ts';

const endpointSliceController = 'endpointslice-controller.k8s.io';
const serviceNameLabel = 'kubernetes.io/service-name';
const managedByLabel = 'endpointslice.kubernetes.io/managed-by';
const headlessLabel = 'service.kubernetes.io/headless';
const reservedLabels: readonly string[] = [serviceNameLabel, managedByLabel, headlessLabel];

/**
 * Keeps the EndpointSlices of every Service that has a selector. A Service that loses its selector keeps the slices it had: nobody looks
 * at them any more, as in the real controller.
 *
 * Models: pkg/controller/endpointslice and k8s.io/endpointslice reconciler.go, v1.37.
 *
 * @models yes EndpointSlices of Services with a selector: conditions, named ports, headless, hints, 100 endpoints a slice, placeholder
 * @models no IPv6 and dual-stack slices: every slice is IPv4
 */
export function reconcileEndpointSlices(store: ObjectStore, context: ControllerContext): ObjectStore {
  let next = store;
  for (const service of store.list<Service>('Service')) {
    if (service.spec.type !== 'ExternalName' && hasSelector(service)) next = reconcileService(store, next, service, context);
  }
  return next;
}

/** Slices this controller made for a Service, as they are now. */
function existingSlices(store: ObjectStore, service: Service): readonly EndpointSlice[] {
  const all = store.list<EndpointSlice>('EndpointSlice', service.metadata.namespace);
  return withLabels(all, { [serviceNameLabel]: service.metadata.name, [managedByLabel]: endpointSliceController });
}

/** What a Service's slices were last made from, and found to be right: unless any of it changes, they still are. */
interface Settled {
  readonly pods: readonly Pod[];
  readonly nodes: readonly Node[];
  readonly slices: readonly EndpointSlice[];
}

const settled = new WeakMap<Service, Settled>();

/** Reads what was there before any Service's turn, so that lists are made once for all of them; writes to `next`. */
function reconcileService(store: ObjectStore, written: ObjectStore, service: Service, context: ControllerContext): ObjectStore {
  const existing = existingSlices(store, service);
  const pods = withLabels(store.list<Pod>('Pod', service.metadata.namespace), service.spec.selector ?? {});
  const nodes = store.list<Node>('Node');
  const known = settled.get(service);
  if (known !== undefined && known.nodes === nodes && sameItems(known.pods, pods) && sameItems(known.slices, existing)) return written;
  const desired = groupByPorts(service, pods, nodesByName(nodes));
  const labels = sliceLabels(service);
  const slices: (PackedSlice & { readonly ports: readonly SlicePort[] })[] = [...desired.values()].flatMap(({ ports, endpoints }) =>
    packEndpoints(
      existing.filter((slice) => portsKey(slice.ports) === portsKey(ports)),
      endpoints,
    ).map((packed) => ({ ...packed, ports })),
  );
  // Nothing at all is desired: one empty slice says that the Service is known.
  if (slices.length === 0) slices.push({ reuse: undefined, endpoints: [], ports: [] });

  const spare: EndpointSlice[] = existing.filter((slice) => !slices.some(({ reuse }) => reuse === slice));
  const taken = new Set(existing.map((slice) => slice.metadata.name));
  const hinted = withTopologyHints(
    service,
    nodes,
    slices.map(({ endpoints }) => endpoints),
  );
  let next = written;
  for (const [index, { reuse, ports }] of slices.entries()) {
    // A slice to be made takes the place of one to be deleted: one write instead of two.
    const before = reuse ?? spare.pop();
    const name = before?.metadata.name ?? freshName(service, context.seed, taken);
    taken.add(name);
    const slice = makeSlice(service, name, labels, ports, hinted[index] ?? [], before?.metadata.creationTime ?? context.time);
    next = next.put(before !== undefined && sameValue(before, slice) ? before : slice);
  }
  for (const slice of spare) next = next.delete('EndpointSlice', service.metadata.namespace, slice.metadata.name);
  if (next === written) settled.set(service, { pods, nodes, slices: existing });
  return next;
}

interface PortGroup {
  readonly ports: readonly SlicePort[];
  readonly endpoints: readonly SliceEndpoint[];
}

/** Pods with equal port lists share slices: a Pod that names a port otherwise, or not at all, is in a slice of its own. */
function groupByPorts(service: Service, pods: readonly Pod[], nodes: ReadonlyMap<string, Node>): ReadonlyMap<string, PortGroup> {
  const groups = new Map<string, { ports: readonly SlicePort[]; endpoints: SliceEndpoint[] }>();
  for (const pod of pods) {
    if (!mayBeEndpoint(pod)) continue;
    const node = nodes.get(pod.spec.nodeName ?? '');
    if (node === undefined && service.spec.publishNotReadyAddresses !== true) continue;
    const ports = endpointPorts(service, pod);
    const key = portsKey(ports);
    const group = groups.get(key) ?? { ports, endpoints: [] };
    group.endpoints.push(toEndpoint(pod, node, service));
    groups.set(key, group);
  }
  return groups;
}

const nodeIndexes = new WeakMap<readonly Node[], ReadonlyMap<string, Node>>();

function nodesByName(nodes: readonly Node[]): ReadonlyMap<string, Node> {
  const known = nodeIndexes.get(nodes) ?? new Map(nodes.map((node) => [node.metadata.name, node]));
  nodeIndexes.set(nodes, known);
  return known;
}

/** Finished Pods and Pods without an address are no endpoints; Pods being deleted are, until they are gone. */
function mayBeEndpoint(pod: Pod): boolean {
  return pod.status.phase !== 'Succeeded' && pod.status.phase !== 'Failed' && pod.status.podIP !== undefined;
}

function toEndpoint(pod: Pod, node: Node | undefined, service: Service): SliceEndpoint {
  const serving = isPodReady(pod);
  const terminating = pod.metadata.deletionTime !== undefined;
  const { hostname, subdomain, nodeName } = pod.spec;
  const zone = node?.metadata.labels?.['topology.kubernetes.io/zone'];
  return {
    addresses: pod.status.podIP === undefined ? [] : [pod.status.podIP],
    conditions: { ready: service.spec.publishNotReadyAddresses === true || (serving && !terminating), serving, terminating },
    ...(hostname !== undefined && hostname !== '' && subdomain === service.metadata.name ? { hostname } : {}),
    targetRef: { kind: 'Pod', namespace: pod.metadata.namespace, name: pod.metadata.name },
    ...(nodeName === undefined ? {} : { nodeName }),
    ...(zone === undefined || zone === '' ? {} : { zone }),
  };
}

function endpointPorts(service: Service, pod: Pod): readonly SlicePort[] {
  return (service.spec.ports ?? []).flatMap((port) => {
    const number = findTargetPort(pod, port);
    if (number === undefined) return [];
    const { name = '', protocol, appProtocol } = port;
    return [{ name, protocol, port: number, ...(appProtocol === undefined ? {} : { appProtocol }) }];
  });
}

function sliceLabels(service: Service): Readonly<Record<string, string>> {
  const own = Object.entries(service.metadata.labels ?? {}).filter(([key]) => !reservedLabels.includes(key));
  return {
    ...Object.fromEntries(own),
    ...(isHeadless(service) ? { [headlessLabel]: '' } : {}),
    [serviceNameLabel]: service.metadata.name,
    [managedByLabel]: endpointSliceController,
  };
}

function makeSlice(
  service: Service,
  name: string,
  labels: Readonly<Record<string, string>>,
  ports: readonly SlicePort[],
  endpoints: readonly SliceEndpoint[],
  creationTime: number,
): EndpointSlice {
  const { namespace } = service.metadata;
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name,
      generateName: generatedNamePrefix(service.metadata.name),
      ...(namespace === undefined ? {} : { namespace }),
      labels,
      creationTime,
      ownerReferences: [{ apiVersion: 'v1', kind: 'Service', name: service.metadata.name, controller: true }],
    },
    addressType: 'IPv4',
    endpoints,
    ports: ports.length === 0 ? null : ports,
  };
}

function freshName(service: Service, seed: number, taken: ReadonlySet<string>): string {
  for (let attempt = 0; ; attempt += 1) {
    const purpose = `EndpointSlice ${service.metadata.namespace}/${service.metadata.name} ${attempt}`;
    const name = generatedNamePrefix(service.metadata.name) + nameSuffix(seed, purpose);
    if (!taken.has(name)) return name;
  }
}

function isHeadless(service: Service): boolean {
  return service.spec.clusterIP === undefined || service.spec.clusterIP === '' || service.spec.clusterIP === 'None';
}

/** An empty selector is stored as none: etcd's encoding does not tell them apart. */
function hasSelector(service: Service): boolean {
  return Object.keys(service.spec.selector ?? {}).length > 0;
}
