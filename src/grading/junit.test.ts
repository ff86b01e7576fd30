import { JSDOM } from 'jsdom';
import { expect, test } from 'vitest';
import { grade } from './grade.ts';
import { toJUnit } from './junit.ts';
import { sampleLab, sampleLabText, sampleSolution } from './sample-lab.ts';

const { DOMParser } = new JSDOM('').window;

/** Reads XML strictly; a text that is none is an error. */
function readXml(text: string): Document {
  const document = new DOMParser().parseFromString(text, 'text/xml');
  expect(document.querySelector('parsererror')?.textContent ?? '').toBe('');
  return document;
}

function report(text: string, lab = sampleLab()) {
  return grade(lab, { format: 1, lab: { id: lab.id, version: 2 }, files: { 'service.yaml': text }, hintsUsed: 0 });
}

test('a suite a submission, a case a check of each run', () => {
  const document = readXml(toJUnit([{ file: 'a.submission.json', name: '', report: report(sampleSolution) }]));
  const [suite] = document.getElementsByTagName('testsuite');
  expect(['name', 'tests', 'failures', 'errors', 'skipped'].map((name) => suite?.getAttribute(name))).toEqual([
    'a.submission.json',
    '9',
    '0',
    '0',
    '0',
  ]);
  expect([...document.getElementsByTagName('testcase')].map((one) => one.getAttribute('name'))[3]).toBe('reach (pod-addresses)');
});

test('a failed check says what was counted and which rule decided, a waiting one what it waits for', () => {
  const document = readXml(toJUnit([{ file: 'a', name: '', report: report(sampleSolution.replace('app: web', 'app: wbe')) }]));
  const failure = document.getElementsByTagName('failure')[0];
  expect(failure?.getAttribute('message')).toBe('pod/client 0/20');
  expect(failure?.textContent).toContain('-A KUBE-SERVICES');
  const skipped = [...document.getElementsByTagName('skipped')].map((one) => one.getAttribute('message'));
  expect(skipped).toEqual(['waits for reach', 'waits for reach']);
});

test('what could not be graded is an error', () => {
  const lab = sampleLab();
  const broken = grade(lab, { format: 1, lab: { id: '<&"\'>', version: 1 }, files: {}, hintsUsed: 0 });
  const document = readXml(toJUnit([{ file: 'b', name: '', report: broken }]));
  expect(document.getElementsByTagName('error')[0]?.getAttribute('message')).toBe('This submission is for <&"\'>, not for l-999.');
  expect(document.getElementsByTagName('testsuite')[0]?.getAttribute('errors')).toBe('1');
});

test('any file name makes well-formed XML', () => {
  const names = ['<a>', '"quoted"', "it's", 'a & b', ']]>', 'nul\u0000\u0007\u001b', '\ufffe', '\ud800', '한글', 'tab\tand\nline'];
  const whole = report(sampleSolution, sampleLab(sampleLabText.replace('닿는다', '<닿는다 & "닿는다">')));
  const document = readXml(toJUnit(names.map((file) => ({ file, name: '', report: whole }))));
  const suites = [...document.getElementsByTagName('testsuite')].map((suite) => suite.getAttribute('name'));
  expect(suites.slice(0, 6)).toEqual(['<a>', '"quoted"', "it's", 'a & b', ']]>', 'nul']);
  expect(suites[8]).toBe('한글');
});
