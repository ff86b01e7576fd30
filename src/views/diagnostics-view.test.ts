import { describe, expect, test } from 'vitest';
import type { Diagnostic, Severity } from '#engine';
import { applyEdits, diagnosticsView } from './diagnostics-view.ts';

function at(offset: number, line: number, column: number) {
  return { file: 'a.yaml', start: { offset, line, column }, end: { offset: offset + 4, line, column: column + 4 } };
}

function diagnostic(severity: Severity, offset: number): Diagnostic {
  return {
    code: 'service-selector-matches-no-pods',
    severity,
    message: `words at ${offset}`,
    args: { selector: 'app=wbe' },
    span: at(offset, 3, offset),
    related: [],
  };
}

const catalogue = { 'service-selector-matches-no-pods': '{selector} 셀렉터에 맞는 파드가 없습니다.' };

describe('diagnosticsView', () => {
  test('puts errors first, then goes down the text', () => {
    const views = diagnosticsView([diagnostic('finding', 1), diagnostic('error', 20), diagnostic('error', 10)], catalogue);
    expect(views.map((view) => view.message)).toEqual(['words at 10', 'words at 20', 'words at 1']);
  });

  test("fills the explanation with the diagnostic's values", () => {
    expect(diagnosticsView([diagnostic('error', 7)], catalogue)[0]).toMatchObject({
      explanation: 'app=wbe 셀렉터에 맞는 파드가 없습니다.',
      place: '3행 7열',
      severityWord: '오류',
    });
  });

  test('says that an explanation is missing', () => {
    expect(diagnosticsView([diagnostic('error', 7)], {})[0]?.explanation).toMatch(/아직 없습니다/);
  });

  test('offers a quick fix whose title it knows', () => {
    const edits = [{ span: at(0, 1, 1), newText: 'TCP' }];
    const fix = { title: 'replace-value', args: { value: 'TCP' }, edits };
    expect(diagnosticsView([{ ...diagnostic('error', 0), fix }], catalogue)[0]?.fix).toEqual({ title: 'TCP 값으로 바꾸기', edits });
    expect(diagnosticsView([{ ...diagnostic('error', 0), fix: { ...fix, title: 'constructor' } }], catalogue)[0]?.fix).toBeUndefined();
  });
});

test('edits are made from the end, so that places stay true', () => {
  expect(
    applyEdits('aaaa bbbb', [
      { span: at(0, 1, 1), newText: 'x' },
      { span: at(5, 1, 6), newText: 'y' },
    ]),
  ).toBe('x y');
});
