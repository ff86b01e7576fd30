import type { JsonObject, JsonValue } from '#engine/api/json.ts';
import type { AnswerKind } from '../asked.ts';
import { type Recordings, readRecordings } from '../recordings.ts';
import { damaged, dice } from './damage.ts';

export interface DamagedAnswers<K extends AnswerKind> {
  readonly records: Recordings[K];
  readonly answers: ReadonlyMap<string, JsonValue>;
}

/** Records to compare: enough of each kind to meet every rule of comparing, few enough to be quick. */
const stride: Readonly<Record<AnswerKind, number>> = { admission: 1, fuzz: 4, scenarios: 3, policies: 2 };

/** The recorded answers themselves, with damage: what a comparer has to tell apart. */
export function damagedAnswers<K extends AnswerKind>(kind: K): DamagedAnswers<K> {
  const roll = dice(20 + kind.length);
  const all = readRecordings(kind) as readonly (Recordings[K][number] & { readonly id: string })[];
  const records = all.filter((_, index) => index % stride[kind] === 0);
  const answers = new Map<string, JsonValue>();
  for (const record of records) {
    const answer = damaged(perfectAnswer(kind, record as unknown as JsonObject), roll);
    if (answer !== undefined) answers.set(record.id, answer);
  }
  return { records: records as unknown as Recordings[K], answers };
}

/** A record read as an answer. A flow with session affinity has to name all Pods it may be pinned to. */
function perfectAnswer(kind: AnswerKind, record: JsonObject): JsonObject {
  if (kind !== 'scenarios') return record;
  const flows = record.flows as readonly JsonObject[];
  return { ...record, flows: flows.map(withEveryPossiblePod) };
}

function withEveryPossiblePod(flow: JsonObject): JsonObject {
  const { possible, ...rest } = flow;
  if (possible === undefined) return flow;
  const recorded = flow.outcomes as Readonly<Record<string, readonly string[]>>;
  const outcomes = Object.entries(possible as Readonly<Record<string, readonly string[]>>).map(([mode, names]) => {
    const source = /src=\S+/.exec(recorded[mode]?.[0] ?? '')?.[0] ?? '';
    return [mode, names.map((name) => `pod=${name} ${source}`)];
  });
  const sticky = Object.fromEntries(Object.keys(possible as object).map((mode) => [mode, true]));
  return { ...rest, outcomes: Object.fromEntries(outcomes), sticky };
}
