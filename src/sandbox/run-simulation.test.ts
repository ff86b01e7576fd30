import { describe, expect, test } from 'vitest';
import { fixtureTrace } from '../views/fixture-trace.ts';
import type { ClusterHost } from './cluster-host.ts';
import { loadQuickJS } from './quickjs.ts';
import { defaultLimits, type Limits, type SimulationReport } from './report.ts';
import { runSimulation } from './run-simulation.ts';

/** A cluster with one journey; its seed's parity decides nothing but the count. */
function fakeCluster(): ClusterHost {
  return {
    apply: () => ({ ok: true, output: 'service/web created\n' }),
    kubectl: (command) => `ran ${command}`,
    mode: () => undefined,
    advance: () => undefined,
    trace: (_from, to) => (to.startsWith('sctp') ? { ...fixtureTrace, end: { kind: 'not-modelled', what: ['SCTP'] } } : fixtureTrace),
    enumerate: () => ({ possible: [{ probability: 1, trace: fixtureTrace }], sticky: false }),
    repeat: (_from, _to, times) => ({
      times,
      receivers: [{ name: 'web-1', count: times, probability: 1 }],
      ends: { delivered: times },
      sticky: false,
    }),
    rules: () => ['-A X'],
  };
}

const head = "import { scene, control, cluster, draw, predict, explain } from 'packet-path';\n";

async function run(
  code: string,
  options: { limits?: Partial<Limits>; scene?: string; controls?: Record<string, Record<string, string>> } = {},
): Promise<SimulationReport> {
  // A fresh instance each time, as a worker has: a broken one must not reach the next test.
  const quickjs = await loadQuickJS(defaultLimits.memoryBytes);
  const request = {
    file: 'simulation.ts',
    code: head + code,
    controls: options.controls ?? {},
    ...(options.scene ? { scene: options.scene } : {}),
  };
  return runSimulation(quickjs, request, fakeCluster, { ...defaultLimits, ...options.limits }, () => performance.now());
}

describe('a simulation', () => {
  test('is one scene when it names none', async () => {
    const report = await run(`
      const q = predict.choice('어디로 갑니까?', ['a', 'b']);
      const trace = cluster.trace('pod/client', 'http://web', { seed: 7 });
      draw.packet(trace.first('nat.dnat'), { title: 'DNAT 뒤' });
      q.observe(trace.first('nat.dnat').after.destination, '목적지');
      explain('규칙이 바꿉니다.');
    `);
    expect(report.failure).toBeUndefined();
    expect(report.scenes).toHaveLength(1);
    expect(report.scenes[0]).toMatchObject({
      id: 'main',
      questions: [
        {
          question: { id: 'q1', kind: 'choice', choices: ['a', 'b'] },
          observation: { kind: 'choice', value: '10.244.1.10:8080' },
          label: '목적지',
        },
      ],
      drawings: [{ kind: 'packet', title: 'DNAT 뒤', step: { kind: 'nat.dnat' } }],
      explanations: ['규칙이 바꿉니다.'],
    });
  });

  test('runs only the scene asked for, with the controls asked for', async () => {
    const code = `
      scene({ id: 'a', title: '가' }, () => { draw.note('a'); });
      scene({ id: 'b', title: '나', run: 'ping', twinOf: 'a' }, () => { draw.note(control('모드', ['iptables', 'ipvs'])); });
    `;
    const all = await run(code);
    expect(all.scenes.map((scene) => scene.id)).toEqual(['a', 'b']);
    const one = await run(code, { scene: 'b', controls: { b: { 모드: 'ipvs' } } });
    expect(one.scenes).toMatchObject([{ id: 'b', run: 'ping', twinOf: 'a', drawings: [{ kind: 'note', text: 'ipvs' }] }]);
  });

  test('shows notes before the first question ahead of the run', async () => {
    const report = await run(`draw.note('before'); predict.choice('?', ['a', 'b']); draw.note('after');`);
    expect(report.scenes[0]).toMatchObject({ situation: ['before'], drawings: [{ kind: 'note', text: 'after' }] });
  });

  test('keeps what a command printed as it is', async () => {
    const report = await run(`draw.output(cluster.kubectl('get svc'), 'kubectl get svc');`);
    expect(report.scenes[0]?.drawings).toEqual([{ kind: 'output', text: 'ran get svc', command: 'kubectl get svc' }]);
  });

  test('counts connections beside what the rules promise', async () => {
    const report = await run(`draw.histogram(cluster.repeat('pod/client', 'http://web', 50, { seed: 3 }));`);
    expect(report.scenes[0]?.drawings).toEqual([
      { kind: 'histogram', times: 50, receivers: [{ name: 'web-1', count: 50, probability: 1 }] },
    ]);
  });

  test('keeps what was drawn before it failed', async () => {
    const report = await run(`draw.note('before');\nthrow new Error('no');`);
    expect(report.scenes[0]?.drawings).toHaveLength(1);
    expect(report.failure).toEqual({ kind: 'thrown', message: 'no', line: 3 });
  });
});

describe('mistakes end in a message with the line', () => {
  test.each([
    ['an endless loop', 'let n = 0;\nwhile (true) { n += 1; }', { kind: 'timeout', loops: [3] }],
    ['deep recursion', 'function f() { return f() + 1; }\nf();', { kind: 'stack', line: 2 }],
    ['a memory bomb of objects', 'const all = [];\nfor (;;) all.push(Array(2000).fill({}));', { kind: 'memory' }],
    ['a memory bomb of buffers', 'const all = [];\nfor (;;) all.push(new Uint8Array(1e6));', { kind: 'memory' }],
    ['a string that doubles', 'let text = "x";\nfor (;;) text += text;', { message: /out of memory|string too long/ }],
    ['a syntax error', 'const a = 1;\nconst = 2;', { kind: 'syntax', line: 3 }],
    ['an unknown name', 'draw.note("a");\nmissing();', { kind: 'thrown', line: 3 }],
    ['a top-level await that never ends', 'await new Promise(() => {});', { kind: 'pending' }],
    ['a rejected await', 'await Promise.reject(new Error("late"));', { kind: 'thrown' }],
    ['a ReDoS', '/^(a+)+$/.test("a".repeat(40) + "b");', { kind: 'timeout' }],
    ['a flood of output', 'const long = "x".repeat(4000);\nfor (;;) draw.note(long);', { kind: 'output', line: 3 }],
    ['a step that is not there', 'cluster.trace("pod/a", "http://b").first("nat.snat");', { kind: 'thrown', line: 2 }],
    ['something not modelled', 'try { cluster.trace("pod/a", "sctp://b:1"); } catch {}', { kind: 'not-modelled', message: 'SCTP' }],
    ['another module', 'import fs from "node:fs";', { kind: 'thrown' }],
    ['a getter that never ends', 'throw { get stack() { for (;;); } };', { kind: 'timeout' }],
    ['a thrown text', 'throw "text";', { kind: 'thrown', message: 'text' }],
  ])('%s', async (_name, code, failure) => {
    // Memory has to run out before time does, on a slow machine too.
    const milliseconds = 'kind' in failure && failure.kind === 'memory' ? 10_000 : 500;
    const report = await run(code, { limits: { milliseconds } });
    expect(report.failure).toMatchObject(
      Object.fromEntries(
        Object.entries(failure).map(([key, value]) => [key, value instanceof RegExp ? expect.stringMatching(value) : value]),
      ),
    );
  });

  test('catching the limit does not go on', async () => {
    const report = await run(`for (let n = 0; n < 100000; n++) { try { draw.note('x'.repeat(4000)); } catch {} }`);
    expect(report.failure?.kind).toBe('output');
    expect(report.scenes[0]?.drawings.length).toBeLessThan(200);
  });

  test('a promise chain that feeds itself ends', async () => {
    const report = await run(`const again = () => Promise.resolve().then(again);\nawait again();`, { limits: { milliseconds: 300 } });
    expect(report.failure?.kind).toMatch(/timeout|memory/);
  });
});

describe('the guest gets nothing from outside', () => {
  async function seen(expression: string): Promise<unknown> {
    const report = await run(`draw.note(String(${expression}));`);
    return report.failure ?? report.scenes[0]?.drawings[0];
  }

  test.each(['__host', 'process', 'require', 'fetch', 'setTimeout', 'WebAssembly', 'document', 'self', 'postMessage'])(
    'no %s',
    async (name) => {
      expect(await seen(`typeof globalThis[${JSON.stringify(name)}]`)).toEqual({ kind: 'note', text: 'undefined' });
    },
  );

  test('constructor chains end at the guest itself', async () => {
    expect(await seen('draw.note.constructor("return typeof process + typeof globalThis.__host")()')).toEqual({
      kind: 'note',
      text: 'undefinedundefined',
    });
  });

  test('__proto__ in arguments changes nothing of the host', async () => {
    const report = await run(`
      draw.table(JSON.parse('{"caption":"a","columns":["b"],"rows":[["c"]],"__proto__":{"polluted":1}}'));
      Object.prototype.kind = 'forged';
    `);
    expect(report.scenes[0]?.drawings).toEqual([{ kind: 'table', caption: 'a', columns: ['b'], rows: [['c']] }]);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(Reflect.get({}, 'kind')).toBeUndefined();
  });

  test.each([
    ['a trace', `draw.trace({ id: 0, steps: [], end: 'delivered' });`],
    ['a step', `draw.packet({ trace: 0, number: 5, after: { destination: 'x' } });`],
    ['a tally', `draw.histogram({ id: 0, times: 1 });`],
    ['an observation', `predict.outcome('?').observe({ end: 'delivered' });`],
    ['a table', `draw.table({ caption: 'a', columns: ['b'], rows: [[{ html: '<b>' }]] });`],
    ['a number', `predict.number('?', { min: 0, max: 1 }).observe(NaN);`],
    ['a scene', `scene({ id: 'constructor', title: {} }, () => {});`],
    ['a seed', `cluster.trace('pod/a', 'http://b', { seed: -1 });`],
    ['a mode', `cluster.mode('__proto__');`],
  ])('%s cannot be forged', async (_name, code) => {
    const report = await run(code);
    expect(report.failure).toMatchObject({ kind: 'thrown', line: 2 });
    expect(report.scenes.flatMap((scene) => scene.drawings)).toEqual([]);
  });

  test('a trace it was given is drawn as the engine made it, whatever the guest did to it', async () => {
    const report = await run(`
      const trace = cluster.trace('pod/client', 'http://web');
      draw.trace({ id: trace.id, steps: [] });
    `);
    expect(report.scenes[0]?.drawings).toEqual([{ kind: 'trace', trace: fixtureTrace }]);
  });

  test('Math.random and Date tell nothing about the machine that matters, and the report stays the same', async () => {
    const code = `draw.note(String(cluster.rules('node-1')));`;
    expect(await run(code)).toEqual(await run(code));
  });
});
