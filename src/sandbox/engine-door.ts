import { doorKey } from './door-key.ts';
import { newEngineCluster } from './engine-cluster.ts';

/**
 * The engine for the sandbox's worker. The page loads this module, and the worker loads the very same file by its address: the
 * browser has it already, so a simulation fetches no second engine. A bundler may rename what a module exports, hence the global.
 */
export const doorAddress: string = import.meta.url;

Reflect.set(globalThis, doorKey, newEngineCluster);
