import type { JsonValue } from '#engine/api/json.ts';
import type { AdmissionRecord, Answers } from '../recordings.ts';
import { objectsByName } from './objects.ts';
import { isObject, objectOr } from './same.ts';
import type { Score } from './score.ts';
import { kubectlWords } from './text.ts';

/** What `kubectl apply` said and left behind: exit code, both streams, the objects stored. */
export function compareAdmission(records: readonly AdmissionRecord[], answers: Answers, score: Score): void {
  for (const record of records) {
    const answer = answers.get(record.id) ?? {};
    if (!score.enter(record, answer)) continue;
    const manifest = record.apply + (record.given ?? '');
    const words = ({ stdout, stderr }: { readonly stdout?: JsonValue; readonly stderr?: JsonValue }) => ({
      stdout: kubectlWords(stdout, manifest),
      stderr: kubectlWords(stderr, manifest),
    });
    score.add('verdict', record.id, record.exitCode, () => objectOr(answer).exitCode);
    score.add('text', record.id, words(record), () => words(objectOr(answer)));
    score.add('stored', record.id, objectsByName(record.objects), () =>
      isObject(answer) && Object.keys(answer).length === 0 ? undefined : objectsByName(objectOr(answer).objects),
    );
  }
}
