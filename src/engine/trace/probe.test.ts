import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ClusterSpec, ListenSpec, ProxyMode } from '../api/cluster-spec.ts';
import type { EndpointSlice } from '../api/endpoint-slice.ts';
import { ipv4 } from '../api/ipv4.ts';
import type { Pod } from '../api/pod.ts';
import type { Service } from '../api/service.ts';
import { endpoint, exampleCluster, nodeAddress, service, slice } from '../proxy/example-objects.ts';
import { syncNodes } from '../proxy/sync-nodes.ts';
import { parseProbe } from '../simulation/probe-text.ts';
import { buildNetwork, type Network } from './network.ts';
import { emptyNetworkState } from './network-state.ts';
import { enumerateProbe, sendProbe, traceProbe } from './probe.ts';
import { recordedOutcome } from './recorded-outcome.ts';
import type { Probe, Trace } from './trace.ts';

/** Two Pods of `web` on nodes `one` and `two`, and a client on each node. */
const pods: Readonly<Record<string, string>> = {
  'web-1': '10.244.1.1@one',
  'web-2': '10.244.2.1@two',
  'client-1': '10.244.1.9@one',
  'client-3': '10.244.3.9@three',
  host: '192.168.0.3@three',
};

const listening: Readonly<Record<string, readonly ListenSpec[]>> = {
  'web-1': [
    { port: 8080, protocol: 'TCP' },
    { port: 53, protocol: 'UDP' },
  ],
  'web-2': [{ port: 8080, protocol: 'TCP' }],
  host: [{ port: 9000, protocol: 'TCP' }],
};

function pod([name, where]: readonly [string, string]): Pod {
  const [address = '', nodeName = ''] = where.split('@');
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default' },
    spec: { nodeName, hostNetwork: name === 'host', containers: [] },
    status: { phase: 'Running', podIP: ipv4(address) },
  };
}

interface World {
  readonly services?: readonly Service[];
  readonly slices?: readonly EndpointSlice[];
  readonly cluster?: Partial<ClusterSpec>;
}

const bothEndpoints = [slice([endpoint('10.244.1.1@one'), endpoint('10.244.2.1@two')])];

function network({ services = [], slices = bothEndpoints, cluster: fields }: World): Network {
  const cluster = exampleCluster(fields);
  const { rules } = syncNodes({ cluster, mode: cluster.proxy.mode, services, slices });
  const programs = new Map(Object.keys(pods).map((name) => [`default/${name}`, { listen: listening[name] ?? [] }]));
  const resolve = (_: unknown, name: string) => {
    return name === 'web' ? ({ steps: [], address: ipv4('10.96.0.10') } as const) : ({ steps: [], failure: 'NXDOMAIN' } as const);
  };
  return buildNetwork({ cluster, pods: Object.entries(pods).map(pod), programs, rules, resolve });
}

function probe(from: string, to: string): Probe {
  const parsed = parseProbe(from, to);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.probe;
}

const nodePort = { type: 'NodePort', ports: [{ protocol: 'TCP', port: 80, targetPort: 8080, nodePort: 30080 }] } as const;
const local = { ...nodePort, externalTrafficPolicy: 'Local' } as const;
const loadBalancer = (fields: Partial<Service['spec']>) =>
  service({ ...nodePort, type: 'LoadBalancer', ...fields }, 'web', ['203.0.113.5']);
const elsewhere = [slice([endpoint('10.244.2.1@two')])];

interface Row extends World {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** Every Pod the packet may reach, or how it ends. */
  readonly reaches: string;
  /** The same in nftables mode where it differs, and why that is so. */
  readonly nftables?: { readonly reaches: string; readonly because: string };
  readonly ipvs?: { readonly reaches: string; readonly because: string };
  /** The node whose address the Pod sees instead of the sender's. */
  readonly masquerade?: keyof typeof nodeAddress;
}

const rows: readonly Row[] = [
  { name: 'a Pod calls a cluster IP', services: [service()], from: 'pod/client-1', to: 'tcp://10.96.0.10:80', reaches: 'web-1 web-2' },
  {
    name: 'a node calls a cluster IP',
    services: [service()],
    from: 'node/three',
    to: 'tcp://10.96.0.10:80',
    reaches: 'web-1 web-2',
    masquerade: 'three',
  },
  { name: 'a name leads to the cluster IP', services: [service()], from: 'pod/client-3', to: 'tcp://web:80', reaches: 'web-1 web-2' },
  {
    name: 'outside has no way to a cluster IP',
    services: [service()],
    from: 'outside/world',
    to: 'tcp://10.96.0.10:80',
    reaches: 'timeout',
  },
  {
    name: 'a port the Service does not have',
    services: [service()],
    from: 'pod/client-1',
    to: 'tcp://10.96.0.10:81',
    reaches: 'timeout',
    nftables: { reaches: 'refused', because: 'cluster-ips-check rejects what is no port of a cluster IP' },
    ipvs: { reaches: 'refused', because: 'KUBE-IPVS-FILTER rejects what is no port of an address on kube-ipvs0' },
  },
  {
    name: 'the same port of another protocol',
    services: [service()],
    from: 'pod/client-1',
    to: 'udp://10.96.0.10:80',
    reaches: 'timeout',
    nftables: { reaches: 'refused', because: 'cluster-ips-check rejects what is no port of a cluster IP' },
    ipvs: { reaches: 'refused', because: 'KUBE-IPVS-FILTER rejects what is no port of an address on kube-ipvs0' },
  },
  {
    name: 'ping finds no rule',
    services: [service()],
    from: 'pod/client-1',
    to: 'ping://10.96.0.10',
    reaches: 'timeout',
    nftables: { reaches: 'refused', because: 'cluster-ips-check rejects what is no port of a cluster IP' },
    ipvs: { reaches: 'refused', because: 'KUBE-IPVS-FILTER rejects what is no port of an address on kube-ipvs0' },
  },
  { name: 'no endpoints', services: [service()], slices: [], from: 'pod/client-1', to: 'tcp://10.96.0.10:80', reaches: 'refused' },
  {
    name: 'internal policy Local, no endpoint on this node',
    services: [service({ internalTrafficPolicy: 'Local' })],
    from: 'pod/client-3',
    to: 'tcp://10.96.0.10:80',
    reaches: 'timeout',
    ipvs: { reaches: 'refused', because: 'a virtual server without real servers refuses' },
  },
  {
    name: 'internal policy Local, one on this node',
    services: [service({ internalTrafficPolicy: 'Local' })],
    from: 'pod/client-1',
    to: 'tcp://10.96.0.10:80',
    reaches: 'web-1',
  },
  {
    name: 'an endpoint that meets itself',
    services: [service()],
    slices: [slice([endpoint('10.244.1.1@one')])],
    from: 'pod/web-1',
    to: 'tcp://10.96.0.10:80',
    reaches: 'web-1',
    masquerade: 'one',
  },
  { name: 'a Pod by its own address', from: 'pod/client-1', to: 'tcp://10.244.2.1:8080', reaches: 'web-2' },
  { name: 'a Pod that does not listen there', from: 'pod/client-1', to: 'tcp://10.244.2.1:81', reaches: 'refused' },
  { name: 'a Pod pings a Pod', from: 'pod/client-1', to: 'ping://10.244.2.1', reaches: 'web-2' },
  { name: 'a Pod asks itself', from: 'pod/web-1', to: 'tcp://127.0.0.1:8080', reaches: 'web-1' },
  { name: 'a host network Pod by its node', from: 'pod/client-1', to: 'tcp://192.168.0.3:9000', reaches: 'host' },
  { name: 'a Pod address nobody has', from: 'pod/client-1', to: 'tcp://10.244.2.77:80', reaches: 'timeout' },
  {
    name: 'a Pod address nobody has, on a bridge',
    cluster: { podNetwork: 'bridge' },
    from: 'pod/client-1',
    to: 'tcp://10.244.2.77:80',
    reaches: 'host-unreachable',
  },
  { name: 'an address of the nodes’ network nobody has', from: 'pod/client-1', to: 'tcp://192.168.0.77:80', reaches: 'host-unreachable' },
  { name: 'an address of nowhere', from: 'pod/client-1', to: 'tcp://192.0.2.1:80', reaches: 'timeout' },
  {
    name: 'a node port on a node without endpoints',
    services: [service(nodePort)],
    from: 'outside/world',
    to: 'tcp://192.168.0.3:30080',
    reaches: 'web-1 web-2',
    masquerade: 'three',
  },
  {
    name: 'a node port on localhost',
    services: [service(nodePort)],
    from: 'node/one',
    to: 'tcp://127.0.0.1:30080',
    reaches: 'web-1 web-2',
    nftables: { reaches: 'refused', because: 'node ports do not answer on loopback' },
    ipvs: { reaches: 'refused', because: 'no virtual server has a loopback address' },
    masquerade: 'one',
  },
  {
    name: 'a port of the node nobody has',
    services: [service(nodePort)],
    from: 'outside/world',
    to: 'tcp://192.168.0.1:80',
    reaches: 'refused',
  },
  {
    name: 'external policy Local keeps the source',
    services: [service(local)],
    from: 'outside/world',
    to: 'tcp://192.168.0.1:30080',
    reaches: 'web-1',
  },
  {
    name: 'external policy Local on the wrong node',
    services: [service(local)],
    from: 'outside/world',
    to: 'tcp://192.168.0.3:30080',
    reaches: 'timeout',
  },
  {
    name: 'external policy Local is not for Pods',
    services: [service(local)],
    from: 'pod/client-3',
    to: 'tcp://192.168.0.3:30080',
    reaches: 'web-1 web-2',
  },
  {
    name: 'a load balancer address from outside',
    services: [loadBalancer({})],
    from: 'outside/world',
    to: 'tcp://203.0.113.5:80',
    reaches: 'web-1 web-2',
    masquerade: 'one',
  },
  {
    name: 'a load balancer address with policy Local and endpoints elsewhere',
    services: [loadBalancer({ externalTrafficPolicy: 'Local' })],
    slices: elsewhere,
    from: 'outside/world',
    to: 'tcp://203.0.113.5:80',
    reaches: 'timeout',
  },
  {
    name: 'a source outside the allowed ranges',
    services: [loadBalancer({ loadBalancerSourceRanges: ['10.0.0.0/8'] })],
    from: 'outside/world',
    to: 'tcp://203.0.113.5:80',
    reaches: 'timeout',
  },
  {
    name: 'source ranges do not guard the node port',
    services: [loadBalancer({ loadBalancerSourceRanges: ['10.0.0.0/8'] })],
    from: 'outside/world',
    to: 'tcp://192.168.0.2:30080',
    reaches: 'web-1 web-2',
    masquerade: 'two',
  },
  {
    name: 'a firewall in front of the nodes',
    services: [service(nodePort)],
    cluster: { firewall: { allow: [] } },
    from: 'outside/world',
    to: 'tcp://192.168.0.1:30080',
    reaches: 'timeout',
  },
  { name: 'a name that does not resolve', from: 'pod/client-1', to: 'tcp://wbe:80', reaches: 'name-error' },
  {
    name: 'a scheduler that is not modelled',
    services: [service()],
    cluster: { proxy: { ...exampleCluster().proxy, mode: 'ipvs', scheduler: 'mh' } },
    from: 'pod/client-1',
    to: 'tcp://10.96.0.10:80',
    reaches: 'not-modelled',
  },
];

const proxy = exampleCluster().proxy;

/** Every row in every mode; differences are those the rows name. */
const cases = rows.flatMap((row) => {
  if (row.cluster?.proxy !== undefined) return [{ ...row, mode: row.cluster.proxy.mode }];
  const { nftables, ipvs, cluster, ...rest } = row;
  const inMode = (mode: ProxyMode, reaches = row.reaches) => ({
    ...rest,
    mode,
    reaches,
    cluster: { ...cluster, proxy: { ...proxy, mode } },
  });
  return [inMode('iptables'), inMode('nftables', nftables?.reaches), inMode('ipvs', ipvs?.reaches)];
});

describe('packets', () => {
  test.each(cases)('$name ($mode)', ({ from, to, reaches, masquerade, ...world }) => {
    const { possible } = enumerateProbe(network(world), probe(from, to));
    const ends = possible.map(({ trace: { end } }) => (end.kind === 'delivered' ? end.to.name : (recordedOutcome(end) ?? end.kind)));
    expect([...new Set(ends)].sort().join(' '), explain(possible.map(({ trace }) => trace))).toBe(reaches);
    for (const { trace } of possible) {
      if (trace.end.kind !== 'delivered') continue;
      const sentFrom = trace.steps.find((step) => step.after !== undefined && step.leg === 'out')?.after?.source;
      expect(trace.end.sourceSeen).toBe(masquerade === undefined ? sentFrom : nodeAddress[masquerade]);
    }
    expect(possible.reduce((sum, way) => sum + way.probability, 0)).toBeCloseTo(1, 12);
  });
});

/** Shown when a row fails: the rules that matched. */
function explain(traces: readonly Trace[]): string {
  const lines = traces.map(({ steps }) =>
    steps
      .flatMap(({ walked, rule }) => [...walked, ...(rule === undefined ? [] : [rule])])
      .map(({ text }) => text)
      .join('\n'),
  );
  return `\n${lines.join('\n--\n')}\n`;
}

describe('a trace', () => {
  const world = { services: [service()], slices: [slice([endpoint('10.244.1.1@one')])] };
  const trace = traceProbe(network(world), probe('pod/client-1', 'tcp://10.96.0.10:80'), 7);

  test('has the steps of the curriculum', () => {
    expect(trace.steps.map(({ kind, leg }) => `${leg} ${kind}`)).toEqual([
      'out send',
      'out route',
      'out rule.match',
      'out lb.pick',
      'out nat.dnat',
      'out pod.accept',
      'back reply',
      'back nat.reverse',
      'back receive',
    ]);
    expect(trace.steps.map(({ index }) => index)).toEqual(trace.steps.keys().toArray());
  });

  test('ends at the step that decided', () => {
    expect(trace.end).toMatchObject({ kind: 'delivered', step: 5, sourceSeen: '10.244.1.9' });
  });

  test('gives each rule looked at to one step, and counts them all', () => {
    const out = trace.steps.flatMap(({ passed, walked, rule }) => [...passed, ...walked, ...(rule === undefined ? [] : [rule])]);
    expect(out.length).toBe(trace.rulesWalked);
  });

  test('names the rule, the YAML field and the conntrack entry of the translation', () => {
    const step = trace.steps.find(({ kind }) => kind === 'nat.dnat');
    expect(step?.rule?.text).toMatch(/-j DNAT --to-destination 10\.244\.1\.1:8080$/);
    expect(step?.rule?.origins[0]?.path).toBe('spec.ports[0].targetPort');
    expect(step?.conntrack?.reply).toMatchObject({ source: '10.244.1.1', sourcePort: 8080, destination: '10.244.1.9' });
    expect(trace.conntrack).toEqual([step?.conntrack]);
  });

  test('is the same for the same seed', () => {
    const asked = probe('outside/world', 'tcp://192.168.0.3:30080');
    const made = () => traceProbe(network({ services: [service(nodePort)] }), asked, 11);
    expect(made()).toEqual(made());
  });

  test('is plain data', () => {
    expect(structuredClone(trace)).toEqual(trace);
  });

  test('crosses nodes by one more step', () => {
    const across = { services: [service()], slices: elsewhere };
    const kinds = traceProbe(network(across), probe('pod/client-1', 'tcp://10.96.0.10:80'), 1).steps.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'net.forward').length).toBe(1);
    expect(kinds.length).toBe(10);
  });
});

describe('a network that remembers', () => {
  const sticky = service({ sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } } });
  const net = network({ services: [sticky] });
  const asked = probe('pod/client-1', 'tcp://10.96.0.10:80');

  test('keeps a client with the endpoint it had, until the time is over', () => {
    let state = emptyNetworkState;
    const reached = Array.from({ length: 12 }, (_, seed) => {
      const sent = sendProbe(net, state, asked, seed);
      state = { ...sent.state, now: state.now + 59_000 };
      return sent.trace.end.kind === 'delivered' ? sent.trace.end.to.name : sent.trace.end.kind;
    });
    expect(new Set(reached).size).toBe(1);
    const later = Array.from({ length: 12 }, (_, seed) => {
      const { end } = sendProbe(net, { ...state, now: state.now + 120_000 }, asked, seed).trace;
      return end.kind === 'delivered' ? end.to.name : end.kind;
    });
    expect(new Set(later).size).toBe(2);
  });

  test('says that the choice sticks', () => {
    expect(enumerateProbe(net, asked).sticky).toBe(true);
    expect(enumerateProbe(network({ services: [service()] }), asked).sticky).toBe(false);
  });

  test('gives every connection a source port of its own behind a masquerade', () => {
    let state = emptyNetworkState;
    const ports = Array.from({ length: 40 }, (_, seed) => {
      const sent = sendProbe(network({ services: [service(nodePort)] }), state, probe('outside/world', 'tcp://192.168.0.3:30080'), seed);
      state = sent.state;
      return sent.trace.steps.find(({ kind }) => kind === 'nat.snat')?.after?.sourcePort;
    });
    expect(ports).not.toContain(undefined);
    expect(new Set(ports).size).toBe(40);
  });
});

describe('properties', () => {
  const anyRow = fc.constantFrom(...cases);

  test('whatever a seed gives is among the possible ways', () => {
    fc.assert(
      fc.property(anyRow, fc.integer(), ({ from, to, ...world }, seed) => {
        const net = network(world);
        const sampled = traceProbe(net, probe(from, to), seed);
        const kinds = ({ steps, end }: Trace) => JSON.stringify([steps.map(({ kind, rule }) => [kind, rule?.id]), end.kind]);
        expect(enumerateProbe(net, probe(from, to)).possible.map(({ trace }) => kinds(trace))).toContain(kinds(sampled));
      }),
      { numRuns: 150 },
    );
  });

  test('samples come as often as the enumeration says', () => {
    const net = network({ services: [service()], slices: [slice(['1', '2', '3'].map((host) => endpoint(`10.244.1.${host}@one`)))] });
    const asked = probe('pod/client-1', 'tcp://10.96.0.10:80');
    const picked = Array.from(
      { length: 900 },
      (_, seed) => traceProbe(net, asked, seed).steps.find(({ kind }) => kind === 'nat.dnat')?.after?.destination,
    );
    // 300 expected each; four standard deviations are 57.
    for (const host of ['1', '2', '3']) {
      expect(Math.abs(picked.filter((address) => address === `10.244.1.${host}`).length - 300)).toBeLessThan(57);
    }
  });

  test('an answer that is received undoes every translation', () => {
    fc.assert(
      fc.property(anyRow, fc.integer(), ({ from, to, ...world }, seed) => {
        const { steps } = traceProbe(network(world), probe(from, to), seed);
        const sent = steps.find(({ leg, after }) => leg === 'out' && after !== undefined)?.after;
        const received = steps.find(({ kind, before }) => kind === 'receive' && before !== undefined)?.before;
        if (received === undefined) return;
        expect(received).toMatchObject({ source: sent?.destination, destination: sent?.source });
        expect([received.sourcePort, received.destinationPort]).toEqual([sent?.destinationPort, sent?.sourcePort]);
      }),
      { numRuns: 150 },
    );
  });
});
