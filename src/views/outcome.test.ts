import { describe, expect, test } from 'vitest';
import type { Probe, TraceEnd } from '#engine';
import { outcomeView, probeCommand } from './outcome.ts';

const node = { kind: 'node', name: 'node-1' } as const;

describe('outcomeView', () => {
  test.each<[TraceEnd, string, string]>([
    [{ kind: 'rejected', step: 3, by: node }, 'refused', '거절'],
    [{ kind: 'refused', step: 3, by: node }, 'refused', '거절'],
    [{ kind: 'dropped', step: 3, by: node, cause: 'local-only' }, 'dropped', '응답 없음'],
    [{ kind: 'dropped', step: 3, by: node, cause: 'policy' }, 'dropped', '정책이 막음'],
    [{ kind: 'unreachable', step: 3, cause: 'no-route' }, 'dropped', '응답 없음'],
    [{ kind: 'unreachable', step: 3, cause: 'host-unreachable' }, 'refused', '닿지 못함'],
    [{ kind: 'name-error', step: 1, status: 'NXDOMAIN' }, 'refused', '이름 없음'],
    [{ kind: 'not-modelled', what: ['SCTP'] }, 'unknown', '다루지 않음'],
  ])('%o', (end, mark, word) => {
    expect(outcomeView(end)).toMatchObject({ mark, word });
  });

  test('names what is not modelled and claims no step', () => {
    const view = outcomeView({ kind: 'not-modelled', what: ['SCTP', 'IPv6'] });
    expect(view.detail).toContain('SCTP, IPv6');
    expect(view.step).toBeUndefined();
  });
});

describe('probeCommand', () => {
  const from = { kind: 'pod', namespace: 'default', name: 'client' } as const;
  const http = { method: 'GET', path: '/' };

  test.each<[Probe, string]>([
    [{ from, protocol: 'TCP', host: 'web', port: 80, http }, 'curl http://web'],
    [{ from, protocol: 'TCP', host: 'web', port: 81, http: { method: 'GET', path: '/a' } }, 'curl http://web:81/a'],
    [{ from, protocol: 'ICMP', host: '10.96.1.100' }, 'ping 10.96.1.100'],
    [{ from, protocol: 'TCP', host: 'cache', port: 6379 }, 'telnet cache 6379'],
    [{ from, protocol: 'UDP', host: 'dns', port: 53 }, 'nc -u dns 53'],
  ])('%o', (probe, command) => {
    expect(probeCommand(probe)).toBe(command);
  });
});
