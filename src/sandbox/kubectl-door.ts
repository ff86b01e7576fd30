import { kubectl } from '#engine';
import { kubectlKey } from './door-key.ts';

/** kubectl's printers for the worker, as `engine-door.ts` is the engine: fetched only for simulations whose code says `kubectl`. */
export const kubectlAddress: string = import.meta.url;

Reflect.set(globalThis, kubectlKey, kubectl);
