import { cidr } from '../api/cidr.ts';
import type { ClusterSpec } from '../api/cluster-spec.ts';
import { printFieldError } from '../api/field-error.ts';
import { ipv4 } from '../api/ipv4.ts';
import type { JsonObject } from '../api/json.ts';
import type { KubeObject } from '../api/kube-object.ts';
import { emptyStore, type ObjectStore } from '../api/object-store.ts';
import type { AdmissionResult } from './admission.ts';
import { admit } from './admit.ts';

/**
 * A small world and requests to its API server, for tests of what the server refuses, fills in and stores. Services get addresses of
 * 10.96.0.0/24 and node ports from 30000 to 32767.
 */
export const cluster: ClusterSpec = {
  name: 'test',
  nodes: [],
  podCIDR: cidr('10.244.0.0/16'),
  serviceCIDR: cidr('10.96.0.0/24'),
  nodePortRange: { first: 30000, last: 32767 },
  dns: { domain: 'cluster.local', address: ipv4('10.96.0.10'), ttl: 30, upstream: 'none' },
  proxy: {
    mode: 'iptables',
    scheduler: 'rr',
    masqueradeAll: false,
    masqueradeBit: 14,
    nodePortAddresses: 'default',
    largeClusterEndpoints: 1000,
  },
  apiServer: { clusterIP: ipv4('10.96.0.1'), port: 443, endpoint: ipv4('172.31.0.1'), endpointPort: 6443 },
  cni: { kind: 'routes' },
  loadBalancer: { kind: 'none', pool: [] },
  outside: [],
  installedApis: [],
  images: {},
  objects: [],
  pods: [],
  podNetwork: 'routed',
};

export const seed = 7;

/** POSTs an object. */
export function create(object: JsonObject, store: ObjectStore = emptyStore(), world = cluster, namespace = 'default'): AdmissionResult {
  return admit(store, { verb: 'create', object, namespace }, world, seed);
}

/** POSTs an object that must be accepted, and PUTs another in its place. */
export function update(before: JsonObject, after: JsonObject, store: ObjectStore = emptyStore()): AdmissionResult {
  return admit(storeWith(before, store), { verb: 'update', object: after, namespace: 'default' }, cluster, seed);
}

/** The store after an object that must be accepted. */
export function storeWith(object: JsonObject, store: ObjectStore = emptyStore()): ObjectStore {
  const result = create(object, store);
  if (!result.ok) throw new Error(`the example was refused: ${result.failure.message}`);
  return result.store;
}

/** The stored object of an accepted request; anything else is the test's mistake. */
export function stored(result: AdmissionResult): KubeObject {
  if (!result.ok) throw new Error(`refused: ${result.failure.message}`);
  return result.stored;
}

/** What the server says against a request: one line a field error, or its whole message; nothing when it accepts. */
export function refusals(result: AdmissionResult): readonly string[] {
  if (result.ok) return [];
  const { causes, message, code } = result.failure;
  return code === 422
    ? causes.map(({ field, message: text }) => printFieldError({ reason: 'FieldValueInvalid', field, message: text }))
    : [message];
}

/** A ClusterIP Service `web` with one port, and what the test is about laid over its spec. */
export function service(spec: JsonObject = {}, metadata: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', ...metadata },
    spec: { selector: { app: 'web' }, ports: [{ port: 80 }], ...spec },
  };
}

/** A Pod `web` with one container, and what the test is about laid over its spec. */
export function pod(spec: JsonObject = {}, container: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web' },
    spec: { containers: [{ name: 'app', image: 'nginx', ...container }], ...spec },
  };
}
