import type { Trace } from '#engine';
import { fill } from '#words/fill.ts';
import { liveWords } from '#words/ko.ts';
import type { FieldChange } from './field-values.ts';
import { type Locate, traceTable } from './trace-table.ts';

/** 「왜 달라졌나」: which fields changed, and from which step on the packet went another way. */
export interface WhatChanged {
  /** `12행 sessionAffinity 필드: ClientIP → None` */
  readonly fields: readonly string[];
  readonly trace: string;
  /** Indices of the new trace's steps that differ from the old one's. */
  readonly steps: ReadonlySet<number>;
}

export function whatChanged(changes: readonly FieldChange[], before: Trace, after: Trace, locate: Locate): WhatChanged {
  const steps = changedSteps(before, after);
  const first = Math.min(...steps, sameEnd(before, after) ? Number.POSITIVE_INFINITY : after.steps.length - 1);
  return {
    fields: changes.map((change) => fieldSentence(change, locate)),
    trace: Number.isFinite(first) ? fill(liveWords.traceFrom, { number: first + 1 }) : liveWords.traceSame,
    steps,
  };
}

function fieldSentence({ origin, before, after }: FieldChange, locate: Locate): string {
  const place = locate(origin);
  const line = (place?.key ?? place?.value)?.start.line;
  const values = { path: origin.path, before: before ?? liveWords.fieldAbsent, after: after ?? liveWords.fieldAbsent };
  return line === undefined ? fill(liveWords.fieldChangedNoLine, values) : fill(liveWords.fieldChanged, { ...values, line });
}

const nowhere: Locate = () => undefined;

/** Steps whose row a reader would see as different. Rows are compared from both ends, so that one more step does not mark all after it. */
function changedSteps(before: Trace, after: Trace): ReadonlySet<number> {
  const old = rowsOf(before);
  const fresh = rowsOf(after);
  let start = 0;
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start += 1;
  let end = 0;
  while (end < old.length - start && end < fresh.length - start && old[old.length - 1 - end] === fresh[fresh.length - 1 - end]) end += 1;
  return new Set(Array.from({ length: fresh.length - start - end }, (_, index) => start + index));
}

function rowsOf(trace: Trace): readonly string[] {
  return traceTable(trace, nowhere).groups.flatMap((group) =>
    group.rows.map(({ index: _index, number: _number, last: _last, lines: _lines, ...row }) => JSON.stringify(row)),
  );
}

function sameEnd(before: Trace, after: Trace): boolean {
  return JSON.stringify({ ...before.end, step: 0 }) === JSON.stringify({ ...after.end, step: 0 });
}
