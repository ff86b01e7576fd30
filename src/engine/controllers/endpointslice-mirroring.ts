import type { EndpointSlice, SliceEndpoint, SlicePort } from '../api/endpoint-slice.ts';
import type { EndpointAddress, EndpointSubset, Endpoints } from '../api/endpoints.ts';
import { generatedNamePrefix, nameSuffix } from '../api/generated-name.ts';
import { canonicalIp, parseIpText } from '../api/ip-text.ts';
import { withLabels } from '../api/label-selector.ts';
import type { ObjectStore } from '../api/object-store.ts';
import { sameValue } from '../api/same-value.ts';
import type { Service } from '../api/service.ts';
import type { ControllerContext } from './controller.ts';

const mirroringController = 'endpointslicemirroring-controller.k8s.io';
const maxEndpointsPerSubset = 1000;
const notCopied = ['endpoints.kubernetes.io/last-change-trigger-time', 'kubectl.kubernetes.io/last-applied-configuration'];

/**
 * Copies Endpoints that a person wrote, for a Service without a selector, into EndpointSlices: kube-proxy and CoreDNS read those only.
 *
 * Models: pkg/controller/endpointslicemirroring, v1.37.
 *
 * @models yes Mirroring of hand-written Endpoints into EndpointSlices
 */
export function reconcileEndpointSliceMirroring(store: ObjectStore, context: ControllerContext): ObjectStore {
  let next = store;
  for (const endpoints of store.list<Endpoints>('Endpoints')) {
    const { namespace, name } = endpoints.metadata;
    const slices = store.list<EndpointSlice>('EndpointSlice', namespace);
    const existing = withLabels(slices, {
      'kubernetes.io/service-name': name,
      'endpointslice.kubernetes.io/managed-by': mirroringController,
    });
    const desired = isMirrored(store, endpoints) ? mirrors(endpoints) : [];
    for (const [index, mirror] of desired.entries()) {
      const before = existing[index];
      const suffix = nameSuffix(context.seed, `EndpointSlice mirror ${namespace}/${name} ${index}`);
      const slice = makeSlice(endpoints, mirror, before?.metadata.name ?? generatedNamePrefix(name) + suffix, before, context.time);
      if (!sameValue(before, slice)) next = next.put(slice);
    }
    for (const slice of existing.slice(desired.length)) next = next.delete('EndpointSlice', namespace, slice.metadata.name);
  }
  return next;
}

function isMirrored(store: ObjectStore, endpoints: Endpoints): boolean {
  const { namespace, name, labels, annotations } = endpoints.metadata;
  if (labels?.['endpointslice.kubernetes.io/skip-mirror'] === 'true') return false;
  if (annotations?.['control-plane.alpha.kubernetes.io/leader'] !== undefined) return false;
  const spec = store.get<Service>('Service', namespace, name)?.spec;
  return spec !== undefined && Object.keys(spec.selector ?? {}).length === 0;
}

interface Mirror {
  readonly addressType: 'IPv4' | 'IPv6';
  readonly ports: readonly SlicePort[];
  readonly endpoints: readonly SliceEndpoint[];
}

/** One slice for each list of ports and family; subsets with equal ports are one. */
function mirrors(endpoints: Endpoints): readonly Mirror[] {
  const groups = new Map<string, { addressType: Mirror['addressType']; ports: readonly SlicePort[]; endpoints: SliceEndpoint[] }>();
  for (const subset of endpoints.subsets ?? []) {
    const ports = (subset.ports ?? []).map(toSlicePort);
    for (const { addressType, endpoint } of mirroredAddresses(subset)) {
      const key = `${addressType} ${JSON.stringify(ports)}`;
      const group = groups.get(key) ?? { addressType, ports, endpoints: [] };
      groups.set(key, group);
      group.endpoints.push(endpoint);
    }
  }
  return [...groups.values()];
}

function mirroredAddresses(subset: EndpointSubset): readonly { addressType: Mirror['addressType']; endpoint: SliceEndpoint }[] {
  const ready = (subset.addresses ?? []).map((address) => ({ address, ready: true }));
  const notReady = (subset.notReadyAddresses ?? []).map((address) => ({ address, ready: false }));
  return [...ready, ...notReady].slice(0, maxEndpointsPerSubset).flatMap(({ address, ready }) => {
    const ip = parseIpText(address.ip);
    if (ip === undefined) return [];
    return [
      { addressType: ip.family === 4 ? ('IPv4' as const) : ('IPv6' as const), endpoint: toEndpoint(address, canonicalIp(ip), ready) },
    ];
  });
}

/** A mirrored endpoint says whether it is ready, and nothing of serving or terminating. */
function toEndpoint({ hostname, nodeName, targetRef }: EndpointAddress, address: string, ready: boolean): SliceEndpoint {
  return {
    addresses: [address],
    conditions: { ready },
    ...(hostname === undefined || hostname === '' ? {} : { hostname }),
    ...(targetRef === undefined ? {} : { targetRef }),
    ...(nodeName === undefined ? {} : { nodeName }),
  };
}

function toSlicePort({ name = '', port, protocol, appProtocol }: NonNullable<EndpointSubset['ports']>[number]): SlicePort {
  return { name, protocol, port, ...(appProtocol === undefined ? {} : { appProtocol }) };
}

function makeSlice(endpoints: Endpoints, mirror: Mirror, name: string, before: EndpointSlice | undefined, time: number): EndpointSlice {
  const { metadata } = endpoints;
  const annotations = Object.entries(metadata.annotations ?? {}).filter(([key]) => !notCopied.includes(key));
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name,
      generateName: generatedNamePrefix(metadata.name),
      ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
      labels: {
        ...metadata.labels,
        'kubernetes.io/service-name': metadata.name,
        'endpointslice.kubernetes.io/managed-by': mirroringController,
      },
      ...(annotations.length === 0 ? {} : { annotations: Object.fromEntries(annotations) }),
      creationTime: before?.metadata.creationTime ?? time,
      ownerReferences: [{ apiVersion: 'v1', kind: 'Endpoints', name: metadata.name, controller: true }],
    },
    addressType: mirror.addressType,
    endpoints: mirror.endpoints,
    ports: mirror.ports.length === 0 ? null : mirror.ports,
  };
}
