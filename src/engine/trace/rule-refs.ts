import { type NodeRules, type PrintedRule, printedRules } from '../kernel/node-rules.ts';
import type { RulePurpose } from '../kernel/rule-purpose.ts';
import type { RuleRef } from './trace.ts';

/** One chain of one node as a trace refers to it. */
export interface ChainRefs {
  readonly refs: readonly RuleRef[];
  readonly purposes: readonly RulePurpose[];
}

/** Kept with the rules: a chain that many Services share has thousands of them, and every trace names those it passed. */
const refsOfRules = new WeakMap<NodeRules, Map<string, ChainRefs>>();

/** References to all rules of a chain, in order. */
export function chainRefs(rules: NodeRules, table: string, chain: string): ChainRefs {
  const known = refsOfRules.get(rules) ?? new Map<string, ChainRefs>();
  refsOfRules.set(rules, known);
  const key = `${table} ${chain}`;
  const refs = known.get(key) ?? makeRefs(rules.node, table, chain, printedRules(rules, table, chain));
  known.set(key, refs);
  return refs;
}

function makeRefs(node: string, table: string, chain: string, printed: readonly PrintedRule[]): ChainRefs {
  // A rule written twice is told apart by counting: ids must not depend on positions, which change when other rules come.
  const seen = new Map<string, number>();
  const refs = printed.map(({ text, origins }, index): RuleRef => {
    const times = (seen.get(text) ?? 0) + 1;
    seen.set(text, times);
    const id = `${node} ${table} ${text}${times === 1 ? '' : ` #${times}`}`;
    return { id, node, table, chain, position: index + 1, text, origins };
  });
  return { refs, purposes: printed.map((rule) => rule.purpose) };
}
