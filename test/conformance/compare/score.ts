import type { JsonObject } from '#engine/api/json.ts';
import { canonical, isObject, same } from './same.ts';

/** One thing that was asked of one record, and how the answer did. */
export interface Verdict {
  /** `verdict`, `stored`, `flows iptables`, …; with the record's group in front when counted by group. */
  readonly group: string;
  /** `group` without the record's own; half of the key of the known misses. */
  readonly what: string;
  /** The record, and the part of it where it has several. */
  readonly id: string;
  readonly met: boolean;
  /** A miss that the answer owns up to: it says what it does not model. */
  readonly ownedUp: boolean;
  readonly recorded: unknown;
  readonly answered: unknown;
}

export interface ScoreOptions {
  readonly byGroup?: boolean;
  /** Look at the records of this group only. */
  readonly records?: string;
}

/** Collects verdicts. One score is one run over one kind of records. */
export class Score {
  readonly verdicts: Verdict[] = [];
  readonly #options: ScoreOptions;
  #group = '';
  #ownsUp = false;

  constructor(options: ScoreOptions = {}) {
    this.#options = options;
  }

  /** Turns to a record; `false` when it is not of the group asked for. `answer` may have any shape. */
  enter(record: { readonly id: string; readonly group?: string }, answer: unknown): boolean {
    this.#group = record.group ?? '';
    this.#ownsUp = isObject(answer) && saysNotModelled(answer);
    return this.#options.records === undefined || (record.group ?? record.id) === this.#options.records;
  }

  /** Compares one thing. An answer of a shape that cannot be read is a miss. */
  add(what: string, id: string, recorded: unknown, answered: () => unknown): void {
    let got: unknown;
    let met: boolean;
    try {
      got = answered();
      met = same(recorded, got);
    } catch (error) {
      got = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      met = false;
    }
    const group = this.#options.byGroup === true ? `${this.#group} ${what}`.trim() : what;
    this.verdicts.push({ group, what, id, met, ownedUp: !met && this.#ownsUp, recorded, answered: got });
  }
}

function saysNotModelled({ notModelled }: JsonObject): boolean {
  return Array.isArray(notModelled) ? notModelled.length > 0 : Boolean(notModelled);
}

/** `group: matched / asked` in the order of first sight, and the last line with the sum. */
export function countLines(verdicts: readonly Verdict[]): readonly string[] {
  const counts = new Map<string, { asked: number; met: number }>();
  for (const { group, met } of verdicts) {
    const count = counts.get(group) ?? { asked: 0, met: 0 };
    counts.set(group, { asked: count.asked + 1, met: count.met + Number(met) });
  }
  const lines = Array.from(counts, ([group, { met, asked }]) => `${group}: ${met} / ${asked}`);
  return [...lines, sumLine(verdicts)];
}

export function sumLine(verdicts: readonly Verdict[]): string {
  const met = verdicts.filter((verdict) => verdict.met).length;
  const percent = verdicts.length === 0 ? 0 : (100 * met) / verdicts.length;
  const ownedUp = verdicts.filter((verdict) => verdict.ownedUp).length;
  return `${met} / ${verdicts.length} (${percent.toFixed(1)} %), ${ownedUp} said to be not modelled`;
}

/** The first misses, as far as they differ, for people to read. */
export function missLines(verdicts: readonly Verdict[], show: number, only?: string): readonly string[] {
  const misses = verdicts.filter(({ met, group }) => !met && (only === undefined || group.includes(only)));
  return misses.slice(0, show).flatMap(({ group, id, recorded, answered }) => {
    const head = `-- ${group} ${id}`;
    if (!isObject(recorded) || !isObject(answered)) return [head, ...sideBySide(recorded, answered)];
    const keys = [...new Set([...Object.keys(recorded), ...Object.keys(answered)])].sort();
    const differing = keys.filter((key) => !same(recorded[key], answered[key]));
    return [head, ...differing.flatMap((key) => [`   ${key}`, ...sideBySide(recorded[key], answered[key])])];
  });
}

function sideBySide(recorded: unknown, answered: unknown): readonly string[] {
  return [`     recorded: ${canonical(recorded).slice(0, 1600)}`, `     answered: ${canonical(answered).slice(0, 1600)}`];
}
