import { describe, expect, test } from 'vitest';
import { ipv4 } from '../api/ipv4.ts';
import type { NetworkPolicy } from '../api/network-policy.ts';
import type { Pod } from '../api/pod.ts';
import type { PacketProtocol } from '../api/protocol.ts';
import { judgeConnection, type PolicyVerdict } from './judge-connection.ts';
import { policyWorld } from './policy-world.ts';

type Spec = Partial<NetworkPolicy['spec']>;

/** `namespace/name` → address, node and labels; `db` declares 5432/TCP and 5432/UDP under two names. */
const pods: Readonly<Record<string, { readonly address: string; readonly node: string; readonly app?: string; readonly host?: true }>> = {
  'shop/web': { address: '10.244.1.1', node: 'one', app: 'web' },
  'shop/batch': { address: '10.244.1.2', node: 'one', app: 'batch' },
  'shop/db': { address: '10.244.2.1', node: 'two', app: 'db' },
  'ops/web': { address: '10.244.2.2', node: 'two', app: 'web' },
  'ops/agent': { address: '192.168.0.1', node: 'one', app: 'web', host: true },
};

const places: Readonly<Record<string, string>> = { 'node one': '192.168.0.1', 'node two': '192.168.0.2', outside: '203.0.113.9' };

const ports = [
  { name: 'sql', containerPort: 5432, protocol: 'TCP' as const },
  { name: 'gossip', containerPort: 5432, protocol: 'UDP' as const },
];

function pod([key, { address, node, app, host = false }]: readonly [string, (typeof pods)[string]]): Pod {
  const [namespace = '', name = ''] = key.split('/');
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, ...(app === undefined ? {} : { labels: { app } }) },
    spec: { nodeName: node, hostNetwork: host, containers: [{ name: 'c', image: 'app:1', ...(name === 'db' ? { ports } : {}) }] },
    status: { phase: 'Running', podIP: ipv4(address) },
  };
}

function policy(name: string, spec: Spec, namespace = 'shop'): NetworkPolicy {
  const metadata = { name, namespace };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata,
    spec: { podSelector: {}, policyTypes: ['Ingress'], ...spec },
  };
}

function verdicts(policies: readonly NetworkPolicy[], from: string, to: string, port: number | undefined, protocol: PacketProtocol) {
  const world = policyWorld({
    policies,
    pods: Object.entries(pods).map(pod),
    namespaces: ['shop', 'ops'].map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { team: name } } })),
    nodes: ['one', 'two'].map((name) => ({ name, addresses: [ipv4(places[`node ${name}`] ?? '')] })),
  });
  const addressOf = (end: string) => ipv4(pods[end]?.address ?? places[end] ?? '');
  const destinationPort = port === undefined ? {} : { destinationPort: port };
  return judgeConnection(world, { source: addressOf(from), destination: addressOf(to), protocol, ...destinationPort });
}

/** A verdict in one line: `+` open, `-` closed, and why. */
function inWords({ allowed, reason }: PolicyVerdict): string {
  if (reason.kind !== 'allowed') return `${allowed ? '+' : '-'} ${reason.kind}`;
  const fields = [reason.peer, reason.port].flatMap((origin) =>
    origin === undefined ? [] : [origin.path.replace(`${reason.rule.path}.`, '')],
  );
  return `+ ${[`${reason.rule.object.name} ${reason.rule.path}`, ...fields].join(' ')}`;
}

interface Row {
  readonly name: string;
  readonly policies: readonly NetworkPolicy[];
  readonly from: string;
  readonly to: string;
  readonly port?: number;
  readonly protocol?: PacketProtocol;
  /** Absent: the sender is a Pod that nothing isolates. */
  readonly egress?: string;
  readonly ingress: string;
}

const toDb: Spec = { podSelector: { matchLabels: { app: 'db' } } };
const fromWeb = { podSelector: { matchLabels: { app: 'web' } } };
const fromOps = { namespaceSelector: { matchLabels: { team: 'ops' } } };
const deny = policy('deny', { policyTypes: ['Ingress', 'Egress'] });
const dbFrom = (...from: readonly object[]) => [policy('db', { ...toDb, ingress: [{ from }] })];
const dbPorts = (...items: readonly object[]) => [
  policy('db', { ...toDb, ingress: [{ ports: items.map((item) => ({ protocol: 'TCP', ...item })) }] }),
];
const egress = (...rules: NonNullable<Spec['egress']>) => [policy('out', { policyTypes: ['Egress'], egress: rules })];

const rows: readonly Row[] = [
  { name: 'nothing selects the Pod', policies: [], from: 'shop/batch', to: 'shop/db', ingress: '+ not-isolated' },
  {
    name: 'another namespace is not concerned',
    policies: [policy('x', {}, 'ops')],
    from: 'shop/web',
    to: 'shop/db',
    ingress: '+ not-isolated',
  },
  { name: 'no rule at all', policies: [deny], from: 'shop/web', to: 'shop/db', egress: '- isolated', ingress: '- isolated' },
  {
    name: 'an empty rule is any peer and any port',
    policies: [policy('db', { ...toDb, ingress: [{}] })],
    from: 'outside',
    to: 'shop/db',
    egress: '+ no-pod',
    ingress: '+ db spec.ingress[0]',
  },
  {
    name: 'an empty list of peers is any peer',
    policies: [policy('db', { ...toDb, ingress: [{ from: [], ports: [] }] })],
    from: 'ops/web',
    to: 'shop/db',
    ingress: '+ db spec.ingress[0]',
  },
  { name: 'a Pod by label', policies: dbFrom(fromWeb), from: 'shop/web', to: 'shop/db', ingress: '+ db spec.ingress[0] from[0]' },
  { name: 'a label means the own namespace', policies: dbFrom(fromWeb), from: 'ops/web', to: 'shop/db', ingress: '- isolated' },
  {
    name: 'two items are either',
    policies: dbFrom(fromWeb, fromOps),
    from: 'ops/web',
    to: 'shop/db',
    ingress: '+ db spec.ingress[0] from[1]',
  },
  {
    name: 'one item with both is both',
    policies: dbFrom({ ...fromOps, podSelector: { matchLabels: { app: 'batch' } } }),
    from: 'ops/web',
    to: 'shop/db',
    ingress: '- isolated',
  },
  {
    name: 'an empty namespace selector is everywhere',
    policies: dbFrom({ namespaceSelector: {} }),
    from: 'ops/web',
    to: 'shop/db',
    ingress: '+ db spec.ingress[0] from[0]',
  },
  {
    name: 'selectors never mean outside',
    policies: dbFrom({ namespaceSelector: {} }),
    from: 'outside',
    to: 'shop/db',
    egress: '+ no-pod',
    ingress: '- isolated',
  },
  {
    name: 'a host network Pod is its node, not its labels',
    policies: dbFrom({ namespaceSelector: {}, podSelector: {} }),
    from: 'ops/agent',
    to: 'shop/db',
    egress: '+ no-pod',
    ingress: '- isolated',
  },
  {
    name: 'a range',
    policies: dbFrom({ ipBlock: { cidr: '203.0.113.0/24' } }),
    from: 'outside',
    to: 'shop/db',
    egress: '+ no-pod',
    ingress: '+ db spec.ingress[0] from[0]',
  },
  {
    name: 'a range with a hole',
    policies: dbFrom({ ipBlock: { cidr: '203.0.113.0/24', except: ['203.0.113.8/29'] } }),
    from: 'outside',
    to: 'shop/db',
    egress: '+ no-pod',
    ingress: '- isolated',
  },
  {
    name: 'a hole in one range is no hole in another',
    policies: dbFrom({ ipBlock: { cidr: '203.0.113.0/24', except: ['203.0.113.8/29'] } }, { ipBlock: { cidr: '0.0.0.0/0' } }),
    from: 'outside',
    to: 'shop/db',
    egress: '+ no-pod',
    ingress: '+ db spec.ingress[0] from[1]',
  },
  {
    name: "a range holds Pods' addresses too",
    policies: dbFrom({ ipBlock: { cidr: '10.244.1.0/24' } }),
    from: 'shop/batch',
    to: 'shop/db',
    ingress: '+ db spec.ingress[0] from[0]',
  },
  { name: "the Pod's own node", policies: [deny], from: 'node two', to: 'shop/db', egress: '+ no-pod', ingress: '+ own-node' },
  { name: 'another node', policies: [deny], from: 'node one', to: 'shop/db', egress: '+ no-pod', ingress: '- isolated' },
  { name: 'to its own node', policies: [deny], from: 'shop/db', to: 'node two', egress: '+ own-node', ingress: '+ no-pod' },
  { name: 'to itself', policies: [deny], from: 'shop/db', to: 'shop/db', egress: '+ itself', ingress: '+ itself' },
  { name: 'another port', policies: dbPorts({ port: 80 }), from: 'shop/web', to: 'shop/db', ingress: '- isolated' },
  {
    name: 'the second port',
    policies: dbPorts({ port: 80 }, { port: 5432 }),
    from: 'shop/web',
    to: 'shop/db',
    ingress: '+ db spec.ingress[0] ports[1]',
  },
  {
    name: 'a range of ports',
    policies: dbPorts({ port: 5000, endPort: 5432 }),
    from: 'shop/web',
    to: 'shop/db',
    ingress: '+ db spec.ingress[0] ports[0]',
  },
  {
    name: 'a range of ports that ends before',
    policies: dbPorts({ port: 5000, endPort: 5431 }),
    from: 'shop/web',
    to: 'shop/db',
    ingress: '- isolated',
  },
  { name: 'another protocol', policies: dbPorts({}), from: 'shop/web', to: 'shop/db', protocol: 'UDP', ingress: '- isolated' },
  {
    name: 'SCTP',
    policies: dbPorts({ protocol: 'SCTP', port: 5432 }),
    from: 'shop/web',
    to: 'shop/db',
    protocol: 'SCTP',
    ingress: '+ db spec.ingress[0] ports[0]',
  },
  { name: 'a port by name', policies: dbPorts({ port: 'sql' }), from: 'shop/web', to: 'shop/db', ingress: '+ db spec.ingress[0] ports[0]' },
  {
    name: 'a name counts with its protocol',
    policies: dbPorts({ port: 'gossip' }),
    from: 'shop/web',
    to: 'shop/db',
    ingress: '- isolated',
  },
  {
    name: 'a name of the Pod that is called',
    policies: egress({ ports: [{ protocol: 'TCP', port: 'sql' }] }),
    from: 'shop/web',
    to: 'shop/db',
    egress: '+ out spec.egress[0] ports[0]',
    ingress: '+ not-isolated',
  },
  {
    name: 'outside has no names',
    policies: egress({ ports: [{ protocol: 'TCP', port: 'sql' }] }),
    from: 'shop/web',
    to: 'outside',
    egress: '- isolated',
    ingress: '+ no-pod',
  },
  {
    name: 'ping, where the rule names no port',
    policies: dbFrom(fromWeb),
    from: 'shop/web',
    to: 'shop/db',
    protocol: 'ICMP',
    ingress: '+ db spec.ingress[0] from[0]',
  },
  {
    name: 'ping, where the rule names a port',
    policies: dbPorts({ port: 5432 }),
    from: 'shop/web',
    to: 'shop/db',
    protocol: 'ICMP',
    ingress: '- isolated',
  },
  {
    name: 'rules of a direction that policyTypes leaves out',
    policies: [policy('x', { policyTypes: ['Egress'], ingress: [], egress: [{}] })],
    from: 'ops/web',
    to: 'shop/db',
    ingress: '+ not-isolated',
  },
  {
    name: 'policies add up',
    policies: [deny, ...dbFrom(fromWeb), ...egress({ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }] })],
    from: 'shop/web',
    to: 'shop/db',
    egress: '+ out spec.egress[0] to[0]',
    ingress: '+ db spec.ingress[0] from[0]',
  },
];

describe('judgeConnection', () => {
  test.each(rows)('$name', ({ policies, from, to, port = 5432, protocol = 'TCP', egress = '+ not-isolated', ingress }) => {
    const verdict = verdicts(policies, from, to, protocol === 'ICMP' ? undefined : port, protocol);
    expect({ egress: inWords(verdict.egress), ingress: inWords(verdict.ingress) }).toEqual({ egress, ingress });
    expect(verdict.allowed).toBe(egress.startsWith('+') && ingress.startsWith('+'));
  });

  test('names every policy that isolates, by its selector', () => {
    const { ingress } = verdicts([deny, ...dbFrom(fromWeb)], 'shop/batch', 'shop/db', 5432, 'TCP');
    expect(ingress.pod).toBe('shop/db');
    expect(ingress.isolating.map(({ object, path }) => `${object.namespace}/${object.name} ${path}`)).toEqual([
      'shop/db spec.podSelector',
      'shop/deny spec.podSelector',
    ]);
  });
});
