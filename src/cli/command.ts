import type { Readable, Writable } from 'node:stream';

/** What a command may touch. Tests give their own streams. */
export interface Terminal {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/** Exit codes of every command: it went well; what was asked has the answer no; it could not be done. */
export const exitCodes = { ok: 0, no: 1, problem: 2 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** One verb of the command line. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** The whole help, without a closing newline. */
  readonly help: string;
  run(args: readonly string[], terminal: Terminal): Promise<ExitCode>;
}

/** A mistake in how a command was called, or in what it was given: printed as one line, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
