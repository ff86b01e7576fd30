import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '#engine';
import { nearest, suggestFix } from './quick-fix.ts';

describe('nearest', () => {
  test.each([
    ['tcp', ['SCTP', 'TCP', 'UDP'], 'TCP'],
    ['HTTP', ['SCTP', 'TCP', 'UDP'], 'TCP'],
    ['clientIP', ['ClientIP', 'None'], 'ClientIP'],
    ['targetport', ['targetPort', 'port'], 'targetPort'],
    ['TCP', ['TCP'], undefined],
    ['ab', ['xy'], undefined],
    ['', ['a'], undefined],
    ['x'.repeat(100_000), ['port'], undefined],
  ])('%s', (written, candidates, expected) => {
    expect(nearest(written, candidates)).toBe(expected);
  });
});

describe('suggestFix', () => {
  const text = 'protocol: "HTTP"\n';
  const span = { file: 'a.yaml', start: { offset: 10, line: 1, column: 11 }, end: { offset: 16, line: 1, column: 17 } };
  const diagnostic: Diagnostic = {
    code: 'service-port-protocol-unsupported',
    severity: 'error',
    message: 'spec.ports[0].protocol: Unsupported value: "HTTP": supported values: "SCTP", "TCP", "UDP"',
    args: {},
    span,
    related: [],
  };

  test('takes the nearest value Kubernetes names', () => {
    expect(suggestFix(diagnostic, text)).toEqual({ value: 'TCP', edits: [{ span, newText: 'TCP' }] });
  });

  test('offers nothing without a place or without a list', () => {
    const { span: _, ...nowhere } = diagnostic;
    expect(suggestFix(nowhere, text)).toBeUndefined();
    expect(suggestFix({ ...diagnostic, message: 'Invalid value' }, text)).toBeUndefined();
  });
});
