import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { bootCluster, type JsonObject, type ProxyMode, postObjects, type Snapshot } from '#engine';
import { scenarioCluster } from '../../src/cli/answer/scenario.ts';
import { readCluster } from '../../src/cli/files.ts';
import { readRecordings } from '../conformance/recordings.ts';

/** A cluster state: Pods in a cluster file's shorthand, and the objects applied. */
export interface Situation {
  readonly id: string;
  readonly pods: readonly JsonObject[];
  readonly objects: readonly JsonObject[];
}

const folder = new URL('situations/', import.meta.url);

export function readSituations(): readonly Situation[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return names.sort().map((name) => {
    const { pods, objects } = parse(readFileSync(new URL(name, folder), 'utf8')) as Omit<Situation, 'id'>;
    return { id: name.replace(/\.yaml$/, ''), pods, objects };
  });
}

/** States that a real cluster was recorded in, to be laid out here as well. */
export function recordedSituations(text: string): readonly Situation[] {
  return readRecordings('scenarios').filter(({ id }) => id.includes(text));
}

/** The situation in the recordings' world: its Pods hang on a wire each, as they do here. */
export function snapshotOf({ id, pods, objects }: Situation, mode: ProxyMode): Snapshot {
  const world = readCluster('recorded');
  const { snapshot, failures } = postObjects(bootCluster(scenarioCluster({ id, pods }, world, mode), 1), objects);
  if (failures.length > 0 && objects.length === failures.length) throw new Error(`${id}: the API server refuses every object`);
  return snapshot;
}
