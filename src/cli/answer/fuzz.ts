import { admit, bootCluster, type ClusterSpec, type JsonObject } from '#engine';
import { withAllocations } from './admission.ts';

export interface FuzzQuestion {
  readonly id: string;
  readonly object: JsonObject;
}

const seed = 1;

/** What the API server answers to a POST of one object into the clean namespace `default`. */
export function answerFuzz({ id, object }: FuzzQuestion, world: ClusterSpec): object {
  const { store } = bootCluster(world, seed);
  const result = admit(store, { verb: 'create', object, namespace: 'default' }, world, seed);
  const warnings = result.warnings.length > 0 ? { warnings: result.warnings } : {};
  const notModelled = result.notModelled === undefined ? {} : { notModelled: result.notModelled };
  if (result.ok)
    return { id, code: result.code, stored: withAllocations(result.stored, JSON.stringify(object)), ...warnings, ...notModelled };
  const { code, reason, message, causes } = result.failure;
  return { id, code, reason, message, causes, ...warnings, ...notModelled };
}
