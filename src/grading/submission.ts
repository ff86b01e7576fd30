/** A learner's answer to one lab, as a file (`*.submission.json`). */
export interface Submission {
  readonly format: 1;
  readonly lab: { readonly id: string; readonly version: number };
  /** Whose it is, in the learner's own words; only for the instructor's table. */
  readonly name?: string;
  /** Texts of the lab's editable files by name. */
  readonly files: Readonly<Record<string, string>>;
  /** How many hints were opened, in order. */
  readonly hintsUsed: number;
}

/** A submission larger than this is refused unread: no honest answer comes near it. */
export const submissionSizeLimit = 1_000_000;

/** The file's text: what the page offers for download. */
export function serializeSubmission(submission: Submission): string {
  return `${JSON.stringify(submission, undefined, 2)}\n`;
}
