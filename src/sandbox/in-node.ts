import { Worker } from 'node:worker_threads';
import type { ClusterStart } from './engine-cluster.ts';
import { grace, type SandboxQuestion } from './messages.ts';
import { defaultLimits, type Limits, type SimulationReport, type SimulationRequest } from './report.ts';

/** Runs a simulation in Node as the page does: in a thread of its own, ended from outside when it does not end by itself. */
export async function runInNode(
  request: SimulationRequest,
  start: ClusterStart,
  limits: Limits = defaultLimits,
): Promise<SimulationReport> {
  const worker = new Worker(new URL('./node-worker.ts', import.meta.url));
  try {
    return await new Promise<SimulationReport>((resolve, reject) => {
      const timer = setTimeout(
        () => resolve({ scenes: [], failure: { kind: 'timeout', message: 'the thread did not answer' } }),
        limits.milliseconds + grace.firstRun,
      );
      timer.unref();
      worker.once('message', (report: SimulationReport) => {
        clearTimeout(timer);
        resolve(report);
      });
      worker.once('error', reject);
      const question: SandboxQuestion = { request, start, limits };
      worker.postMessage(question);
    });
  } finally {
    await worker.terminate();
  }
}
