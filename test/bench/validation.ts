import { admit, bootCluster, type JsonObject } from '#engine';
import { readCluster } from '../../src/cli/files.ts';
import { readRecordings } from '../conformance/recordings.ts';
import { median, timed } from './clock.ts';

/** Milliseconds for one Service document of the recordings, from JSON text to the API server's answer. */
export function measureValidation(rounds: number): { readonly documents: number; readonly each: number } {
  const world = readCluster('recorded');
  const { store } = bootCluster(world, 1);
  const texts = readRecordings('fuzz')
    .filter(({ object }) => object.kind === 'Service')
    .map(({ object }) => JSON.stringify(object));
  const round = () => {
    for (const text of texts) admit(store, { verb: 'create', object: JSON.parse(text) as JsonObject, namespace: 'default' }, world, 1);
  };
  for (let warmUp = 0; warmUp < 3; warmUp += 1) round();
  const times = Array.from({ length: rounds }, () => timed(round));
  return { documents: texts.length, each: median(times) / texts.length };
}
