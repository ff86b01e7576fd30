import { nativeCount } from '#words/counting.ts';
import { fill } from '#words/fill.ts';
import { liveWords } from '#words/ko.ts';
import type { TraceTableView } from './trace-table.ts';

/** What a screen reader says once the reader stops typing: one or two short sentences, or nothing. */
export function announceTrace(before: TraceTableView | undefined, after: TraceTableView): string {
  if (before !== undefined && sameJourney(before, after)) return liveWords.announceSame;
  return fill(liveWords.announceTrace, { steps: nativeCount(after.stepCount), outcome: after.outcome.word });
}

/** As {@link announceTrace}, for text that Kubernetes refuses. `line` is the first error's, when it has one. */
export function announceErrors(count: number, line: number | undefined): string {
  const sentence = line === undefined ? liveWords.announceErrors.replace(/ \{line\}행\.$/, '') : liveWords.announceErrors;
  return fill(sentence, { count, line: line ?? '' });
}

/** True when a reader would see the same rows. */
export function sameJourney(a: TraceTableView, b: TraceTableView): boolean {
  return JSON.stringify([a.command, a.outcome, a.groups]) === JSON.stringify([b.command, b.outcome, b.groups]);
}
