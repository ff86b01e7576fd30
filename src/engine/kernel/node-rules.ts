import type { ListenSpec } from '../api/cluster-spec.ts';
import type { FieldOrigin } from '../diagnostics/diagnostic.ts';
import { EngineBug } from '../diagnostics/engine-bug.ts';
import type { Hook } from './hook.ts';
import { evaluateTable, findChain } from './iptables/evaluate.ts';
import { printTable } from './iptables/print.ts';
import type { IptablesTable, IptablesTableName } from './iptables/rule.ts';
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

export type NodeRules = IptablesRules;

/** A rule as people look at it. */
export interface PrintedRule {
  readonly text: string;
  readonly purpose: RulePurpose;
  readonly origins: readonly FieldOrigin[];
}

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
      return iptablesStages[hook];
  }
}

export function runStage(rules: NodeRules, stage: Stage, input: StageInput): StageOutcome {
  switch (rules.backend) {
    case 'iptables':
      return evaluateTable(iptablesTable(rules, stage.table), stage.chain, input);
  }
}

/** All rules of one chain in order, as printed; none when there is no such chain. */
export function printedRules(rules: NodeRules, table: string, chainName: string): readonly PrintedRule[] {
  switch (rules.backend) {
    case 'iptables':
      return findChain(iptablesTable(rules, table), chainName)?.rules ?? [];
  }
}

/** Everything loaded in the node's kernel, as the mode's own tool prints it (`iptables-save`). */
export function printRules(rules: NodeRules): string[] {
  switch (rules.backend) {
    case 'iptables':
      return [...printTable(rules.tables.mangle), ...printTable(rules.tables.filter), ...printTable(rules.tables.nat)];
  }
}

function iptablesTable(rules: IptablesRules, name: string): IptablesTable {
  if (name === 'mangle' || name === 'filter' || name === 'nat') return rules.tables[name];
  throw new EngineBug(`there is no iptables table ${name}`);
}
