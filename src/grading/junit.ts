import type { GradedSubmission } from './csv.ts';
import type { CheckReport } from './report.ts';

/** A class as JUnit XML: a suite a submission, a case a check of a run, so that any CI shows it. */
export function toJUnit(graded: readonly GradedSubmission[]): string {
  const suites = graded.map(({ file, report }) => {
    const cases = report.runs.flatMap((run) => run.checks.map((check) => ({ check, shake: run.shake })));
    const failures = cases.filter(({ check }) => check.state === 'fail').length;
    const problems = cases.filter(({ check }) => check.state === 'error' || check.state === 'not-modelled').length;
    const waiting = cases.filter(({ check }) => check.state === 'waiting').length;
    const lines = cases.map(({ check, shake }) => caseXml(report.lab.id, check, shake));
    const broken =
      report.problem === undefined
        ? []
        : [
            `    <testcase classname="${escapeXml(report.lab.id)}" name="submission"><error message="${escapeXml(report.problem)}"/></testcase>`,
          ];
    const counts = `tests="${cases.length + broken.length}" failures="${failures}" errors="${problems + broken.length}" skipped="${waiting}"`;
    return [`  <testsuite name="${escapeXml(file)}" ${counts}>`, ...lines, ...broken, '  </testsuite>'].join('\n');
  });
  return ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites>', ...suites, '</testsuites>', ''].join('\n');
}

function caseXml(lab: string, check: CheckReport, shake: string | undefined): string {
  const name = shake === undefined ? check.id : `${check.id} (${shake})`;
  const open = `    <testcase classname="${escapeXml(lab)}" name="${escapeXml(name)}"`;
  const seen = check.tallies.map((tally) => `${tally.label} ${tally.got}/${tally.of}`).join(', ');
  switch (check.state) {
    case 'pass':
      return `${open}/>`;
    case 'fail':
      return `${open}><failure message="${escapeXml(seen)}">${escapeXml(check.evidence?.rule ?? '')}</failure></testcase>`;
    case 'waiting':
      return `${open}><skipped message="${escapeXml(`waits for ${check.waitsFor ?? ''}`)}"/></testcase>`;
    case 'error':
    case 'not-modelled':
      return `${open}><error message="${escapeXml(`${check.state}: ${check.notModelled.join(', ')}`)}"/></testcase>`;
  }
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the very characters XML 1.0 forbids
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Escapes for XML 1.0, and drops the control characters it cannot hold at all. */
function escapeXml(text: string): string {
  return text.replace(forbidden, '').replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
