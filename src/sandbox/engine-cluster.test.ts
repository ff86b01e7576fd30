import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { kubectl, parseClusterFile } from '#engine';
import { HostRefusal } from './cluster-host.ts';
import { newEngineCluster } from './engine-cluster.ts';
import { runInNode } from './in-node.ts';

const root = join(import.meta.dirname, '..', '..');
const worlds = Object.fromEntries(
  globSync('**/*.yaml', { cwd: join(root, 'clusters') }).map((path) => [
    path.replaceAll('\\', '/').replace(/\.yaml$/, ''),
    readFileSync(join(root, 'clusters', path), 'utf8'),
  ]),
);
const { value: cluster } = parseClusterFile('name: test\nextends: [ref3, workloads/my-app]\n', 'test.yaml', worlds);
if (cluster === undefined) throw new Error('the test world cannot be read');

const service = `apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  clusterIP: 10.96.1.100
  selector: { app: my-app }
  ports: [{ port: 80, targetPort: 8080 }]
`;
const start = { cluster, files: [{ name: 'web.yaml', text: service }] };

describe('a scene of the engine', () => {
  test('starts with its files and sees what is applied to it', () => {
    const scene = newEngineCluster(start);
    expect(scene.trace('pod/client', 'http://10.96.1.100', 1).end.kind).toBe('delivered');
    expect(scene.apply(service.replace('port: 80', 'port: 81'))).toEqual({ ok: true, output: 'service/web configured\n' });
    expect(scene.trace('pod/client', 'http://10.96.1.100', 1).end.kind).not.toBe('delivered');
    expect(scene.trace('pod/client', 'http://10.96.1.100:81', 1).end.kind).toBe('delivered');
  });

  test('prints what kubectl says of a refused manifest', () => {
    const answer = newEngineCluster(start).apply(service.replace('port: 80', 'port: 0'));
    expect(answer.ok).toBe(false);
    expect(answer.output).toContain('must be between 1 and 65535');
  });

  test('leaves other scenes alone', () => {
    newEngineCluster(start).apply(service.replace('port: 80', 'port: 81'));
    expect(newEngineCluster(start).trace('pod/client', 'http://10.96.1.100', 1).end.kind).toBe('delivered');
  });

  test('counts every connection', () => {
    const { times, receivers } = newEngineCluster(start).repeat('pod/client', 'http://10.96.1.100', 60, 7, () => false);
    expect(times).toBe(60);
    expect(receivers.map(({ name }) => name)).toEqual(['my-app-1', 'my-app-2', 'my-app-3']);
    expect(receivers.reduce((sum, { count }) => sum + count, 0)).toBe(60);
  });

  test('prints as kubectl does', () => {
    expect(newEngineCluster(start, kubectl).kubectl('get service web')).toMatch(
      /^NAME +TYPE +CLUSTER-IP.*\nweb +ClusterIP +10\.96\.1\.100/,
    );
  });

  test('names the senders there are', () => {
    expect(() => newEngineCluster(start).trace('pod/clinet', 'http://web', 1)).toThrow(HostRefusal);
    expect(() => newEngineCluster(start).trace('pod/clinet', 'http://web', 1)).toThrow(
      /there is no pod\/default\/clinet; there are .*pod\/default\/client/,
    );
  });
});

describe('in a thread of its own', () => {
  const request = { file: 'simulation.ts', controls: {} };

  test('a simulation runs as in the page', async () => {
    const code = `import { cluster, draw } from 'packet-path';\ndraw.note(cluster.trace('pod/client', 'http://web').end);`;
    expect(await runInNode({ ...request, code }, start)).toMatchObject({ scenes: [{ drawings: [{ kind: 'note', text: 'delivered' }] }] });
  });

  test('one that hangs in native code is ended', async () => {
    const limits = {
      milliseconds: 100,
      memoryBytes: 48 * 1024 * 1024,
      stackBytes: 96 * 1024,
      outputCharacters: 1000,
      hostCalls: 10,
      connections: 10,
    };
    const report = await runInNode({ ...request, code: `/^(a+)+$/.test('a'.repeat(60) + 'b');` }, start, limits);
    expect(report.failure?.kind).toBe('timeout');
  });
});
