import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Pod, type Service, simulate } from '#engine';
import { grade, gradeSteps } from './grade.ts';
import type { Lab } from './lab.ts';
import { serializeReport } from './report.ts';
import { sampleLab, sampleLabText, sampleSolution } from './sample-lab.ts';
import { shakeGround } from './shake.ts';
import type { Submission } from './submission.ts';

const lab = sampleLab();

function answer(text: string | undefined, changes: Partial<Submission> = {}): Submission {
  const files: Submission['files'] = text === undefined ? {} : { 'service.yaml': text };
  return { format: 1, lab: { id: 'l-999', version: 2 }, files, hintsUsed: 0, ...changes };
}

function states(graded: Lab, submission: Submission, run = 0): Record<string, string> {
  const checks = grade(graded, submission).runs[run]?.checks ?? [];
  return Object.fromEntries(checks.map(({ id, state }) => [id, state]));
}

describe('a right answer', () => {
  test('passes on fresh and on shaken ground', () => {
    const report = grade(lab, answer(sampleSolution));
    expect(report.state).toBe('pass');
    expect(report.score).toBe(100);
    expect(report.runs.map(({ shake }) => shake)).toEqual([undefined, 'pod-addresses', 'service-addresses']);
    expect(report.runs.flatMap(({ checks }) => checks.map(({ state }) => state))).toEqual(Array(9).fill('pass'));
    expect(report.misconception).toBeUndefined();
  });

  test('gives the same bytes every time', () => {
    expect(serializeReport(grade(lab, answer(sampleSolution)))).toBe(serializeReport(grade(sampleLab(), answer(sampleSolution))));
  });

  test('pays for its hints, for no more than there are, and never falls below zero', () => {
    const scores = [0, 1, 2, 9].map((hintsUsed) => grade(lab, answer(sampleSolution, { hintsUsed })));
    expect(scores.map(({ score }) => score)).toEqual([100, 90, 70, 70]);
    expect(scores.map(({ hintsUsed }) => hintsUsed)).toEqual([0, 1, 2, 2]);
    expect(grade(lab, answer(undefined, { hintsUsed: 2 })).score).toBe(0);
  });

  test('is graded in steps that say how far they have come', () => {
    const steps = [...gradeSteps(lab, answer(sampleSolution))];
    expect(steps[0]).toEqual({ check: 0, sent: 0, of: 20 });
    expect(new Set(steps.map(({ shake }) => shake))).toEqual(new Set([undefined, 'pod-addresses', 'service-addresses']));
  });
});

describe('a check that waits', () => {
  test.each([
    ['an untouched file', undefined],
    ['an empty file', ''],
    ['a Service that nobody answers for', sampleSolution.replace('app: web', 'app: wbe')],
  ])('earns nothing for %s', (_, text) => {
    const report = grade(lab, answer(text));
    expect([report.state, report.score]).toEqual(['fail', 0]);
    expect(states(lab, answer(text))).toEqual({ reach: 'fail', closed: 'waiting', address: 'waiting' });
    expect(report.runs[0]?.checks[1]).toEqual({
      id: 'closed',
      title: '밖에서는 닿지 않는다',
      state: 'waiting',
      points: 30,
      waitsFor: 'reach',
      tallies: [],
      notModelled: [],
    });
  });

  test('waits also for one that waits itself', () => {
    const chain = sampleLab(sampleLabText.replace('after: reach\n    kind: virtual', 'after: closed\n    kind: virtual'));
    expect(states(chain, answer(undefined))).toEqual({ reach: 'fail', closed: 'waiting', address: 'waiting' });
    const open = answer(sampleSolution.replace('spec:', 'spec:\n  type: NodePort'));
    expect(states(chain, open)).toEqual({ reach: 'pass', closed: 'fail', address: 'waiting' });
  });
});

describe('a wrong answer', () => {
  test('earns the points of what it got right', () => {
    const report = grade(lab, answer(sampleSolution.replace('spec:', 'spec:\n  type: NodePort')));
    expect([report.state, report.score]).toEqual(['fail', 70]);
    expect(report.runs).toHaveLength(1);
  });

  test('names the step and the rule that decided', () => {
    const [reach] = grade(lab, answer(sampleSolution.replace('app: web', 'app: wbe'))).runs[0]?.checks ?? [];
    expect(reach?.tallies).toEqual([{ label: 'pod/client', got: 0, of: 20 }]);
    expect(reach?.evidence?.end.kind).toBe('rejected');
    expect(reach?.evidence?.rule).toContain('has no endpoints');
    expect(reach?.evidence?.step).toBeGreaterThan(1);
  });

  test('shows the first misconception whose check failed and whose object looks like it', () => {
    const nodePort = sampleSolution.replace('spec:', 'spec:\n  type: NodePort');
    expect(grade(lab, answer(nodePort)).misconception).toEqual({
      id: 'nodeport',
      belief: 'NodePort가 필요하다',
      feedback: '견주어 보십시오.',
      check: 'closed',
    });
    // The type alone is no belief while the check it belongs to waits.
    expect(grade(lab, answer(nodePort.replace('app: web', 'app: wbe'))).misconception?.id).toBe('anything');
    expect(grade(lab, answer(undefined)).misconception?.id).toBe('anything');
  });

  test('that holds on to the addresses of one run fails on shaken ground, whatever the seed', () => {
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const seeded = sampleLab(sampleLabText.replace('seed: 7', `seed: ${seed}`));
      const { snapshot } = simulate({ cluster: seeded.cluster, files: seeded.files, seed });
      const addresses = snapshot.store.list<Pod>('Pod').filter(({ metadata }) => metadata.labels?.app === 'web');
      const pinned = `apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ports: [{ port: 80 }]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: web-pinned, labels: { kubernetes.io/service-name: web } }
addressType: IPv4
ports: [{ port: 80 }]
endpoints: [${addresses.map(({ status }) => `{ addresses: [${status.podIP}] }`).join(', ')}]
`;
      const report = grade(seeded, answer(pinned));
      expect(report.runs[0]?.checks[0]?.state, `seed ${seed}, fresh`).toBe('pass');
      expect(report.runs[1]?.checks[0]?.state, `seed ${seed}, shaken`).toBe('fail');
      expect(report.score).toBe(0);
    }
  });
});

describe('shaken ground', () => {
  const files = [{ name: 'service.yaml', text: sampleSolution }, ...lab.files.slice(1)];
  const fresh = simulate({ cluster: lab.cluster, files, seed: lab.seed }).snapshot;
  const serviceAddress = (snapshot: typeof fresh) =>
    (snapshot.store.get('Service', 'default', 'web') as Service | undefined)?.spec.clusterIP;

  test('moves Pods of the world and Pods of a Deployment', () => {
    const ground = shakeGround({ cluster: lab.cluster, seed: lab.seed }, 'pod-addresses', 0);
    const shaken = simulate({ cluster: ground.cluster, files, seed: ground.seed }).snapshot;
    const addresses = (snapshot: typeof fresh) => snapshot.store.list<Pod>('Pod').map(({ status }) => status.podIP);
    expect(addresses(fresh)).toHaveLength(3);
    expect(addresses(shaken).filter((address) => addresses(fresh).includes(address))).toEqual([]);
  });

  test('gives Services other addresses', () => {
    const ground = shakeGround({ cluster: lab.cluster, seed: lab.seed }, 'service-addresses', 0);
    const shaken = simulate({ cluster: ground.cluster, files, seed: ground.seed }).snapshot;
    expect(serviceAddress(fresh)).toMatch(/^10\.96\./);
    expect(serviceAddress(shaken)).toMatch(/^10\.96\./);
    expect(serviceAddress(shaken)).not.toBe(serviceAddress(fresh));
  });
});

describe('what cannot be graded', () => {
  test.each([
    ['another lab', { lab: { id: 'l-998', version: 1 } }, 'This submission is for l-998, not for l-999.'],
    ['a newer version', { lab: { id: 'l-999', version: 3 } }, 'This submission is for version 3 of l-999; this is version 2.'],
    ['a file that is not asked for', { files: { 'web.yaml': '' } }, 'l-999 has no editable file "web.yaml".'],
    ['a file with a name of JavaScript', { files: { constructor: '' } }, 'l-999 has no editable file "constructor".'],
  ])('is an error: %s', (_, changes, problem) => {
    const report = grade(lab, answer(sampleSolution, changes));
    expect([report.state, report.score, report.runs]).toEqual(['error', 0, []]);
    expect(report.problem).toBe(problem);
  });

  test('is no wrong answer: a broken lab', () => {
    const [reach, ...others] = lab.checks;
    if (reach?.kind !== 'connect') throw new TypeError('the first check connects');
    const broken: Lab = { ...lab, checks: [{ ...reach, to: 'http://{what:web}' }, ...others] };
    const report = grade(broken, answer(sampleSolution));
    expect([report.state, report.score]).toEqual(['error', 0]);
    expect(report.problem).toContain('{what:web}');
    expect(grade({ ...lab, checks: [] }, answer(sampleSolution)).state).toBe('error');
  });

  test('is not modelled, and said to be', () => {
    const unknown: Lab = { ...lab, cluster: { ...lab.cluster, proxy: { ...lab.cluster.proxy, mode: 'ipvs', scheduler: 'mh' } } };
    const report = grade(unknown, answer(sampleSolution));
    expect(report.state).toBe('not-modelled');
    expect(report.runs[0]?.checks.map(({ state }) => state)).toEqual(['not-modelled', 'waiting', 'waiting']);
    expect(report.runs[0]?.checks[0]?.notModelled[0]).toBe('IPVS scheduler mh');
  });

  test('an older answer is graded as if it were new', () => {
    expect(grade(lab, answer(sampleSolution, { lab: { id: 'l-999', version: 1 } })).state).toBe('pass');
  });
});

test('any text at all is graded, and never as an error', () => {
  const word = fc.constantFrom(
    'apiVersion: v1',
    'kind: Service',
    'spec:',
    '  ports: [{ port: 80 }]',
    '---',
    '- ',
    '&a',
    '*a',
    '!!binary x',
    '\t',
    '{',
    '"',
  );
  const yaml = fc.array(fc.oneof(word, fc.string({ unit: 'binary' })), { maxLength: 12 }).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(yaml, (text) => {
      const report = grade(lab, answer(text));
      expect(report.problem).toBeUndefined();
      expect(['pass', 'fail', 'not-modelled']).toContain(report.state);
      expect(report.score).toBe(0);
    }),
    { numRuns: 60 },
  );
});
