import { parentPort } from 'node:worker_threads';
import { kubectl } from '#engine';
import { newEngineCluster } from './engine-cluster.ts';
import type { SandboxQuestion } from './messages.ts';
import { loadQuickJS } from './quickjs.ts';
import { runSimulation } from './run-simulation.ts';

/** The sandbox's thread in Node: answers one question, then is ended. */
parentPort?.on('message', async ({ request, start, limits }: SandboxQuestion) => {
  const quickjs = await loadQuickJS(limits.memoryBytes);
  parentPort?.postMessage(
    runSimulation(
      quickjs,
      request,
      () => newEngineCluster(start, kubectl),
      limits,
      () => performance.now(),
    ),
  );
});
