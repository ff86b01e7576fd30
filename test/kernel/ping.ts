import { execFile } from 'node:child_process';

const answers: readonly (readonly [pattern: RegExp, outcome: string])[] = [
  [/bytes from/, 'answered'],
  [/Destination Port Unreachable/, 'refused'],
  [/Destination Host Unreachable/, 'host-unreachable'],
  [/Network is unreachable|Destination Net Unreachable/, 'net-unreachable'],
];

/** One echo request out of a namespace. Node.js cannot send it, so the machine's own tool does. */
export function ping(namespace: string, host: string, milliseconds: number): Promise<string> {
  const seconds = String(Math.ceil(milliseconds / 1000));
  return new Promise((resolve) => {
    execFile(
      'ip',
      ['netns', 'exec', namespace, 'ping', '-n', '-c', '1', '-W', seconds, host],
      { encoding: 'utf8' },
      (_, stdout, stderr) => {
        resolve(answers.find(([pattern]) => pattern.test(stdout + stderr))?.[1] ?? 'timeout');
      },
    );
  });
}
