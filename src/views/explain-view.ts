import type { Decision, DifferenceExplanation, FieldDifference, JsonValue, Span, TraceEnd } from '#engine';
import { explainWords } from '#words/explain.ts';
import { fill } from '#words/fill.ts';
import { stepReasons } from '#words/ko.ts';
import { outcomeView } from './outcome.ts';

/** Why a request goes otherwise in one cluster than in another, in words. */
export interface ExplainView {
  readonly headline: string;
  /** What is to be said about the whole, besides. */
  readonly notes: readonly string[];
  readonly turns: readonly TurnView[];
  readonly others: readonly FieldView[];
}

export interface FieldView {
  readonly text: string;
  /** The line to look at: the new one, or the old one where the field is gone. */
  readonly place?: Span;
  readonly isGone: boolean;
}

export interface TurnView {
  readonly fields: readonly FieldView[];
  readonly before: DecisionView;
  readonly after: DecisionView;
  /** `거절 → 도착` */
  readonly result: string;
}

export interface DecisionView {
  readonly text: string;
  /** Index of the step in its trace; absent where the journey had ended, or no step differs. */
  readonly step?: number;
  /** The rule behind it, as printed. */
  readonly rule?: string;
}

export function explainView(explanation: DifferenceExplanation): ExplainView {
  switch (explanation.kind) {
    case 'same': {
      const { fields } = explanation;
      const note = fields.length === 0 ? explainWords.sameNoFields : fill(explainWords.sameFields, { count: fields.length });
      return { headline: explainWords.same, notes: [note], turns: [], others: fields.map(fieldView) };
    }
    case 'not-reproducible': {
      const { before, after, fields } = explanation;
      const turn = turnView([], before, after);
      return { headline: explainWords.notReproducible, notes: [], turns: [turn], others: fields.map(fieldView) };
    }
    case 'explained': {
      const { turns, others, level, minimal } = explanation;
      return {
        headline: fill(explainWords[level], { count: turns.length }),
        notes: minimal ? [] : [explainWords.notMinimal],
        turns: turns.map(({ fields, before, after }) => turnView(fields, before, after)),
        others: others.map(fieldView),
      };
    }
  }
}

function turnView(fields: readonly FieldDifference[], before: Decision, after: Decision): TurnView {
  const isNowhere = before.step === undefined && after.step === undefined;
  return {
    fields: fields.map(fieldView),
    before: decisionView(before, isNowhere),
    after: decisionView(after, isNowhere),
    result: resultText(before, after),
  };
}

function decisionView({ step, rule }: Decision, isNowhere: boolean): DecisionView {
  if (step === undefined) return { text: isNowhere ? explainWords.sameSteps : explainWords.notReached };
  const why = fill(stepReasons[step.reason.code], step.reason.args);
  const odds = step.odds === undefined ? '' : ` (${step.odds.numerator}/${step.odds.denominator})`;
  const text = fill(explainWords.step, { number: step.index + 1, place: step.place.name, why: why + odds });
  return { text, step: step.index, ...(rule === undefined ? {} : { rule: rule.text }) };
}

/** More ends than these are not told one by one. */
const mostEnds = 4;

function resultText(before: Decision, after: Decision): string {
  const [short, other] = [endsText(before, false), endsText(after, false)];
  return short === other ? `${endsText(before, true)} → ${endsText(after, true)}` : `${short} → ${other}`;
}

/** `거절`, or each possible end with its chance: `web-1 도착(50%), web-2 도착(50%)`. */
function endsText({ possible }: Decision, inFull: boolean): string {
  const chances = new Map<string, number>();
  for (const { end, probability } of possible) {
    const text = endText(end, inFull);
    chances.set(text, (chances.get(text) ?? 0) + probability);
  }
  const told = [...chances].slice(0, mostEnds).map(([outcome, chance]) => {
    return chances.size === 1 ? outcome : fill(explainWords.possible, { outcome, chance: `${Math.round(chance * 100)}%` });
  });
  return [...told, ...(chances.size > mostEnds ? ['…'] : [])].join(', ');
}

function endText(end: TraceEnd, inFull: boolean): string {
  const { word, detail } = outcomeView(end);
  if (end.kind === 'delivered') return `${end.to.name} ${word}`;
  return inFull ? fill(explainWords.ended, { outcome: word, detail }) : word;
}

function fieldView(difference: FieldDifference): FieldView {
  const { object, path, before, after, spanBefore, spanAfter } = difference;
  const isGone = after === undefined;
  const place = spanAfter ?? spanBefore;
  const name = object === undefined ? explainWords.world : fill(explainWords.object, { kind: object.kind, name: object.name });
  const whole = isGone ? explainWords.objectWent : explainWords.objectCame;
  const text =
    path === ''
      ? fill(whole, { object: name })
      : fill(explainWords.field, { object: name, path, before: valueText(before), after: valueText(after) });
  return { text, isGone, ...(place === undefined ? {} : { place }) };
}

function valueText(value: JsonValue | undefined): string {
  if (value === undefined) return explainWords.absent;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
