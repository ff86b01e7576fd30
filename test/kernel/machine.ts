import { spawnSync } from 'node:child_process';

/** A command of the machine did not do what it was told. */
export class MachineError extends Error {}

/** Runs a command to its end and gives what it printed. */
export function run(command: readonly string[], input?: string): string {
  const [name = '', ...args] = command;
  const { status, stdout, stderr, error } = spawnSync(name, args, { input, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (error !== undefined) throw new MachineError(`${name}: ${error.message}`);
  if (status !== 0) throw new MachineError(`${command.slice(0, 6).join(' ')} (exit code ${status}): ${stderr.trim().slice(0, 2000)}`);
  return stdout;
}

/** Runs shell lines inside a network namespace; the first that fails ends them. */
export function runIn(namespace: string, lines: readonly string[]): string {
  return run(['ip', 'netns', 'exec', namespace, 'sh', '-e', '-s'], lines.join('\n'));
}

/** Whether a command can be run at all and says yes. */
export function works(command: readonly string[], input?: string): boolean {
  try {
    run(command, input);
    return true;
  } catch {
    return false;
  }
}
