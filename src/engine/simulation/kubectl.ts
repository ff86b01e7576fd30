import type { CommandOutput } from '../kubectl/command-output.ts';
import { kubectlRead } from '../kubectl/read.ts';
import type { Snapshot } from './snapshot.ts';

/** What a reading kubectl command prints about the cluster at the snapshot's moment; `argv` is what follows `kubectl`. */
export function kubectl(snapshot: Snapshot, argv: readonly string[]): CommandOutput {
  return kubectlRead(snapshot, argv);
}
