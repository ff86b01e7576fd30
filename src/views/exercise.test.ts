import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseClusterFile, parseProbe } from '#engine';
import { type Exercise, runExercise, sendMany } from './exercise.ts';
import { fieldChanges, filledValues } from './field-values.ts';
import { traceTable } from './trace-table.ts';
import { whatChanged } from './what-changed.ts';

const clusters = join(import.meta.dirname, '..', '..', 'clusters');
const worlds = Object.fromEntries(
  globSync('**/*.yaml', { cwd: clusters }).map((path) => [
    path.replaceAll('\\', '/').replace(/\.yaml$/, ''),
    readFileSync(join(clusters, path), 'utf8'),
  ]),
);
const { value: cluster } = parseClusterFile('name: test\nextends: [ref3, workloads/my-app]\n', 'test.yaml', worlds);
const parsed = parseProbe('pod/client', 'http://web');
if (cluster === undefined || !parsed.ok) throw new Error('the test world cannot be read');
const probe = { id: 'web', probe: parsed.probe, count: 30 };
const world = cluster;

const service = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: 10.96.1.100
  selector:
    app: my-app
  ports:
    - port: 80
      targetPort: 8080
`;

function exercise(text: string): Exercise {
  return { cluster: world, files: [{ name: 'web.yaml', text }], probes: [probe] };
}

describe('an exercise', () => {
  const run = runExercise(exercise(service), 7);

  test('traces every probe through the files it was given', () => {
    expect(run.accepted).toBe(true);
    expect(run.traces.get('web')?.end.kind).toBe('delivered');
  });

  test('does not trace what Kubernetes refuses', () => {
    const refused = runExercise(exercise(service.replace('port: 80', 'port: 0')), 7);
    expect([refused.accepted, refused.traces.size]).toEqual([false, 0]);
    expect(refused.diagnostics[0]?.span?.start).toMatchObject({ line: 10, column: 13 });
  });

  test('keeps the cluster when only the connection is made anew', () => {
    const other = runExercise(exercise(service.replace('  clusterIP: 10.96.1.100\n', '')), 8);
    const again = runExercise(exercise(service.replace('  clusterIP: 10.96.1.100\n', '')), 9);
    expect(filledValues(other.snapshot, 'Service')).toEqual(filledValues(again.snapshot, 'Service'));
  });

  test('counts many connections', () => {
    const { times, receivers } = sendMany(run, probe);
    expect(times).toBe(30);
    expect(receivers.reduce((sum, { count }) => sum + count, 0)).toBe(30);
  });

  test('ties the step that rewrites the packet to its line', () => {
    const trace = run.traces.get('web');
    if (trace === undefined) throw new Error('no trace');
    const rows = traceTable(trace, (origin) => run.snapshot.sources.locate(origin)).groups.flatMap((group) => group.rows);
    const dnat = rows.find((row) => row.destination?.after !== undefined);
    expect(dnat?.lines[0]).toEqual({ file: 'web.yaml', line: 11, field: 'targetPort' });
  });

  test('stands any text', () => {
    const yamlish = fc.array(
      fc.oneof(fc.constantFrom('kind: Service\n', 'spec:\n', '  ports:\n', '  - port: 1\n', ': ', '\n', '---\n', '*a', '{'), fc.string()),
    );
    fc.assert(
      fc.property(yamlish, (parts) => {
        runExercise(exercise(parts.join('')), 7);
      }),
      { numRuns: 60 },
    );
  });
});

describe('what the API server filled in', () => {
  test('is what no manifest wrote', () => {
    const [filled] = filledValues(runExercise(exercise(service), 7).snapshot, 'Service');
    const fields = Object.fromEntries(filled?.fields.map(({ path, value }) => [path, value]) ?? []);
    expect(fields).toMatchObject({ 'spec.sessionAffinity': 'None', 'spec.ports[0].protocol': 'TCP', 'spec.type': 'ClusterIP' });
    expect(fields).not.toHaveProperty('spec.clusterIP');
    expect(fields).not.toHaveProperty('spec.ports[0].port');
  });
});

describe('what changed', () => {
  const before = runExercise(exercise(service), 7);
  const after = runExercise(exercise(service.replace('port: 80\n', 'port: 8081\n')), 7);
  const [was, is] = [before.traces.get('web'), after.traces.get('web')];
  if (was === undefined || is === undefined) throw new Error('no traces');

  test('names the field with its line, and where the journey parts', () => {
    const changes = fieldChanges(before.snapshot, after.snapshot, 'Service', 4);
    const changed = whatChanged(changes, was, is, (origin) => after.snapshot.sources.locate(origin));
    expect(changed.fields).toEqual(['10행 spec.ports[0].port 필드: 80 → 8081']);
    expect(changed.trace).toMatch(/^추적은 [34]걸음부터 달라졌습니다\.$/);
    expect(changed.steps.size).toBeGreaterThan(0);
  });

  test('is nothing when nothing did', () => {
    const same = whatChanged(fieldChanges(before.snapshot, before.snapshot, 'Service', 4), was, was, () => undefined);
    expect(same).toEqual({ fields: [], trace: '이 요청이 가는 길은 그대로입니다.', steps: new Set() });
  });

  test('is bounded', () => {
    const none = runExercise(exercise(''), 7);
    expect(fieldChanges(none.snapshot, before.snapshot, 'Service', 2)).toHaveLength(2);
  });
});
