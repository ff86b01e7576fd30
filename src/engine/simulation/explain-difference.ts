import type { ClusterSpec } from '../api/cluster-spec.ts';
import type { JsonValue } from '../api/json.ts';
import type { Probe } from '../trace/trace.ts';
import { bootCluster } from './boot.ts';
import { type Differences, differencesOf, type FieldDifference } from './field-differences.ts';
import { postObjects } from './post-objects.ts';
import { type Decision, type OutcomeLevel, outcomeLevels, type ProbeOutcome, partingOf, probeOutcome } from './probe-outcome.ts';
import { enumerate } from './queries.ts';
import { applyFiles } from './simulate.ts';
import type { Snapshot } from './snapshot.ts';
import { writtenObjects } from './written-objects.ts';

/** One change of mind on the way from the old cluster to the new one: some fields, and the decision that they turned. */
export interface Turn {
  /** Mostly one; several where none of them does anything without the others. */
  readonly fields: readonly FieldDifference[];
  readonly before: Decision;
  readonly after: Decision;
}

/** Why a probe goes otherwise in one cluster than in another. */
export type DifferenceExplanation =
  /** It goes the same way. `fields` differ, and do not matter to it. */
  | { readonly kind: 'same'; readonly fields: readonly FieldDifference[] }
  | {
      readonly kind: 'explained';
      /** `end`: it ends otherwise. `way`: it ends alike, by other decisions. `packet`: by the same ones, with other addresses. */
      readonly level: OutcomeLevel;
      /** In the order in which the changes take effect. Made together in the old cluster they give the new one's outcome; none can be left out. */
      readonly turns: readonly Turn[];
      /** What was changed besides, and does not matter. */
      readonly others: readonly FieldDifference[];
      /** Whether the search came to its end. If not, fields may be named that do not matter. */
      readonly minimal: boolean;
    }
  /** The manifests alone do not make these clusters: time has passed in them, or something went wrong. The fields are all that differ. */
  | { readonly kind: 'not-reproducible'; readonly fields: readonly FieldDifference[]; readonly before: Decision; readonly after: Decision };

/** How many clusters are simulated at most to find out. */
const mostRuns = 150;

/**
 * Finds which of the fields that differ between two clusters make a probe go otherwise, by changing some of them at a time in the old one, and
 * which decision each of them turns. Pure, and never throws.
 *
 * The search is delta debugging (Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", 2002): larger pieces of the difference are
 * left out first, then smaller ones.
 */
export function explainDifference(before: Snapshot, after: Snapshot, probe: Probe, { runs = mostRuns } = {}): DifferenceExplanation {
  const differences = differencesOf(manifestsOf(before), manifestsOf(after));
  const { fields } = differences;
  const [old, fresh] = [outcomeIn(before, probe), outcomeIn(after, probe)];
  const level = outcomeLevels.find((each) => old.keys[each] !== fresh.keys[each]);
  if (level === undefined) return { kind: 'same', fields };
  const search = newSearch(before, differences, probe, runs);
  const all = [...fields.keys()];
  const goesAs = (made: readonly number[], outcome: ProbeOutcome) => search.outcome(made)?.keys[level] === outcome.keys[level];
  if (!goesAs([], old) || !goesAs(all, fresh)) return { kind: 'not-reproducible', fields, ...partingOf(old, fresh) };
  const needed = smallest(all, (made) => goesAs(made, fresh));
  const turns = turnsOf(needed, search, level).map(({ made, from, to }) => ({ fields: pick(fields, made), ...partingOf(from, to) }));
  const others = fields.filter((_, index) => !needed.includes(index));
  return { kind: 'explained', level, turns, others, minimal: !search.isExhausted() };
}

function manifestsOf(snapshot: Snapshot) {
  const { cluster, sources } = snapshot;
  // A world is plain data: its types say nothing else, but an interface has no index signature.
  return { objects: writtenObjects(snapshot), world: cluster as unknown as JsonValue, sources };
}

function outcomeIn(snapshot: Snapshot, probe: Probe): ProbeOutcome {
  return probeOutcome(snapshot.store, enumerate(snapshot, probe));
}

/** Answers what the probe comes to with some differences made in the old cluster, each asked once. Used inside one search only. */
interface Search {
  /** `undefined`: such a cluster cannot be (the API server refuses it), or the search has used up its runs. */
  outcome(made: readonly number[]): ProbeOutcome | undefined;
  isExhausted(): boolean;
}

function newSearch(before: Snapshot, differences: Differences, probe: Probe, runs: number): Search {
  const known = new Map<string, ProbeOutcome | undefined>();
  let left = runs;
  let refusedForWant = false;
  return {
    isExhausted: () => refusedForWant,
    outcome(made) {
      const key = made.join(' ');
      if (known.has(key)) return known.get(key);
      if (left === 0) {
        refusedForWant = true;
        return undefined;
      }
      left -= 1;
      const snapshot = clusterWith(before, differences, new Set(made));
      const outcome = snapshot === undefined ? undefined : outcomeIn(snapshot, probe);
      known.set(key, outcome);
      return outcome;
    },
  };
}

/** The old cluster made anew with some of its manifests' fields changed; `undefined` when the API server refuses any of them. */
function clusterWith(before: Snapshot, differences: Differences, made: ReadonlySet<number>): Snapshot | undefined {
  const { objects, world } = differences.mixture(made);
  // A mixture of two worlds has every field that either has, so it is a world.
  const cluster = world === (before.cluster as unknown) ? before.cluster : (world as unknown as ClusterSpec);
  const posted = postObjects(
    bootCluster(cluster, before.seed),
    objects.flatMap(({ json, by }) => (by === 'post' ? [json] : [])),
  );
  if (posted.failures.length > 0) return undefined;
  const files = objects.flatMap(({ json, by }, index) => (by === 'apply' ? [{ name: `${index}.json`, text: JSON.stringify(json) }] : []));
  if (files.length === 0) return posted.snapshot;
  const { snapshot, output } = applyFiles(posted.snapshot, files);
  return output.exitCode === 0 ? snapshot : undefined;
}

/** As few of them as still work: none can be left out alone. `works` holds for all of them. */
function smallest(all: readonly number[], works: (made: readonly number[]) => boolean): readonly number[] {
  let current = all;
  for (let size = Math.ceil(all.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    let from = 0;
    while (from < current.length) {
      const without = current.filter((_, index) => index < from || index >= from + size);
      if (works(without)) {
        current = without;
        // With one less, another that was needed may not be any more.
        if (size === 1) from = 0;
      } else from += size;
    }
  }
  return current;
}

interface FoundTurn {
  readonly made: readonly number[];
  readonly from: ProbeOutcome;
  readonly to: ProbeOutcome;
}

/** Makes the needed changes one after the other, each as soon as it has an effect; those that have none alone go together. */
function turnsOf(needed: readonly number[], search: Search, level: OutcomeLevel): readonly FoundTurn[] {
  const turns: FoundTurn[] = [];
  let done: readonly number[] = [];
  let from = search.outcome(done);
  while (from !== undefined && done.length < needed.length) {
    const waiting = needed.filter((index) => !done.includes(index));
    const turn = nextTurn(from, done, waiting, search, level);
    if (turn === undefined) break;
    turns.push(turn);
    done = [...done, ...turn.made].sort((one, other) => one - other);
    from = turn.to;
  }
  return turns;
}

/** The smallest group with an effect: one change, or two, or all that are left. */
function nextTurn(
  from: ProbeOutcome,
  done: readonly number[],
  waiting: readonly number[],
  search: Search,
  level: OutcomeLevel,
): FoundTurn | undefined {
  const pairs = waiting.length > 6 ? [] : waiting.flatMap((one, index) => waiting.slice(index + 1).map((other) => [one, other]));
  for (const made of [...waiting.map((one) => [one]), ...pairs, waiting]) {
    const to = search.outcome([...done, ...made].sort((one, other) => one - other));
    if (to !== undefined && to.keys[level] !== from.keys[level]) return { made, from, to };
  }
  return undefined;
}

function pick<T>(items: readonly T[], indexes: readonly number[]): readonly T[] {
  return items.filter((_, index) => indexes.includes(index));
}
