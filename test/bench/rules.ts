import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type ClusterSpec, type EndpointSlice, type NodeRules, parseProbe, printRules, type Service, trace } from '#engine';
import { syncNodes } from '#engine/proxy/sync-nodes.ts';
import { runExercise } from '#views/exercise.ts';
import { readCluster } from '../../src/cli/files.ts';
import { median, timed } from './clock.ts';
import { lessonExercise } from './keystroke.ts';

type Mode = 'iptables' | 'nftables';

export interface RuleTimes {
  readonly services: number;
  readonly mode: Mode;
  /** Rules of one node and their text, from nothing. */
  readonly first: number;
  /** The same after one endpoint changed. */
  readonly change: number;
  readonly lines: number;
  /** Bytes of heap that the rules hold, for one node. */
  readonly heap: number;
}

/** As the recordings' README has it: one named port a Service (80 to 8080), every tenth a NodePort, three endpoints over three nodes. */
function services(count: number): { readonly services: Service[]; readonly slices: EndpointSlice[] } {
  const all = Array.from({ length: count }, (_, index) => service(index));
  return { services: all, slices: all.map((_, index) => slice(index, [0, 1, 2])) };
}

function service(index: number): Service {
  const nodePort = index % 10 === 0 ? { nodePort: 30000 + Math.floor(index / 10) } : {};
  const clusterIP = `10.96.${Math.floor(index / 250) + 1}.${(index % 250) + 1}`;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: `service-${index}`, namespace: 'default' },
    spec: {
      type: index % 10 === 0 ? 'NodePort' : 'ClusterIP',
      clusterIP,
      clusterIPs: [clusterIP],
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      internalTrafficPolicy: 'Cluster',
      ...(index % 10 === 0 ? { externalTrafficPolicy: 'Cluster' } : {}),
      ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP', ...nodePort }],
      sessionAffinity: 'None',
    },
    status: { loadBalancer: {} },
  } as unknown as Service;
}

function slice(index: number, hosts: readonly number[]): EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: `service-${index}-a`, namespace: 'default', labels: { 'kubernetes.io/service-name': `service-${index}` } },
    addressType: 'IPv4',
    endpoints: hosts.map((host) => ({
      addresses: [`10.244.${(index + host) % 250}.${(Math.floor(index / 250) * 3 + host) % 250}`],
      conditions: { ready: true, serving: true, terminating: false },
      nodeName: `node-${'abc'[host % 3]}`,
    })),
    ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
  } as unknown as EndpointSlice;
}

/** Bytes that are still referred to. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

/** Rules of one node for many Services: written from nothing, then after one endpoint went. */
export function measureRules(count: number, mode: Mode, rounds: number): RuleTimes {
  const recorded = readCluster('recorded');
  const cluster: ClusterSpec = { ...recorded, nodes: recorded.nodes.slice(0, 1), proxy: { ...recorded.proxy, mode } };
  const { services: all, slices } = services(count);
  const input = { cluster, mode, services: all, slices };
  let printed: readonly string[] = [];
  const print = (rules: ReadonlyMap<string, NodeRules>) => {
    for (const one of rules.values()) printed = printRules(one);
  };
  const first = Array.from({ length: rounds }, () => timed(() => print(syncNodes(input).rules)));
  const before = heapInUse();
  const base = syncNodes(input);
  const heap = heapInUse() - before;
  const change = Array.from({ length: rounds * 3 }, (_, round) => {
    const at = (round * 37) % count;
    const changed = { ...input, slices: slices.with(at, slice(at, [0, 2])) };
    return timed(() => syncNodes(changed, base));
  });
  return { services: count, mode, first: median(first), change: median(change), lines: printed.length, heap };
}

/** Milliseconds of one trace of the lesson's request, out and back, on rules that are there. */
export function measureTrace(rounds: number): number {
  const { snapshot } = runExercise(lessonExercise(), 1);
  const parsed = parseProbe('pod/client', 'http://my-app-service');
  if (!parsed.ok) throw new Error(parsed.reason);
  for (let seed = 0; seed < 200; seed += 1) trace(snapshot, parsed.probe, seed);
  return median(Array.from({ length: rounds }, (_, seed) => timed(() => trace(snapshot, parsed.probe, seed))));
}
