import { applyFiles, bootCluster, type ClusterSpec, type KubeObject, type Snapshot } from '#engine';

export interface AdmissionQuestion {
  readonly id: string;
  /** Applied before, in silence. */
  readonly given?: string;
  readonly apply: string;
}

const seed = 1;

/**
 * What `kubectl apply -f -` prints, and the objects of namespaces that are stored afterwards, of those the cluster did not start with. Only the
 * API server runs, as when the recordings were made: no scheduler has placed a Pod yet, no controller made an endpoint.
 */
export function answerAdmission({ id, given, apply }: AdmissionQuestion, world: ClusterSpec): object {
  const fresh = bootCluster(world, seed);
  const before = given === undefined ? fresh : applyFiles(fresh, [{ name: 'STDIN', text: given }], { controllers: false }).snapshot;
  const { snapshot, output, notModelled } = applyFiles(before, [{ name: 'STDIN', text: apply }], { controllers: false });
  const { store } = snapshot;
  const objects = store.kinds().flatMap((kind) => store.list(kind).filter((object) => isNew(object, fresh.store)));
  return {
    id,
    ...output,
    stderr: withoutVersions(output.stderr),
    objects: objects.map((object) => withAllocations(object, apply + (given ?? ''))),
    ...(notModelled.length > 0 ? { notModelled } : {}),
  };
}

/** Resource versions differ from run to run: recordings have `N`, and less quoting before it. */
function withoutVersions(text: string): string {
  return text.replace(/resourceVersion\\*":\\*"\d+/g, 'resourceVersion":"N');
}

function isNew({ kind, metadata }: KubeObject, atStart: Snapshot['store']): boolean {
  return metadata.namespace !== undefined && atStart.get(kind, metadata.namespace, metadata.name) === undefined;
}

/** As recordings have it: `ALLOCATED` for what the API server chose by itself, nothing that differs from run to run. */
export function withAllocations(object: KubeObject, manifest: string): object {
  const { metadata, ...rest } = object;
  const { uid: _uid, creationTime: _created, deletionTime: _deleted, ...kept } = metadata;
  const annotations = Object.entries(kept.annotations ?? {}).filter(([key]) => key !== 'kubectl.kubernetes.io/last-applied-configuration');
  const { annotations: _all, ...others } = kept;
  const named = { ...rest, metadata: annotations.length === 0 ? others : { ...others, annotations: Object.fromEntries(annotations) } };
  return object.kind === 'Service' ? maskService(named, manifest) : named;
}

interface ServiceLike {
  readonly spec?: {
    readonly clusterIP?: string;
    readonly clusterIPs?: readonly string[];
    readonly ports?: readonly { readonly nodePort?: number }[];
    readonly healthCheckNodePort?: number;
  };
}

function maskService(object: object, manifest: string): object {
  const { spec } = object as ServiceLike;
  if (spec === undefined) return object;
  const chosen = (value: string | number | undefined): boolean =>
    value !== undefined && value !== '' && value !== 'None' && !manifest.includes(String(value));
  const mask = <T extends string | number>(value: T): T | 'ALLOCATED' => (chosen(value) ? 'ALLOCATED' : value);
  return {
    ...object,
    spec: {
      ...spec,
      ...(spec.clusterIP === undefined ? {} : { clusterIP: mask(spec.clusterIP) }),
      ...(spec.clusterIPs === undefined ? {} : { clusterIPs: spec.clusterIPs.map(mask) }),
      ...(spec.ports === undefined
        ? {}
        : { ports: spec.ports.map((port) => (port.nodePort === undefined ? port : { ...port, nodePort: mask(port.nodePort) })) }),
      ...(spec.healthCheckNodePort === undefined ? {} : { healthCheckNodePort: mask(spec.healthCheckNodePort) }),
    },
  };
}
