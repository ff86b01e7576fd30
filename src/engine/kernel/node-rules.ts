import type { ListenSpec } from '../api/cluster-spec.ts';
import type { FieldOrigin } from '../diagnostics/diagnostic.ts';
import { EngineBug } from '../diagnostics/engine-bug.ts';
import type { Hook } from './hook.ts';
import { evaluateTable, findChain } from './iptables/evaluate.ts';
import { printTable } from './iptables/print.ts';
import type { IptablesTable, IptablesTableName } from './iptables/rule.ts';
import { evaluateIpvs, ipvsTable, virtualServersChain } from './ipvs/evaluate.ts';
import { type IpvsTables, printIpvs, printRealServer, printVirtualServer } from './ipvs/print.ts';
import { findVirtualServer } from './ipvs/virtual-server.ts';
import { evaluateNftChain, findNftChain, findNftSet } from './nftables/evaluate.ts';
import { printNftTable } from './nftables/print.ts';
import type { NftTable } from './nftables/rule.ts';
import type { RelaySocket } from './relay/relay-socket.ts';
import type { RulePurpose } from './rule-purpose.ts';
import type { Stage, StageInput, StageOutcome } from './stage.ts';

/** All that a proxy put on one node: rules in the kernel, and sockets of its own process. */
export interface IptablesRules {
  readonly backend: 'iptables';
  readonly node: string;
  readonly tables: Readonly<Record<IptablesTableName, IptablesTable>>;
  /** What the proxy's process itself listens on at the node's addresses: health check node ports. */
  readonly listeners: readonly ListenSpec[];
}

/** One table holds everything, verdict maps do most of the work. */
export interface NftablesRules {
  readonly backend: 'nftables';
  readonly node: string;
  readonly table: NftTable;
  readonly listeners: readonly ListenSpec[];
}

/** Virtual servers do the choosing; iptables rules, which ask ipsets, do what is left. */
export interface IpvsRules extends IpvsTables {
  readonly backend: 'ipvs';
  readonly node: string;
  readonly listeners: readonly ListenSpec[];
}

/** iptables rules lead every connection to a process, which chooses and carries the bytes itself. */
export interface UserspaceRules {
  readonly backend: 'userspace';
  readonly node: string;
  readonly tables: Readonly<Record<IptablesTableName, IptablesTable>>;
  readonly listeners: readonly ListenSpec[];
  /** In the order of the Services. */
  readonly relays: readonly RelaySocket[];
}

export type NodeRules = IptablesRules | NftablesRules | IpvsRules | UserspaceRules;

/** A rule as people look at it. */
export interface PrintedRule {
  readonly text: string;
  readonly purpose: RulePurpose;
  readonly origins: readonly FieldOrigin[];
}

/** IPVS stands behind the filter rules of `input`, and before those of `output`. */
const ipvsStages: Pick<Record<Hook, readonly Stage[]>, 'input' | 'output'> = {
  input: [
    { kind: 'filter', table: 'filter', chain: 'INPUT' },
    { kind: 'ipvs', table: ipvsTable, chain: virtualServersChain },
    { kind: 'nat', table: 'nat', chain: 'INPUT' },
  ],
  output: [
    { kind: 'nat', table: 'nat', chain: 'OUTPUT' },
    { kind: 'ipvs', table: ipvsTable, chain: virtualServersChain },
    { kind: 'filter', table: 'filter', chain: 'OUTPUT' },
  ],
};

/**
 * The tables a hook runs, in order of priority. `mangle` holds no rule in any mode of kube-proxy (only a canary chain), so it is left out.
 *
 * Models: Linux `enum nf_ip_hook_priorities`: mangle, then nat's destination side, then filter, then nat's source side.
 */
const iptablesStages: Readonly<Record<Hook, readonly Stage[]>> = {
  prerouting: [{ kind: 'nat', table: 'nat', chain: 'PREROUTING' }],
  input: [
    { kind: 'filter', table: 'filter', chain: 'INPUT' },
    { kind: 'nat', table: 'nat', chain: 'INPUT' },
  ],
  forward: [{ kind: 'filter', table: 'filter', chain: 'FORWARD' }],
  output: [
    { kind: 'nat', table: 'nat', chain: 'OUTPUT' },
    { kind: 'filter', table: 'filter', chain: 'OUTPUT' },
  ],
  postrouting: [{ kind: 'nat', table: 'nat', chain: 'POSTROUTING' }],
};

/** What a hook runs, in order. */
export function stagesAt(rules: NodeRules, hook: Hook): readonly Stage[] {
  switch (rules.backend) {
    case 'iptables':
    case 'userspace':
      return iptablesStages[hook];
    case 'nftables':
      return nftablesStages(rules.table)[hook];
    case 'ipvs':
      return hook === 'input' || hook === 'output' ? ipvsStages[hook] : iptablesStages[hook];
  }
}

export function runStage(rules: NodeRules, stage: Stage, input: StageInput): StageOutcome {
  switch (rules.backend) {
    case 'iptables':
    case 'userspace':
      return evaluateTable(iptablesTable(rules, stage.table), stage.chain, input);
    case 'nftables':
      return evaluateNftChain(rules.table, stage.chain, input);
    case 'ipvs':
      if (stage.kind === 'ipvs') return evaluateIpvs(rules, input);
      return evaluateTable(ipvsIptablesTable(rules, stage.table), stage.chain, input, rules.ipSets);
  }
}

/**
 * All rules of one chain in order, as printed; none when there is no such chain. In nftables mode the elements of a set or map are
 * listed as those of a chain `@name`; in IPVS mode the table `ipvs` lists virtual servers, and each one's real servers under its key.
 */
export function printedRules(rules: NodeRules, table: string, chainName: string): readonly PrintedRule[] {
  switch (rules.backend) {
    case 'iptables':
    case 'userspace':
      return findChain(iptablesTable(rules, table), chainName)?.rules ?? [];
    case 'nftables':
      return findNftChain(rules.table, chainName)?.rules ?? findNftSet(rules.table, chainName.slice(1))?.elements ?? [];
    case 'ipvs':
      if (table === ipvsTable) return listServers(rules, chainName);
      return findChain(ipvsIptablesTable(rules, table), chainName)?.rules ?? [];
  }
}

/** Everything loaded in the node's kernel, as the mode's own tool prints it (`iptables-save`, `nft list table`). */
export function printRules(rules: NodeRules): string[] {
  switch (rules.backend) {
    case 'iptables':
    case 'userspace':
      return [...printTable(rules.tables.mangle), ...printTable(rules.tables.filter), ...printTable(rules.tables.nat)];
    case 'nftables':
      return printNftTable(rules.table);
    case 'ipvs':
      return printIpvs(rules);
  }
}

const stagesOfTables = new WeakMap<NftTable, Readonly<Record<Hook, readonly Stage[]>>>();

/** The table's base chains, by hook and priority. */
function nftablesStages(table: NftTable): Readonly<Record<Hook, readonly Stage[]>> {
  const known = stagesOfTables.get(table);
  if (known !== undefined) return known;
  const at = (hook: Hook): readonly Stage[] =>
    table.chains
      .flatMap((chain) => (chain.hook?.hook === hook ? [{ chain: chain.name, hook: chain.hook }] : []))
      .sort((one, other) => one.hook.priority - other.hook.priority)
      .map(({ chain, hook: { type } }) => ({ kind: type, table: table.name, chain }));
  const stages = {
    prerouting: at('prerouting'),
    input: at('input'),
    forward: at('forward'),
    output: at('output'),
    postrouting: at('postrouting'),
  };
  stagesOfTables.set(table, stages);
  return stages;
}

function iptablesTable(rules: IptablesRules | UserspaceRules, name: string): IptablesTable {
  if (name === 'mangle' || name === 'filter' || name === 'nat') return rules.tables[name];
  throw new EngineBug(`there is no iptables table ${name}`);
}

function ipvsIptablesTable(rules: IpvsRules, name: string): IptablesTable {
  if (name === 'filter' || name === 'nat') return rules.tables[name];
  throw new EngineBug(`there is no iptables table ${name} in IPVS mode`);
}

/** The kernel keeps servers, not rules; they are printed as `ipvsadm-save` does. */
function listServers({ virtualServers }: IpvsRules, chainName: string): readonly PrintedRule[] {
  if (chainName === virtualServersChain) {
    return virtualServers.map((server) => {
      const kind = server.isNodePort ? 'node-port' : 'service-address';
      return {
        text: printVirtualServer(server),
        purpose: server.realServers.length === 0 ? 'no-endpoints' : kind,
        origins: server.origins,
      };
    });
  }
  const server = virtualServers[findVirtualServer(virtualServers, chainName)];
  return (server?.realServers ?? []).flatMap((real): PrintedRule[] =>
    server === undefined ? [] : [{ text: printRealServer(server, real), purpose: 'scheduled-pick', origins: real.origins }],
  );
}
