import type { Answers, FuzzRecord } from '../recordings.ts';
import { isObject, listOr, objectOr, prune, sortedByCanonical } from './same.ts';
import type { Score } from './score.ts';

/** What the API server answered to a POST. */
export function compareFuzz(records: readonly FuzzRecord[], answers: Answers, score: Score): void {
  for (const record of records) {
    const answer = answers.get(record.id) ?? {};
    if (!score.enter({ id: record.id, group: record.object.kind }, answer)) continue;
    score.add('verdict', record.id, record.code, () => objectOr(answer).code);
    if (record.code >= 400) {
      score.add('message', record.id, record.message, () => objectOr(answer).message);
      if (record.causes !== undefined && record.causes.length > 0) {
        score.add('causes', record.id, fieldsOf(record.causes), () => fieldsOf(objectOr(answer).causes));
      }
    } else {
      score.add('stored', record.id, prune(record.stored), () => prune(objectOr(answer).stored));
    }
    const warned = isObject(answer) && answer.warnings !== undefined && listOr(answer.warnings).length > 0;
    if ((record.warnings ?? []).length > 0 || warned) {
      score.add('warnings', record.id, sortedByCanonical(record.warnings ?? []), () =>
        sortedByCanonical(listOr(objectOr(answer).warnings)),
      );
    }
  }
}

/** Field and reason of each cause. */
function fieldsOf(causes: Parameters<typeof listOr>[0]): readonly unknown[] {
  return sortedByCanonical(listOr(causes).map((cause) => [objectOr(cause).field ?? '', objectOr(cause).reason ?? '']));
}
