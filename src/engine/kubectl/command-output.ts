/** What a command leaves behind: the two streams and the exit code, byte for byte. */
export interface CommandOutput {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}
