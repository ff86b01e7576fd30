import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { diagnosticCodes, stepReasonCodes } from '#engine';

interface Misconception {
  readonly id: number;
  readonly belief: string;
  readonly truth: string;
  readonly diagnostics?: readonly string[];
  readonly trace?: readonly string[];
  readonly lesson: string;
}

const misconceptions = parse(readFileSync('content/reference/misconceptions.yaml', 'utf8')) as readonly Misconception[];
const course = parse(readFileSync('content/course.yaml', 'utf8')) as {
  readonly sessions: readonly { readonly lessons: readonly { readonly slug: string }[] }[];
};
const lessons = course.sessions.flatMap((session) => session.lessons.map(({ slug }) => slug));

describe('misconceptions', () => {
  it('are twenty-four, in order', () => {
    expect(misconceptions.map(({ id }) => id)).toEqual(Array.from({ length: 24 }, (_, index) => index + 1));
  });

  it.each(misconceptions)('$id is met where the table says', ({ belief, truth, diagnostics = [], trace = [], lesson }) => {
    expect(belief).toMatch(/다\.$/);
    expect(truth).toMatch(/다\.$/);
    expect(diagnostics.filter((code) => !(diagnosticCodes as readonly string[]).includes(code))).toEqual([]);
    expect(trace.filter((code) => !(stepReasonCodes as readonly string[]).includes(code))).toEqual([]);
    expect(lessons).toContain(lesson);
  });
});
