import {
  type FieldOrigin,
  type IPv4,
  type Packet,
  parseIPv4,
  type RuleRef,
  type Span,
  type Step,
  type StepReason,
  type Trace,
} from '#engine';
import type { Locate } from './trace-table.ts';

/**
 * A journey written by hand for tests of views: `client` asks `my-app-service`, meets one random choice and one DNAT, and gets its
 * answer back. It holds the contract of a trace, not the truth of a cluster.
 */

function ipv4(text: string): IPv4 {
  const address = parseIPv4(text);
  if (address === undefined) throw new TypeError(`not an address: ${text}`);
  return address;
}

const service = { apiVersion: 'v1', kind: 'Service', namespace: 'default', name: 'my-app-service' };

function origin(path: string): FieldOrigin {
  return { object: service, path };
}

const client = { kind: 'pod', namespace: 'default', name: 'client', node: 'node-1' } as const;
const node1 = { kind: 'node', name: 'node-1' } as const;
const coredns = { kind: 'pod', namespace: 'kube-system', name: 'coredns-1', node: 'node-3' } as const;
const web = { kind: 'pod', namespace: 'default', name: 'web-1', node: 'node-1' } as const;

function packet(source: string, sourcePort: number, destination: string, destinationPort: number): Packet {
  return { protocol: 'TCP', source: ipv4(source), sourcePort, destination: ipv4(destination), destinationPort, mark: 0 };
}

export const sent = packet('10.244.1.5', 41832, '10.96.1.100', 80);
export const translated = packet('10.244.1.5', 41832, '10.244.1.10', 8080);
const answered = packet('10.244.1.10', 8080, '10.244.1.5', 41832);
const restored = packet('10.96.1.100', 80, '10.244.1.5', 41832);

function rule(id: string, chain: string, position: number, text: string, ...paths: string[]): RuleRef {
  return { id, node: 'node-1', table: 'nat', chain, position, text, origins: paths.map(origin) };
}

export const portal = rule('r1', 'PREROUTING', 1, '-A PREROUTING -m comment --comment "kubernetes service portals" -j KUBE-SERVICES');
export const service80 = rule(
  'r2',
  'KUBE-SERVICES',
  1,
  '-A KUBE-SERVICES -d 10.96.1.100/32 -p tcp -m comment --comment "default/my-app-service cluster IP" -m tcp --dport 80 -j KUBE-SVC-A',
  'spec.ports[0].port',
  'spec.clusterIP',
);
export const masquerade = rule(
  'r3',
  'KUBE-SVC-A',
  1,
  '-A KUBE-SVC-A ! -s 10.244.0.0/16 -d 10.96.1.100/32 -p tcp -m tcp --dport 80 -j KUBE-MARK-MASQ',
);
export const pick = rule(
  'r4',
  'KUBE-SVC-A',
  2,
  '-A KUBE-SVC-A -m statistic --mode random --probability 0.33333333349 -j KUBE-SEP-1',
  'spec.selector',
);
export const other = rule('r5', 'KUBE-SVC-A', 3, '-A KUBE-SVC-A -j KUBE-SEP-2', 'spec.selector');
export const dnat = rule(
  'r6',
  'KUBE-SEP-1',
  1,
  '-A KUBE-SEP-1 -p tcp -m tcp -j DNAT --to-destination 10.244.1.10:8080',
  'spec.ports[0].targetPort',
);
const elsewhere = rule('r7', 'KUBE-SVC-B', 1, '-A KUBE-SVC-B -j KUBE-SEP-9');

export const rules: readonly RuleRef[] = [portal, service80, masquerade, pick, other, dnat, elsewhere];

const entry = { node: 'node-1', original: sent, reply: answered };

type Made = Omit<Step, 'index' | 'passed' | 'walked' | 'reason'> &
  Partial<Pick<Step, 'passed' | 'walked'>> & { readonly reason: StepReason };

const made: readonly Made[] = [
  {
    leg: 'dns',
    kind: 'dns.answer',
    place: coredns,
    before: packet('10.244.1.5', 38114, '10.96.0.10', 53),
    reason: { code: 'dns-answer-address', args: { name: 'my-app-service.default.svc.cluster.local', address: '10.96.1.100' } },
  },
  { leg: 'out', kind: 'send', place: client, after: sent, reason: { code: 'send-request', args: {} } },
  {
    leg: 'out',
    kind: 'rule.match',
    place: node1,
    hook: 'prerouting',
    before: sent,
    after: sent,
    walked: [portal],
    rule: service80,
    reason: { code: 'rule-service-portal', args: {} },
  },
  {
    leg: 'out',
    kind: 'lb.pick',
    place: node1,
    hook: 'prerouting',
    before: sent,
    after: sent,
    passed: [masquerade],
    rule: pick,
    odds: { numerator: 1, denominator: 3 },
    reason: { code: 'pick-endpoint', args: { count: 3 } },
  },
  {
    leg: 'out',
    kind: 'nat.dnat',
    place: node1,
    hook: 'prerouting',
    before: sent,
    after: translated,
    rule: dnat,
    conntrack: entry,
    reason: { code: 'dnat-to-endpoint', args: {} },
  },
  {
    leg: 'out',
    kind: 'pod.accept',
    place: web,
    before: translated,
    after: translated,
    reason: { code: 'deliver-to-pod', args: { port: 8080 } },
  },
  { leg: 'back', kind: 'reply', place: web, after: answered, reason: { code: 'send-request', args: {} } },
  {
    leg: 'back',
    kind: 'nat.reverse',
    place: node1,
    before: answered,
    after: restored,
    conntrack: entry,
    reason: { code: 'send-request', args: {} },
  },
];

export const fixtureTrace: Trace = {
  probe: {
    from: { kind: 'pod', namespace: 'default', name: 'client' },
    protocol: 'TCP',
    host: 'my-app-service',
    port: 80,
    http: { method: 'GET', path: '/' },
  },
  seed: 7,
  steps: made.map((step, index) => ({ passed: [], walked: [], ...step, index })),
  end: { kind: 'delivered', step: 5, to: web, sourceSeen: ipv4('10.244.1.5'), httpStatus: 200 },
  conntrack: [entry],
  rulesWalked: 5,
};

function span(line: number): Span {
  return { file: 'service.yaml', start: { offset: 0, line, column: 1 }, end: { offset: 1, line, column: 2 } };
}

const yaml: Readonly<Record<string, number>> = { 'spec.ports[0].port': 9, 'spec.ports[0].targetPort': 10, 'spec.selector': 6 };

export const locate: Locate = ({ path }) => {
  const line = yaml[path];
  return line === undefined ? undefined : { key: span(line), value: span(line) };
};
