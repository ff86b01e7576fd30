import { readFileSync } from 'node:fs';
import { parseClusterFile, parseProbe } from '#engine';
import { type Exercise, runExercise } from '#views/exercise.ts';
import { traceTable } from '#views/trace-table.ts';
import { worldLibrary } from '../../src/cli/files.ts';
import { percentile, timed } from './clock.ts';

const folder = new URL('../../content/lessons/s3-clusterip/', import.meta.url);

/** The live exercise of the lesson `s3-clusterip`. */
export function lessonExercise(): Exercise {
  const { value: cluster } = parseClusterFile(readFileSync(new URL('cluster.yaml', folder), 'utf8'), 'cluster.yaml', worldLibrary());
  const parsed = parseProbe('pod/client', 'http://my-app-service');
  if (cluster === undefined || !parsed.ok) throw new Error('the lesson s3-clusterip has no sound world');
  const text = readFileSync(new URL('start.yaml', folder), 'utf8');
  return { cluster, files: [{ name: 'start.yaml', text }], probes: [{ id: 'curl', probe: parsed.probe, count: 300 }] };
}

/** The texts somebody makes who wipes out every line's value and types it again: two keystrokes a character. */
function* typed(text: string): Generator<string> {
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    const start = line.search(/\S/);
    const states = Array.from({ length: Math.max(0, line.length - start - 1) }, (_, count) => line.slice(0, line.length - count - 1));
    for (const state of [...states, ...states.toReversed(), line]) yield lines.with(index, state).join('\n');
  }
}

export interface KeystrokeTimes {
  readonly keystrokes: number;
  readonly p50: number;
  readonly p95: number;
  /** Of the texts that Kubernetes accepts: these run to the trace. */
  readonly acceptedP50: number;
  readonly acceptedP95: number;
  readonly accepted: number;
}

/** From a keystroke to the trace's table: read, decoded, validated, allocated, reconciled, synced, traced. */
export function measureKeystrokes(rounds: number): KeystrokeTimes {
  const exercise = lessonExercise();
  const all: number[] = [];
  const accepted: number[] = [];
  for (let round = -2; round < rounds; round += 1) {
    for (const text of typed(exercise.files[0]?.text ?? '')) {
      let isAccepted = false;
      const time = timed(() => {
        const run = runExercise({ ...exercise, files: [{ name: 'start.yaml', text }] }, 1);
        isAccepted = run.accepted;
        for (const trace of run.traces.values()) traceTable(trace, (origin) => run.snapshot.sources.locate(origin));
      });
      // The first rounds warm the machine up, as the first keystrokes do.
      if (round < 0) continue;
      all.push(time);
      if (isAccepted) accepted.push(time);
    }
  }
  return {
    keystrokes: all.length,
    p50: percentile(all, 0.5),
    p95: percentile(all, 0.95),
    accepted: accepted.length,
    acceptedP50: percentile(accepted, 0.5),
    acceptedP95: percentile(accepted, 0.95),
  };
}
