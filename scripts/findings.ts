/** Something a check found wrong, and what to do. */
export interface Finding {
  /** Path from the project's root. */
  readonly file: string;
  /** 1-based. */
  readonly line?: number;
  readonly message: string;
}

/** Prints findings as `file:line message` and sets the exit code. Having looked at nothing is a failure. */
export function conclude(check: string, looked: number, findings: readonly Finding[]): void {
  for (const { file, line, message } of findings) process.stdout.write(`${file}${line === undefined ? '' : `:${line}`} ${message}\n`);
  if (looked === 0) {
    process.stdout.write(`${check}: there was nothing to check\n`);
    process.exitCode = 1;
    return;
  }
  process.stdout.write(`${check}: ${looked} looked at, ${findings.length} wrong\n`);
  if (findings.length > 0) process.exitCode = 1;
}
