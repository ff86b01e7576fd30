import { describe, expect, test } from 'vitest';
import { announceErrors, announceTrace } from './announce.ts';
import { fixtureTrace, locate } from './fixture-trace.ts';
import { traceTable } from './trace-table.ts';

const table = traceTable(fixtureTrace, locate);
const rows = table.groups.flatMap((group) => group.rows);

describe('traceTable', () => {
  test('groups the steps by leg and numbers them through', () => {
    expect(table.groups.map((group) => [group.title, group.rows.map((row) => row.number)])).toEqual([
      ['이름 찾기', [1]],
      ['가는 길', [2, 3, 4, 5, 6]],
      ['돌아오는 길', [7, 8]],
    ]);
  });

  test('says who sends, how it ended and what was typed', () => {
    expect(table.command).toBe('curl http://my-app-service');
    expect(table.outcome).toEqual({ mark: 'ok', word: '도착', detail: 'web-1에서 받았습니다. HTTP 200', step: 6 });
  });

  test('gives the sender, the name server and the receiver their roles', () => {
    expect(rows.map((row) => row.place.role)).toEqual(['dns', 'client', 'node', 'node', 'node', 'pod', 'pod', 'node']);
  });

  test('shows an address twice only where the step rewrote it', () => {
    expect(rows[4]?.destination).toEqual({ before: '10.96.1.100:80', after: '10.244.1.10:8080' });
    expect(rows[4]?.source).toEqual({ before: '10.244.1.5:41832' });
    expect(rows[3]?.destination).toEqual({ before: '10.96.1.100:80' });
  });

  test('names the YAML line behind a rule, and nothing for fields no manifest wrote', () => {
    expect(rows[4]?.lines).toEqual([{ file: 'service.yaml', line: 10, field: 'targetPort' }]);
    expect(rows[2]?.lines.map((line) => line.field)).toEqual(['port']);
    expect(rows[1]?.lines).toEqual([]);
  });

  test('says the odds as a fraction', () => {
    expect(rows[3]?.odds).toBe('1/3');
  });

  test('quotes the conntrack entry on the way back', () => {
    expect(rows[7]?.record).toBe(
      'src=10.244.1.5 dst=10.96.1.100 sport=41832 dport=80 src=10.244.1.10 dst=10.244.1.5 sport=8080 dport=41832',
    );
  });
});

describe('announcements', () => {
  test('say a new trace in one sentence', () => {
    expect(announceTrace(undefined, table)).toBe('추적이 바뀌었습니다. 걸음 여덟, 도착.');
  });

  test('say so when the journey is the same', () => {
    expect(announceTrace(table, traceTable(fixtureTrace, locate))).toBe('YAML을 적용했습니다. 추적은 그대로입니다.');
  });

  test('name the line of the first error, if it has one', () => {
    expect(announceErrors(2, 9)).toBe('YAML에 오류가 2건 있습니다. 9행.');
    expect(announceErrors(1, undefined)).toBe('YAML에 오류가 1건 있습니다.');
  });
});
