import type { ObservedQuestion, Question } from '#sandbox/report.ts';
import { outcomeView } from '#views/outcome.ts';
import { outcomeWords } from '#words/ko.ts';

/** What a reader predicted: the words of a choice, or a number as typed. */
export type Answer = string;

/** Answers by question id. */
export type Answers = Readonly<Record<string, Answer>>;

export interface Comparison {
  readonly id: string;
  readonly label: string;
  readonly predicted?: string;
  readonly observed: string;
  /** `undefined` when nothing was predicted. */
  readonly right?: boolean;
}

const outcomes: readonly string[] = [outcomeWords.delivered, outcomeWords.refused, outcomeWords.silent];

/** The texts a reader may choose from; `undefined` where a number is asked for. */
export function choicesOf(question: Question): readonly string[] | undefined {
  switch (question.kind) {
    case 'choice':
      return question.choices;
    case 'outcome':
      return outcomes;
    case 'number':
      return undefined;
  }
}

export function isAnswer(question: Question, answer: Answer | undefined): boolean {
  if (answer === undefined || answer.trim() === '') return false;
  if (question.kind !== 'number') return choicesOf(question)?.includes(answer) === true;
  const number = Number(answer);
  return Number.isFinite(number) && number >= question.min && number <= question.max;
}

export function allAnswered(questions: readonly Question[], answers: Answers): boolean {
  return questions.every((question) => isAnswer(question, answers[question.id]));
}

/** Predictions beside what happened, in the order of the questions. Questions never observed are left out. */
export function compare(questions: readonly ObservedQuestion[], answers: Answers): readonly Comparison[] {
  return questions.flatMap(({ question, observation, label }): Comparison[] => {
    if (observation === undefined) return [];
    const predicted = isAnswer(question, answers[question.id]) ? answers[question.id] : undefined;
    const observed = observation.kind === 'outcome' ? outcomeView(observation.value).word : String(observation.value);
    const row = { id: question.id, label: label ?? question.text, observed };
    if (predicted === undefined) return [row];
    const right =
      question.kind === 'number' && observation.kind === 'number'
        ? Math.abs(Number(predicted) - observation.value) <= question.tolerance
        : predicted === observed;
    return [{ ...row, predicted, right }];
  });
}
