import {
  enumerate,
  type Pod,
  type Probe,
  type Protocol,
  recordedOutcome,
  type Sender,
  type Service,
  type Snapshot,
  type TraceEnd,
} from '#engine';

/** One request of one sender, and what may come of it as the engine knows. */
export interface Flow {
  /** Key of the sender's agent. */
  readonly from: string;
  readonly probe: Probe & { readonly protocol: 'TCP' | 'UDP' | 'ICMP' };
  /** Every possible outcome, in the words of `recordedOutcome`, each with its chance. */
  readonly possible: ReadonlyMap<string, number>;
  /** Session affinity: all tries of one sender end alike. */
  readonly sticky: boolean;
}

/** The flows of a situation; `unasked` names those whose outcome the engine says it does not know. */
export interface Flows {
  readonly flows: readonly Flow[];
  readonly unasked: readonly string[];
}

/** A port that no Service has. */
const unusedPort = 9;

/** Everybody sends to everything a Service is reached by: its addresses, its node ports on every node, and what lies beside them. */
export function flowsOf(snapshot: Snapshot, canPing: boolean): Flows {
  const targets = [...new Map(targetsOf(snapshot, canPing).map((target) => [JSON.stringify(target), target])).values()];
  const flows: Flow[] = [];
  const unasked: string[] = [];
  for (const sender of sendersOf(snapshot)) {
    for (const target of targets) {
      if (target.host.startsWith('127.') && sender.kind !== 'node') continue;
      const probe = { from: sender, ...target };
      const { possible, sticky } = enumerate(snapshot, probe);
      const chances = new Map<string, number>();
      for (const { probability, trace } of possible) {
        const outcome = clientSees(trace.end, target.protocol);
        if (outcome !== undefined) chances.set(outcome, (chances.get(outcome) ?? 0) + probability);
      }
      const flow = { from: agentOf(sender), probe, possible: chances, sticky };
      if (possible.every(({ trace }) => trace.end.kind !== 'not-modelled')) flows.push(flow);
      else unasked.push(flowName(flow));
    }
  }
  return { flows, unasked };
}

export function flowName({ from, probe: { protocol, host, port } }: Pick<Flow, 'from' | 'probe'>): string {
  return `${from} -> ${protocol.toLowerCase()} ${host}${port === undefined ? '' : `:${port}`}`;
}

/** Who echoes a ping does not say its name. */
function clientSees(end: TraceEnd, protocol: Target['protocol']): string | undefined {
  return protocol === 'ICMP' && end.kind === 'delivered' ? 'answered' : recordedOutcome(end);
}

function agentOf(sender: Sender): string {
  return sender.kind === 'pod' ? `pod/${sender.namespace}/${sender.name}` : `${sender.kind}/${sender.name}`;
}

function sendersOf({ cluster, store }: Snapshot): readonly Sender[] {
  const pods = store.list<Pod>('Pod').filter(({ status }) => status.podIP !== undefined && status.phase === 'Running');
  return [
    ...pods.map(({ metadata: { namespace = 'default', name } }): Sender => ({ kind: 'pod', namespace, name })),
    ...cluster.nodes.map(({ name }): Sender => ({ kind: 'node', name })),
    ...cluster.outside.map(({ name }): Sender => ({ kind: 'outside', name })),
  ];
}

type Target = Omit<Flow['probe'], 'from'>;

function targetsOf(snapshot: Snapshot, canPing: boolean): readonly Target[] {
  const { cluster, store, programs } = snapshot;
  const nodeAddresses = cluster.nodes.map(({ address }) => address);
  const services = store.list<Service>('Service').filter(({ metadata }) => metadata.name !== 'kubernetes');
  const ofServices = services.flatMap(({ spec, status }): readonly Target[] => {
    const own = [spec.clusterIP, ...(spec.externalIPs ?? []), ...(status.loadBalancer?.ingress ?? []).map(({ ip }) => ip)];
    const addresses = own.flatMap((address) => (address === undefined || address === 'None' || address === '' ? [] : [address]));
    const toPorts = (spec.ports ?? []).flatMap(({ port, protocol, nodePort }) => [
      ...addresses.flatMap((host) => target(host, port, protocol)),
      ...(nodePort ? [...nodeAddresses, '127.0.0.1'].flatMap((host) => target(host, nodePort, protocol)) : []),
    ]);
    const health = spec.healthCheckNodePort ? nodeAddresses.flatMap((host) => target(host, spec.healthCheckNodePort ?? 0, 'TCP')) : [];
    const beside = addresses.flatMap((host) => target(host, unusedPort, 'TCP'));
    const pings = canPing ? addresses.map((host): Target => ({ protocol: 'ICMP', host })) : [];
    return [...toPorts, ...health, ...beside, ...pings];
  });
  const toPods = store.list<Pod>('Pod').flatMap(({ metadata: { namespace, name }, status: { podIP } }): readonly Target[] => {
    const [socket] = programs.get(`${namespace}/${name}`)?.listen ?? [];
    return podIP === undefined ? [] : target(podIP, socket?.port ?? unusedPort, socket?.protocol ?? 'TCP');
  });
  return [...ofServices, ...toPods];
}

/** SCTP is left out: few machines have it, and Node.js does not speak it. */
function target(host: string, port: number, protocol: Protocol): readonly Target[] {
  return protocol === 'SCTP' ? [] : [{ protocol, host, port }];
}
