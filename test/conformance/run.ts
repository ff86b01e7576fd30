import { parseArgs } from 'node:util';
import type { ClusterSpec } from '#engine/api/cluster-spec.ts';
import type { JsonValue } from '#engine/api/json.ts';
import { type AdmissionQuestion, answerAdmission } from '../../src/cli/answer/admission.ts';
import { answerSafely } from '../../src/cli/answer/command.ts';
import { answerFuzz, type FuzzQuestion } from '../../src/cli/answer/fuzz.ts';
import { answerPolicies, type PolicyQuestion } from '../../src/cli/answer/policies.ts';
import { answerScenario, type ScenarioQuestion } from '../../src/cli/answer/scenario.ts';
import { readCluster } from '../../src/cli/files.ts';
import { type AnswerKind, asked } from './asked.ts';
import { compareAdmission } from './compare/admission.ts';
import { compareFuzz } from './compare/fuzz.ts';
import { comparePolicies } from './compare/policies.ts';
import { compareScenarios } from './compare/scenarios.ts';
import { countLines, missLines, Score, type ScoreOptions, sumLine, type Verdict } from './compare/score.ts';
import { judge, missKey, readKnownMisses, writeKnownMisses } from './known-misses.ts';
import { comparePing } from './ping.ts';
import { type Answers, type Recordings, readRecordings } from './recordings.ts';

const help = `npm run conformance -- [KIND…] [OPTIONS]

Compares the engine's answers with the recordings of a real Kubernetes, and prints matched / asked per group.
KIND: admission, fuzz, scenarios, policies, ping (default: all of them).

  --by-group         count each group of records apart
  --records GROUP    look at the records of one group only
  --show N           print the first N misses of each kind (default 0)
  --only TEXT        print misses of counts whose name contains TEXT
  --prune            remove what is met by now from known-misses.txt
  --accept REASON    write what is missed into known-misses.txt; for a part of the engine that is new, never for one that got worse

Exit code 1: a miss that known-misses.txt does not list, or a line of it that is met by now.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'by-group': { type: 'boolean', default: false },
    records: { type: 'string' },
    show: { type: 'string', default: '0' },
    only: { type: 'string' },
    prune: { type: 'boolean', default: false },
    accept: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const options: ScoreOptions = {
  byGroup: values['by-group'],
  ...(values.records === undefined ? {} : { records: values.records }),
};

const kinds = ['admission', 'fuzz', 'scenarios', 'policies', 'ping'] as const satisfies readonly (keyof Recordings)[];
type Kind = (typeof kinds)[number];

const compare: Readonly<Record<Kind, (world: ClusterSpec, score: Score) => void>> = {
  admission(world, score) {
    const records = readRecordings('admission');
    compareAdmission(
      records,
      answersTo('admission', records, (record: AdmissionQuestion) => answerAdmission(record, world)),
      score,
    );
  },
  fuzz(world, score) {
    const records = readRecordings('fuzz');
    compareFuzz(
      records,
      answersTo('fuzz', records, (record: FuzzQuestion) => answerFuzz(record, world)),
      score,
    );
  },
  scenarios(world, score) {
    const records = readRecordings('scenarios');
    compareScenarios(
      records,
      answersTo('scenarios', records, (record: ScenarioQuestion) => answerScenario(record, world)),
      score,
    );
  },
  policies(world, score) {
    const records = readRecordings('policies');
    comparePolicies(
      records,
      answersTo('policies', records, (record: PolicyQuestion) => answerPolicies(record, world)),
      score,
    );
  },
  ping(world, score) {
    comparePing(readRecordings('ping'), world, score);
  },
};

/** Answers every record as the command `answer` would: from its question as text, and written as JSON. */
function answersTo<K extends AnswerKind, Q extends { readonly id: string }>(
  kind: K,
  records: Recordings[K],
  one: (record: Q) => object,
): Answers {
  const answered = records.map((record): readonly [string, JsonValue] => {
    const answer = answerSafely(JSON.stringify(asked(kind, record)), one);
    return [record.id, JSON.parse(JSON.stringify(answer)) as JsonValue];
  });
  return new Map(answered);
}

function main(): number {
  if (values.help) {
    process.stdout.write(`${help}\n`);
    return 0;
  }
  const wanted = kinds.filter((kind) => positionals.length === 0 || positionals.includes(kind));
  const unknown = positionals.filter((name) => !(kinds as readonly string[]).includes(name));
  if (unknown.length > 0) throw new Error(`there is no kind "${unknown.join('", "')}"; kinds: ${kinds.join(', ')}`);
  const world = readCluster('recorded');
  const all: Verdict[] = [];
  const seen = new Map<string, boolean>();
  for (const kind of wanted) {
    const started = performance.now();
    const score = new Score(options);
    compare[kind](world, score);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    process.stdout.write(`\n${kind} (${seconds} s)\n`);
    for (const line of missLines(score.verdicts, Number(values.show), values.only)) process.stdout.write(`${line}\n`);
    for (const line of countLines(score.verdicts)) process.stdout.write(`  ${line}\n`);
    for (const verdict of score.verdicts) seen.set(missKey(kind, verdict), verdict.met && seen.get(missKey(kind, verdict)) !== false);
    all.push(...score.verdicts);
  }
  if (all.length === 0) throw new Error('nothing was compared');
  process.stdout.write(`\nconformance: ${sumLine(all)}\n`);
  return conclude(seen, new Set(wanted));
}

/** Holds the run against the list of known misses. Kinds and groups that were not looked at are left alone. */
function conclude(seen: ReadonlyMap<string, boolean>, looked: ReadonlySet<string>): number {
  const known = readKnownMisses();
  const concerns = (key: string) => looked.has(key.slice(0, key.indexOf(' '))) && (values.records === undefined || seen.has(key));
  const { fresh, met } = judge(seen, new Map([...known].filter(([key]) => concerns(key))));
  if (values.prune || values.accept !== undefined) {
    const kept = new Map([...known].filter(([key]) => !met.includes(key)));
    if (values.accept !== undefined) for (const key of fresh) kept.set(key, values.accept);
    writeKnownMisses(kept);
    process.stdout.write(
      `known-misses.txt: ${met.length} removed, ${values.accept === undefined ? 0 : fresh.length} added, ${kept.size} left\n`,
    );
    return values.accept === undefined && fresh.length > 0 ? complain(fresh, []) : 0;
  }
  return complain(fresh, met);
}

function complain(fresh: readonly string[], met: readonly string[]): number {
  const first = (keys: readonly string[]) => [
    ...keys.slice(0, 20).map((key) => `  ${key}`),
    ...(keys.length > 20 ? [`  … ${keys.length - 20} more`] : []),
  ];
  if (fresh.length > 0) process.stdout.write(`${fresh.length} misses that known-misses.txt does not list:\n${first(fresh).join('\n')}\n`);
  if (met.length > 0) {
    process.stdout.write(
      `${met.length} lines of known-misses.txt are met by now; remove them (npm run conformance -- --prune):\n${first(met).join('\n')}\n`,
    );
  }
  return fresh.length + met.length > 0 ? 1 : 0;
}

process.exitCode = main();
