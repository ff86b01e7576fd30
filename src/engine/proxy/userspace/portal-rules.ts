import { hostRange } from '../../api/cidr.ts';
import type { IPv4 } from '../../api/ipv4.ts';
import type { FieldOrigin } from '../../diagnostics/diagnostic.ts';
import { writeRule } from '../../kernel/iptables/print.ts';
import type { IptablesChain, IptablesMatch, IptablesRule, IptablesRuleFields } from '../../kernel/iptables/rule.ts';
import { ServiceOrigins } from '../service-origins.ts';
import type { ServicePort } from '../service-port.ts';

/** Chains of the userspace proxy: what came in by a device, and what the node's own processes send. */
export const chain = {
  container: 'KUBE-PORTALS-CONTAINER',
  host: 'KUBE-PORTALS-HOST',
  nodePortContainer: 'KUBE-NODEPORT-CONTAINER',
  nodePortHost: 'KUBE-NODEPORT-HOST',
  nonLocal: 'KUBE-NODEPORT-NON-LOCAL',
} as const;

export type ChainName = (typeof chain)[keyof typeof chain];

/** What one Service port adds to each chain. */
export type PortalRules = Readonly<Partial<Record<ChainName, readonly IptablesRule[]>>>;

/** A Service port and the port of the process that answers for it. */
interface Portal {
  readonly port: ServicePort;
  readonly relayPort: number;
  readonly nodeIP: IPv4;
}

/**
 * The rules that lead a Service port's traffic to the proxy's own port: REDIRECT for what comes in, DNAT to the node's address for what the node sends
 * itself. Neither chooses an endpoint.
 *
 * Models: kube-proxy pkg/proxy/userspace/proxier.go openPortal and openNodePort, v1.25.
 */
export function portalRules(portal: Portal): PortalRules {
  const { port, relayPort } = portal;
  const origins = new ServiceOrigins(port);
  const addresses = [
    { address: port.clusterIP, isExternal: false, origins: origins.clusterIP },
    ...port.externalIPs.map(({ address, path }) => ({ address, isExternal: true, origins: origins.address(path) })),
    ...port.loadBalancerVIPs.map(({ address, path }) => ({ address, isExternal: false, origins: origins.address(path) })),
  ];
  const rules = addresses.map((address) => addressRules(portal, address));
  const toNodePort = { port: port.nodePort, origins: origins.nodePort };
  const opened: IptablesMatch = { kind: 'state', state: 'NEW' };
  const nodePort: PortalRules =
    port.nodePort === 0
      ? {}
      : {
          [chain.nodePortContainer]: [redirect(portal, chain.nodePortContainer, toNodePort)],
          [chain.nodePortHost]: [translate(portal, chain.nodePortHost, toNodePort)],
          [chain.nonLocal]: [
            writeRule(chain.nonLocal, {
              ...common(portal, { port: relayPort, origins: origins.nodePort }, [opened]),
              purpose: 'forward',
              target: { kind: 'accept' },
            }),
          ],
        };
  return {
    ...nodePort,
    [chain.container]: rules.flatMap((each) => each[chain.container] ?? []),
    [chain.host]: rules.flatMap((each) => each[chain.host] ?? []),
  };
}

/** An external address is taken for the Service's unless it is the node's own and something else came in by a bridge with it. */
function addressRules(
  portal: Portal,
  { address, isExternal, origins }: { readonly address: IPv4; readonly isExternal: boolean; readonly origins: readonly FieldOrigin[] },
): PortalRules {
  const to = { port: portal.port.port, address, origins };
  if (!isExternal) {
    return { [chain.container]: [redirect(portal, chain.container, to)], [chain.host]: [translate(portal, chain.host, to)] };
  }
  const isLocal: IptablesMatch = { kind: 'addrtype', end: 'destination', type: 'LOCAL' };
  return {
    [chain.container]: [
      redirect(portal, chain.container, to, [{ kind: 'not-from-bridge' }]),
      redirect(portal, chain.container, to, [isLocal]),
    ],
    [chain.host]: [translate(portal, chain.host, to, [isLocal])],
  };
}

interface Destination {
  readonly address?: IPv4;
  readonly port: number;
  readonly origins: readonly FieldOrigin[];
}

function redirect(portal: Portal, into: ChainName, to: Destination, more: readonly IptablesMatch[] = []): IptablesRule {
  return writeRule(into, { ...common(portal, to, more), purpose: 'relay', target: { kind: 'redirect', port: portal.relayPort } });
}

function translate(portal: Portal, into: ChainName, to: Destination, more: readonly IptablesMatch[] = []): IptablesRule {
  const target = { kind: 'dnat', address: portal.nodeIP, port: portal.relayPort } as const;
  return writeRule(into, { ...common(portal, to, more), purpose: 'relay', target });
}

function common({ port: { name, protocol } }: Portal, { address, port, origins }: Destination, more: readonly IptablesMatch[]) {
  const matches: readonly IptablesMatch[] = [{ kind: 'comment', text: name }, { kind: 'port', protocol, destinationPort: port }, ...more];
  const destination = address === undefined ? {} : { destination: { range: hostRange(address), negated: false } };
  return { ...destination, protocol, matches, origins };
}

function entry(into: string, to: ChainName, words: string, ...before: readonly IptablesMatch[]): IptablesRule {
  const fields: IptablesRuleFields = {
    purpose: 'entry',
    matches: [...before, { kind: 'comment', text: words }],
    target: { kind: 'jump', chain: to },
    origins: [],
  };
  return writeRule(into, fields);
}

const portalWords = 'handle ClusterIPs; NOTE: this must be before the NodePort rules';
const nodePortWords = 'handle service NodePorts; NOTE: this must be the last rule in the chain';
const toThisHost: IptablesMatch = { kind: 'addrtype', end: 'destination', type: 'LOCAL' };

function builtIn(name: string, rules: readonly IptablesRule[] = []): IptablesChain {
  return { name, policy: 'accept', rules };
}

export const mangleHooks: readonly IptablesChain[] = ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'].map((name) =>
  builtIn(name),
);

export const filterHooks: readonly IptablesChain[] = [
  builtIn('INPUT', [entry('INPUT', chain.nonLocal, 'Ensure that non-local NodePort traffic can flow')]),
  builtIn('FORWARD'),
  builtIn('OUTPUT'),
];

export const natHooks: readonly IptablesChain[] = [
  builtIn('PREROUTING', [
    entry('PREROUTING', chain.container, portalWords),
    entry('PREROUTING', chain.nodePortContainer, nodePortWords, toThisHost),
  ]),
  builtIn('INPUT'),
  builtIn('OUTPUT', [entry('OUTPUT', chain.host, portalWords), entry('OUTPUT', chain.nodePortHost, nodePortWords, toThisHost)]),
  builtIn('POSTROUTING'),
];
