/** What the browser half of parity.spec.ts runs: the grader as the site bundles it. */
import { grade } from '#grading/grade.ts';
import type { Lab } from '#grading/lab.ts';
import { serializeReport } from '#grading/report.ts';
import type { Submission } from '#grading/submission.ts';

export function reportText(lab: Lab, submission: Submission): string {
  return serializeReport(grade(lab, submission));
}
