import { describe, expect, test } from 'vitest';
import { compareAdmission } from '../compare/admission.ts';
import { compareFuzz } from '../compare/fuzz.ts';
import { comparePolicies } from '../compare/policies.ts';
import { compareScenarios } from '../compare/scenarios.ts';
import { countLines, Score } from '../compare/score.ts';
import agreed from './agreement.json' with { type: 'json' };
import { damagedAnswers } from './damaged-answers.ts';

/** `agreement.json` is what the recordings' compare.py counted on the same damaged answers, group by group. */
describe('our comparer counts as compare.py does', () => {
  test('admission', () => {
    const score = new Score({ byGroup: true });
    const { records, answers } = damagedAnswers('admission');
    compareAdmission(records, answers, score);
    expect(countLines(score.verdicts)).toEqual(agreed.admission);
  });

  test('fuzz', () => {
    const score = new Score({ byGroup: true });
    const { records, answers } = damagedAnswers('fuzz');
    compareFuzz(records, answers, score);
    expect(countLines(score.verdicts)).toEqual(agreed.fuzz);
  });

  test('scenarios', () => {
    const score = new Score({ byGroup: true });
    const { records, answers } = damagedAnswers('scenarios');
    compareScenarios(records, answers, score);
    expect(countLines(score.verdicts)).toEqual(agreed.scenarios);
  });

  test('policies', () => {
    const score = new Score({ byGroup: true });
    const { records, answers } = damagedAnswers('policies');
    comparePolicies(records, answers, score);
    expect(countLines(score.verdicts)).toEqual(agreed.policies);
  });
});
