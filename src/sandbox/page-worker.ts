/// <reference lib="webworker" />
import type { QuickJSWASMModule } from 'quickjs-emscripten-core';
import { doorKey, kubectlKey } from './door-key.ts';
import type { Kubectl, newEngineCluster } from './engine-cluster.ts';
import type { PageQuestion, SandboxAnswer } from './messages.ts';
import { loadQuickJS } from './quickjs.ts';
import { runSimulation } from './run-simulation.ts';

/** The sandbox's thread in the page: answers each question with one report. */

let quickjs: Promise<QuickJSWASMModule> | undefined;

addEventListener('message', (event: MessageEvent<PageQuestion>) => {
  answer(event.data).then((report) => postMessage(report));
});

async function answer({ request, start, limits, engine, wasm, kubectl }: PageQuestion): Promise<SandboxAnswer> {
  try {
    quickjs ??= loadQuickJS(limits.memoryBytes, wasm);
    const [loaded, newCluster, printer] = await Promise.all([
      quickjs,
      openDoor<typeof newEngineCluster>(engine, doorKey),
      kubectl === undefined ? undefined : openDoor<Kubectl>(kubectl, kubectlKey),
    ]);
    const clock = () => performance.now();
    return runSimulation(loaded, request, () => newCluster(start, printer), limits, clock);
  } catch (error) {
    return { scenes: [], failure: { kind: 'unavailable', message: String(error) } };
  }
}

async function openDoor<T>(address: string, key: symbol): Promise<T> {
  await import(/* @vite-ignore */ address);
  const door: unknown = Reflect.get(globalThis, key);
  if (typeof door !== 'function') throw new Error(`${address} has left nothing`);
  // The module at this address is ours, from our own origin, built together with this file.
  return door as T;
}
