import { answer } from './answer/command.ts';
import { apply } from './apply.ts';
import { type Command, exitCodes, type Terminal, UsageError } from './command.ts';
import { explain } from './explain.ts';
import { grade } from './grade.ts';
import { lab } from './lab.ts';
import { rules } from './rules.ts';
import { trace } from './trace.ts';

const commands: readonly Command[] = [apply, trace, explain, rules, grade, lab, answer];

const help = `packet-path: a simulated Kubernetes cluster that answers as v1.37.1 does

Usage: packet-path COMMAND [OPTIONS]

Commands:
${commands.map((command) => `  ${command.name.padEnd(8)} ${command.summary}`).join('\n')}

"packet-path COMMAND --help" says more. Exit codes: 0 done, 1 the answer is no, 2 it could not be done.`;

/** Runs one command line (without the program's own name) and gives its exit code. Never throws. */
export async function main(args: readonly string[], terminal: Terminal = process): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    terminal.stdout.write(`${help}\n`);
    return name === undefined ? exitCodes.problem : exitCodes.ok;
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) {
    terminal.stderr.write(`packet-path: there is no command "${name}". Commands: ${commands.map((one) => one.name).join(', ')}.\n`);
    return exitCodes.problem;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    terminal.stdout.write(`${command.help}\n`);
    return exitCodes.ok;
  }
  try {
    return await command.run(rest, terminal);
  } catch (error) {
    if (isUsageError(error)) {
      terminal.stderr.write(`packet-path ${command.name}: ${error.message}\n`);
    } else {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      terminal.stderr.write(`packet-path ${command.name}: this is a bug of packet-path.\n${detail}\n`);
    }
    return exitCodes.problem;
  }
}

/** Ours, and those of `node:util` parseArgs. */
function isUsageError(error: unknown): error is Error {
  return (
    error instanceof UsageError || (error instanceof TypeError && String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS'))
  );
}
