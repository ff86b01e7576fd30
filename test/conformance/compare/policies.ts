import type { JsonObject } from '#engine/api/json.ts';
import type { Answers, PolicyProbe, PolicyRecord } from '../recordings.ts';
import { isObject, listOr } from './same.ts';
import type { Score } from './score.ts';

/** Verdicts of real NetworkPolicy evaluators, probe by probe. */
export function comparePolicies(records: readonly PolicyRecord[], answers: Answers, score: Score): void {
  for (const record of records) {
    const answer = answers.get(record.id) ?? {};
    if (!score.enter(record, answer)) continue;
    const probes = isObject(answer) ? listOr(answer.probes).filter(isObject) : [];
    const answered = new Map(probes.map((probe) => [keyOf(probe), probe]));
    for (const probe of record.probes) {
      score.add('verdict', `${record.id} ${keyOf(probe)}`, verdictOf(probe), () => verdictOf(answered.get(keyOf(probe)) ?? {}));
    }
  }
}

function verdictOf({ allowed, ingress, egress }: JsonObject | PolicyProbe): object {
  return { allowed: allowed ?? null, ingress: ingress ?? null, egress: egress ?? null };
}

function keyOf({ from, to, port, protocol }: JsonObject | PolicyProbe): string {
  return `${from} -> ${to}:${port ?? ''}/${protocol ?? 'TCP'}`;
}
