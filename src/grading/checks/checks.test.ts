import { describe, expect, test } from 'vitest';
import { simulate } from '#engine';
import type { Check } from '../lab.ts';
import { sampleLab, sampleSolution } from '../sample-lab.ts';
import type { CheckResult } from './check-result.ts';
import { runCheck } from './index.ts';

const lab = sampleLab();
const words = { id: 'one', title: '검사', points: 100 };

/** Runs one check on an answer. */
function run(check: Check, text = sampleSolution): CheckResult {
  const files = lab.files.map((file) => (file.editable ? { ...file, text } : file));
  const { snapshot } = simulate({ cluster: lab.cluster, files, seed: 7 });
  const steps = runCheck(check, { snapshot, seed: 7 });
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    expect(step.value.sent).toBeLessThan(step.value.of);
  }
}

describe('connect', () => {
  const connect: Check = { ...words, kind: 'connect', from: ['pod/client', 'node/node-2'], to: 'http://{clusterIP:web}', times: 30 };

  test('every sender, every time', () => {
    const { state, tallies } = run(connect);
    expect(state).toBe('pass');
    expect(tallies).toEqual([
      { label: 'pod/client', got: 30, of: 30 },
      { label: 'node/node-2', got: 30, of: 30 },
    ]);
  });

  test('an address that does not exist is reached by nobody', () => {
    const { state, tallies, evidence } = run(connect, '');
    expect([state, evidence]).toEqual(['fail', undefined]);
    expect(tallies[0]).toEqual({ label: 'pod/client', got: 0, of: 30 });
  });

  test('an HTTP error is no success', () => {
    const unasked = run({ ...connect, to: 'http://{clusterIP:web}:81' });
    expect(unasked.state).toBe('fail');
  });

  test('a Pod that stops being ready is gone from the rules when its probe has had its time', () => {
    const during = (afterSeconds: number): Check => ({ ...connect, during: { readinessFails: { app: 'web' }, afterSeconds } });
    const sent = run(during(20));
    expect([sent.state, sent.tallies[0]?.got]).toEqual(['pass', 30]);
  });
});

describe('spread', () => {
  const spread: Check = {
    ...words,
    kind: 'spread',
    from: 'pod/client',
    to: 'http://web',
    times: 300,
    over: { app: 'web' },
    least: 0.38,
    most: 0.62,
  };

  test('the rules pick every Pod about as often', () => {
    const { state, tallies } = run(spread);
    expect(state).toBe('pass');
    expect(tallies).toHaveLength(2);
    expect(tallies.reduce((sum, { got }) => sum + got, 0)).toBe(300);
  });

  test('a client held to one Pod is no spread', () => {
    const { state, tallies } = run(spread, `${sampleSolution}  sessionAffinity: ClientIP\n`);
    expect(state).toBe('fail');
    expect(tallies.map(({ got }) => got).toSorted((a, b) => a - b)).toEqual([0, 300]);
  });

  test('a client that picks among addresses of a name is not the platform', () => {
    const { state, tallies, evidence } = run(spread, `${sampleSolution}  clusterIP: None\n`);
    expect(state).toBe('fail');
    expect(tallies.map(({ got }) => got)).toEqual([0, 0]);
    expect(evidence).toMatchObject({ end: { kind: 'delivered' }, reason: { code: 'dns-answer-address' } });
  });

  test('shows where the Pod was chosen', () => {
    expect(run({ ...spread, most: 0.4 }).evidence).toMatchObject({
      reason: { code: 'pick-endpoint' },
      chain: expect.stringMatching(/^KUBE-SVC-/),
    });
  });

  test('Pods that are not there take nothing', () => {
    expect(run({ ...spread, over: { app: 'nobody' } })).toMatchObject({ state: 'fail', tallies: [] });
  });
});

describe('unreachable', () => {
  const to = ['tcp://{nodeIP:node-1}:{nodePort:web}', 'tcp://{nodeIP:node-1}:80'];
  const closed: Check = { ...words, kind: 'unreachable', from: ['outside/visitor'], to, times: 10 };

  test('a port that does not exist is not dialled, and closed', () => {
    expect(run(closed)).toMatchObject({
      state: 'pass',
      tallies: [
        { label: 'outside/visitor → tcp://{nodeIP:node-1}:{nodePort:web}', got: 0, of: 0 },
        { label: 'outside/visitor → 192.168.0.11', got: 0, of: 10 },
      ],
    });
  });

  test('one served request is enough to fail, and the step that opened the way is shown', () => {
    const { state, tallies, evidence } = run(closed, sampleSolution.replace('spec:', 'spec:\n  type: NodePort'));
    expect([state, tallies[0]?.got]).toEqual(['fail', 10]);
    expect(evidence).toMatchObject({ end: { kind: 'delivered' }, reason: { code: 'rule-node-port' }, chain: 'KUBE-NODEPORTS' });
  });
});

describe('virtual-address', () => {
  const address: Check = { ...words, kind: 'virtual-address', service: 'web' };

  test.each([
    ['a cluster IP', sampleSolution, 'pass', expect.stringMatching(/^10\.96\./)],
    ['a headless Service', `${sampleSolution}  clusterIP: None\n`, 'fail', 'None'],
    [
      'an alias',
      'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { type: ExternalName, externalName: db.example.com }\n',
      'fail',
      'db.example.com',
    ],
    ['no Service', '', 'fail', undefined],
  ])('%s', (_, text, state, observed) => {
    const result = run(address, text);
    expect(result.state).toBe(state);
    expect(result.observed).toEqual(observed);
  });
});
