import type { FieldOrigin, RuleRef, Trace } from '#engine';
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
  /** True for rules that say nothing about this journey: other Services' rules, and chains every packet crosses. Folded at first. */
  readonly aside: boolean;
}

export interface NodeRulesView {
  readonly node: string;
  readonly rows: readonly RuleRow[];
}

/** All rules of one chain in order; {@link listChain} of the snapshot the trace was made in. */
export type ChainOf = (node: string, table: string, chain: string) => readonly RuleRef[];

/** The rules of the nodes a trace met, node by node and chain by chain in the order of the journey; chains it never entered are left out. */
export function rulesView(trace: Trace, chainOf: ChainOf): readonly NodeRulesView[] {
  const deciding = new Set(trace.steps.flatMap((step) => (step.rule === undefined ? [] : [step.rule.id])));
  const services = new Set(trace.steps.flatMap((step) => step.rule?.origins.map(objectKey) ?? []));
  // A jump matters when the chain it leads to is about the Service: the walk of a step whose rule has origins.
  for (const step of trace.steps)
    if (step.rule !== undefined && step.rule.origins.length > 0) for (const rule of step.walked) deciding.add(rule.id);
  const met = new Map<string, { readonly state: RuleState; readonly stepIndex: number }>();
  const entered = new Map<string, Map<string, RuleRef>>();
  for (const step of trace.steps) {
    const hits = [...step.walked, ...(step.rule === undefined ? [] : [step.rule])].map((rule) => ({ rule, hit: true }));
    // Chains are entered in the order of the rules looked at; within a step only positions and jumps tell it.
    for (const { rule, hit } of [...hits, ...step.passed.map((each) => ({ rule: each, hit: false }))]) {
      // A rule that matched once keeps the step it first matched at, whatever happens to it later on the journey.
      if (met.get(rule.id)?.state.kind !== 'hit') {
        met.set(rule.id, { state: hit ? { kind: 'hit', step: step.index + 1 } : { kind: 'passed' }, stepIndex: step.index });
      }
      const chains = entered.get(rule.node) ?? new Map<string, RuleRef>();
      entered.set(rule.node, chains);
      const key = `${rule.table} ${rule.chain}`;
      if (!chains.has(key)) chains.set(key, rule);
    }
  }
  return [...entered].map(([node, chains]) => ({
    node,
    rows: [...chains.values()].flatMap(({ table, chain }) =>
      chainOf(node, table, chain).map((rule, index): RuleRow => {
        const state = met.get(rule.id);
        return {
          id: rule.id,
          chain,
          words: ruleWords(rule.text),
          state: state?.state ?? { kind: 'unseen' },
          ...(state === undefined ? {} : { stepIndex: state.stepIndex }),
          startsChain: index === 0,
          aside: !deciding.has(rule.id) && !rule.origins.some((origin) => services.has(objectKey(origin))),
        };
      }),
    ),
  }));
}

function objectKey({ object }: FieldOrigin): string {
  return `${object.kind}/${object.namespace ?? ''}/${object.name}`;
}
