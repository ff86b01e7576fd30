import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSubmission } from './parse-submission.ts';
import { type Submission, serializeSubmission, submissionSizeLimit } from './submission.ts';

const submission: Submission = {
  format: 1,
  lab: { id: 'l-302', version: 1 },
  name: '김하늘',
  files: { 'service.yaml': 'kind: Service\n' },
  hintsUsed: 1,
};

test('what the page writes is read back', () => {
  expect(parseSubmission(serializeSubmission(submission))).toEqual({ ok: true, submission });
});

describe('a damaged file is refused with a sentence', () => {
  test.each([
    ['', 'it is not JSON'],
    [serializeSubmission(submission).slice(0, 60), 'it is not JSON'],
    ['null', 'the file is not as a submission has it'],
    ['[]', 'the file is not as a submission has it'],
    ['{}', '"format" is not as a submission has it'],
    [JSON.stringify({ ...submission, format: 2 }), '"format" is not'],
    [JSON.stringify({ ...submission, files: 'x' }), '"files" is not'],
    [JSON.stringify({ ...submission, files: { a: 1 } }), '"files.a" is not'],
    [JSON.stringify({ ...submission, hintsUsed: -1 }), '"hintsUsed" is not'],
    [JSON.stringify({ ...submission, hintsUsed: 1.5 }), '"hintsUsed" is not'],
    [JSON.stringify({ ...submission, lab: { id: 'l-302' } }), '"lab.version" is not'],
    [JSON.stringify({ ...submission, name: 'a'.repeat(300) }), '"name" is not'],
    ['"'.padEnd(submissionSizeLimit + 1, 'x'), `it is larger than ${submissionSizeLimit} characters`],
  ])('%#', (text, reason) => {
    const parsed = parseSubmission(text);
    expect(parsed.ok ? '' : parsed.problem).toContain(`This submission cannot be read: ${reason}`);
  });

  test('any text at all, and any JSON, never throws', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => typeof parseSubmission(text).ok === 'boolean'));
    const shaped = fc.record({ format: fc.constant(1), lab: fc.anything(), files: fc.anything(), hintsUsed: fc.anything() });
    fc.assert(
      fc.property(shaped, (value) => {
        const text = JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? String(each) : each));
        return typeof parseSubmission(text).ok === 'boolean';
      }),
    );
  });
});

test('fields nobody asked for are left out, those of JavaScript too', () => {
  const text = '{"format":1,"lab":{"id":"l-302","version":1},"files":{},"hintsUsed":0,"__proto__":{"name":"x"},"score":100}';
  expect(parseSubmission(text)).toEqual({ ok: true, submission: { format: 1, lab: { id: 'l-302', version: 1 }, files: {}, hintsUsed: 0 } });
});
