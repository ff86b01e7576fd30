import { z } from 'zod';
import { type Submission, submissionSizeLimit } from './submission.ts';

const schema = z.object({
  format: z.literal(1),
  lab: z.object({ id: z.string().max(64), version: z.int().min(1) }),
  name: z.string().max(200).optional(),
  files: z.record(z.string().max(200), z.string()),
  hintsUsed: z.int().min(0).max(10),
});

/** Reads a submission file. Never throws; `problem` is one English sentence that says what is damaged. */
export function parseSubmission(
  text: string,
): { readonly ok: true; readonly submission: Submission } | { readonly ok: false; readonly problem: string } {
  if (text.length > submissionSizeLimit) return damaged(`it is larger than ${submissionSizeLimit} characters`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return damaged('it is not JSON; the file may have been cut short or edited by hand');
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { ok: true, submission: parsed.data as Submission };
  const issue = parsed.error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? 'the file' : `"${issue.path.join('.')}"`;
  return damaged(`${where} is not as a submission has it (${issue?.message ?? 'unknown'})`);
}

function damaged(problem: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem: `This submission cannot be read: ${problem}.` };
}
