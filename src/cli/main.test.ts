import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { main } from './main.ts';

class Kept extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

async function run(args: readonly string[], stdin = ''): Promise<{ code: number; stdout: string; stderr: string }> {
  const [stdout, stderr] = [new Kept(), new Kept()];
  const code = await main(args, { stdin: Readable.from([stdin]), stdout, stderr });
  return { code, stdout: stdout.text, stderr: stderr.text };
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'packet-path-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const service = `apiVersion: v1
kind: Service
metadata:
  name: my-app-service
spec:
  selector:
    app: my-app
  ports:
    - port: 80
      targetPort: 8080
`;

describe('every command', () => {
  test.each(['apply', 'trace', 'explain', 'rules', 'grade', 'lab', 'answer'])('%s has a help that names it', async (name) => {
    const { code, stdout } = await run([name, '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain(`packet-path ${name}`);
  });

  test.each([
    ['no command', [], 2, ''],
    ['an unknown command', ['aply'], 2, 'there is no command "aply"'],
    ['an unknown option', ['apply', '--clutser', 'ref3'], 2, "Unknown option '--clutser'"],
    ['a file that is not there', ['apply', 'nowhere.yaml'], 2, 'nowhere.yaml: there is no such file'],
    ['a folder instead of a file', ['apply', '.'], 2, '.: this is a folder'],
    ['a world that is not there', ['apply', '--cluster', 'ref9', '-'], 2, 'ref9: there is no such file'],
    ['a sender that is none', ['trace', '--from', 'client', '--to', 'http://web'], 2, '"client" names no sender'],
    ['a node that is not there', ['rules', '--node', 'node-9'], 2, 'Nodes of ref3: node-1, node-2, node-3'],
    ['a seed that is none', ['trace', '--from', 'pod/client', '--to', 'http://web', '--seed', 'x'], 2, 'a seed is a whole number'],
  ])('answers %s with exit code %i', async (_, args, expected, words) => {
    const { code, stderr } = await run(args);
    expect(code).toBe(expected);
    expect(stderr).toContain(words);
    expect(stderr).not.toContain('bug');
  });
});

describe('apply', () => {
  test('prints what kubectl prints', async () => {
    expect(await run(['apply', '-'], service)).toEqual({ code: 0, stdout: 'service/my-app-service created\n', stderr: '' });
  });

  test('gives exit code 1 and the words of kubectl for what is refused', async () => {
    const { code, stdout, stderr } = await run(['apply', '-'], service.replace('port: 80\n', 'port: 0\n'));
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive');
  });

  test.each([
    ['NUL bytes', 'a: \0'],
    ['a megabyte of text', 'x'.repeat(1_000_000)],
    [
      'an alias bomb',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'.replace(/./g, (at) => `${at}: &${at} [${`*${String.fromCharCode(at.charCodeAt(0) - 1)},`.repeat(9)}]\n`)}`,
    ],
    ['a prototype key', '__proto__: { kind: Service }\nconstructor: 1\n'],
    ['bytes that are no UTF-8', '\ufffd\ufffe'],
  ])('answers %s with words and exit code 1', async (_, text) => {
    const { code, stderr } = await run(['apply', '-'], text);
    expect(code).toBe(1);
    expect(stderr.length).toBeGreaterThan(10);
    expect(stderr).not.toContain('bug');
  });
});

describe('trace', () => {
  test('headers go with the request: the host of a route that nobody has', async () => {
    const world = file('ingress.yaml', 'name: test\nextends: [ref3, workloads/ingress-nginx]\n');
    const to = ['--from', 'outside/client', '--to', 'http://203.0.113.20/cart', '--cluster', world];
    const { stdout } = await run(['trace', ...to, '--header', 'Host: nobody.example.com']);
    expect(stdout).toContain("curl -H 'host: nobody.example.com' http://203.0.113.20/cart");
    expect(stdout).toContain('HTTP 404');
  });

  test('prints a table, and the same as JSON', async () => {
    const path = file('web.yaml', service);
    const args = ['trace', '--from', 'pod/client', '--to', 'http://my-app-service', '--cluster', 'workloads/my-app', path];
    const world = file('world.yaml', 'name: test\nextends: [ref3, workloads/my-app]\n');
    const table = await run(args.with(6, world));
    expect(table.code).toBe(0);
    expect(table.stdout).toContain('client $ curl http://my-app-service');
    expect(table.stdout).toMatch(/HTTP 200\n$/);
    const json = await run([...args.with(6, world), '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ probe: { host: 'my-app-service', port: 80 }, end: { kind: 'delivered' } });
  });

  test('gives exit code 1 when nothing arrives', async () => {
    const { code } = await run(['trace', '--from', 'pod/client', '--to', 'http://nobody']);
    expect(code).toBe(1);
  });
});

describe('answer', () => {
  test('answers every line, and owns up to one it cannot read', async () => {
    const lines = [{ id: 'a', apply: service }, { id: 'b' }].map((record) => JSON.stringify(record));
    const { code, stdout } = await run(['answer', 'admission', file('in.jsonl', [...lines, '{ broken', ''].join('\n'))]);
    expect(code).toBe(0);
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(answers).toHaveLength(3);
    expect(answers[0]).toMatchObject({ id: 'a', exitCode: 0, stdout: 'service/my-app-service created\n' });
    expect(answers[1]).toMatchObject({ id: 'b', notModelled: ['this record'] });
    expect(answers[2]).toMatchObject({ notModelled: ['this record'] });
  });

  test('writes one answer a file', async () => {
    const [input, output] = [mkdtempSync(join(folder, 'in-')), join(folder, 'out')];
    const question = {
      id: 'one',
      pods: [],
      objects: [JSON.parse('{"apiVersion":"v1","kind":"Service","metadata":{"name":"a"},"spec":{"ports":[{"port":80}]}}')],
      kubectl: ['kubectl get svc'],
    };
    writeFileSync(join(input, 'one.json'), JSON.stringify(question));
    expect(await run(['answer', 'scenarios', input, output])).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(readFileSync(join(output, 'one.json'), 'utf8'))).toMatchObject({ id: 'one', flows: [], dns: [] });
  });
});

describe('grade', () => {
  const submission = { format: 1, lab: { id: 'l-302', version: 1 }, name: '=HYPERLINK("x")', files: {}, hintsUsed: 0 };

  test('grades what it can and says what it cannot', async () => {
    const damaged = file('damaged.submission.json', '{"format":1');
    const untouched = file('untouched.submission.json', JSON.stringify(submission));
    const { code, stdout } = await run(['grade', damaged, untouched, '--csv', '--junit']);
    expect(code).toBe(2);
    const [csv = '', xml = ''] = stdout.split('<?xml');
    expect(csv.split('\r\n')).toHaveLength(4);
    expect(csv).toContain(',error,0,');
    expect(csv).toContain("'=HYPERLINK");
    expect(xml).toContain('<testsuite name=');
  });

  test('gives exit code 1 for an answer that fails', async () => {
    const { code, stdout } = await run(['grade', file('one.submission.json', JSON.stringify(submission))]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ format: 1, lab: { id: 'l-302' }, state: 'fail' });
  });
});

describe('explain', () => {
  const addressed = service.replace('spec:\n', 'spec:\n  clusterIP: 10.96.1.9\n');
  const args = ['explain', '--from', 'node/node-1', '--to', 'tcp://10.96.1.9:80'];

  test('names the field that turned a decision, and its line', async () => {
    const old = file('old.yaml', addressed);
    const fresh = file(
      'new.yaml',
      addressed.replace('name: my-app-service', 'name: my-app-service\n  labels: { tier: front }').replace('port: 80\n', 'port: 81\n'),
    );
    const { code, stdout, stderr } = await run([...args, old, fresh]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('11행 Service my-app-service의 spec.ports[0].port 필드: 80 → 81');
    expect(stdout.split('그 밖에')[1]).toContain('metadata.labels');
  });

  test('gives exit code 1 when nothing turned, and asks for two files', async () => {
    const old = file('old.yaml', addressed);
    const { code, stdout } = await run([...args, old, old]);
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: '이 요청은 두 클러스터에서 똑같이 갑니다.\n두 클러스터에 달라진 필드도 없습니다.\n',
    });
    expect(await run([...args, old])).toMatchObject({ code: 2, stderr: expect.stringContaining('name two files') });
  });
});
