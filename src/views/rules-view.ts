import type { RuleRef, Trace } from '#engine/trace/trace.ts';
import { type RuleWord, ruleWords } from './rule-words.ts';

/** What the packet did with a rule: matched it at that step (from 1), looked at it in vain, or never came to it. */
export type RuleState = { readonly kind: 'hit'; readonly step: number } | { readonly kind: 'passed' } | { readonly kind: 'unseen' };

export interface RuleRow {
  readonly id: string;
  readonly chain: string;
  readonly words: readonly RuleWord[];
  readonly state: RuleState;
  /** Index of the step to choose with this rule; `undefined` for a rule no step met. */
  readonly stepIndex?: number;
  /** True for the first row of a chain. */
  readonly startsChain: boolean;
}

export interface NodeRulesView {
  readonly node: string;
  readonly rows: readonly RuleRow[];
}

/**
 * The rules of the nodes a trace met, node by node in the order of the journey, only of the chains it entered. `rules` holds every
 * rule of the cluster's nodes in printed order; rules a trace met but `rules` lacks are a mistake of the caller and left out.
 */
export function rulesView(trace: Trace, rules: readonly RuleRef[]): readonly NodeRulesView[] {
  const states = new Map<string, { state: RuleState; stepIndex: number }>();
  const chains = new Map<string, Set<string>>();
  for (const step of trace.steps) {
    for (const rule of step.passed) meet(rule, { kind: 'passed' }, step.index);
    for (const rule of step.walked) meet(rule, { kind: 'hit', step: step.index + 1 }, step.index);
    if (step.rule !== undefined) meet(step.rule, { kind: 'hit', step: step.index + 1 }, step.index);
  }

  function meet(rule: RuleRef, state: RuleState, stepIndex: number): void {
    // A rule that matched once keeps the step it first matched at, whatever happens to it later on the journey.
    if (states.get(rule.id)?.state.kind !== 'hit') states.set(rule.id, { state, stepIndex });
    const entered = chains.get(rule.node) ?? new Set<string>();
    entered.add(`${rule.table} ${rule.chain}`);
    chains.set(rule.node, entered);
  }

  return [...chains].map(([node, entered]) => {
    let chain = '';
    const rows = rules
      .filter((rule) => rule.node === node && entered.has(`${rule.table} ${rule.chain}`))
      .map((rule): RuleRow => {
        const met = states.get(rule.id);
        const startsChain = rule.chain !== chain;
        chain = rule.chain;
        return {
          id: rule.id,
          chain: rule.chain,
          words: ruleWords(rule.text),
          state: met?.state ?? { kind: 'unseen' },
          ...(met === undefined ? {} : { stepIndex: met.stepIndex }),
          startsChain,
        };
      });
    return { node, rows };
  });
}
