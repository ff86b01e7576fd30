import { describe, expect, test } from 'vitest';
import { type GradedSubmission, toCsv } from './csv.ts';
import { grade } from './grade.ts';
import { sampleLab, sampleSolution } from './sample-lab.ts';

const lab = sampleLab();

function graded(name: string, text = sampleSolution, file = 'a.submission.json'): GradedSubmission {
  return { file, name, report: grade(lab, { format: 1, lab: { id: lab.id, version: 2 }, files: { 'service.yaml': text }, hintsUsed: 1 }) };
}

/** RFC 4180, read back. */
function readCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    if (quoted === undefined && plain === '' && end === '') break;
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === '\r\n') rows.push([]);
  }
  return rows.filter((row) => row.length > 0);
}

test('one row a submission, under one head', () => {
  const csv = toCsv([graded('김하늘'), graded('박새봄', '')]);
  expect(csv).toBe(
    [
      'file,name,lab,version,state,score,hint_cost,misconception,failed_checks,waiting_checks,problem',
      'a.submission.json,김하늘,l-999,2,pass,90,10,,,,',
      'a.submission.json,박새봄,l-999,2,fail,0,10,anything,reach,closed address,',
      '',
    ].join('\r\n'),
  );
});

describe('a stranger writes the name', () => {
  test.each(['a,b', 'say "hi"', 'two\nlines', 'two\r\nlines', '"', ',', ''])('%j comes back as it was', (name) => {
    const [, row] = readCsv(toCsv([graded(name)]));
    expect(row?.[1]).toBe(name);
    expect(row).toHaveLength(11);
  });

  test.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '=cmd|"/c calc"!A0',
    ' =1',
    '\t=1',
    '\r=1',
    '\n=1',
    '\u0000=1',
    '＝1',
    '＋1',
    '－1',
    '＠1',
    '\tx',
  ])('%j is no formula in a spreadsheet', (name) => {
    const [, row] = readCsv(toCsv([graded(name)]));
    expect(row?.[1]).toBe(`'${name}`);
  });

  test('a file name is no formula either', () => {
    expect(readCsv(toCsv([graded('x', sampleSolution, '=x.submission.json')]))[1]?.[0]).toBe("'=x.submission.json");
  });
});

test('says why a submission could not be graded', () => {
  const report = grade(lab, { format: 1, lab: { id: 'l-1', version: 1 }, files: {}, hintsUsed: 0 });
  expect(readCsv(toCsv([{ file: 'b', name: '', report }]))[1]?.at(-1)).toBe('This submission is for l-1, not for l-999.');
});
