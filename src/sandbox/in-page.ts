import wasm from '@jitl/quickjs-wasmfile-release-sync/wasm?url';
import type { ClusterStart } from './engine-cluster.ts';
import { grace, type PageQuestion } from './messages.ts';
import { defaultLimits, mayBeInPieces, type SimulationReport, type SimulationRequest } from './report.ts';

/** A worker and whether it has answered before. A worker that failed in a way that may have harmed it is not used again. */
let thread: { readonly worker: Worker; warm: boolean } | undefined;

/**
 * Runs a simulation in the page: in a worker, ended from outside when it does not end by itself. One run at a time. Never rejects:
 * what goes wrong is in the report.
 */
export async function runInPage(request: SimulationRequest, start: ClusterStart): Promise<SimulationReport> {
  try {
    const { doorAddress } = await import('./engine-door.ts');
    thread ??= { worker: new Worker(new URL('./page-worker.ts', import.meta.url), { type: 'module' }), warm: false };
    const kubectl = request.code.includes('kubectl') ? (await import('./kubectl-door.ts')).kubectlAddress : undefined;
    const question = {
      request,
      start,
      limits: defaultLimits,
      engine: doorAddress,
      wasm: new URL(wasm, location.href).href,
      ...(kubectl === undefined ? {} : { kubectl }),
    };
    const report = await ask(thread, question);
    thread.warm = true;
    if (report.failure !== undefined && mayBeInPieces.has(report.failure.kind)) discard();
    return report;
  } catch (error) {
    discard();
    return { scenes: [], failure: { kind: 'unavailable', message: String(error) } };
  }
}

function ask({ worker, warm }: { readonly worker: Worker; readonly warm: boolean }, question: PageQuestion): Promise<SimulationReport> {
  return new Promise((resolve, reject) => {
    const patience = question.limits.milliseconds + (warm ? grace.laterRuns : grace.firstRun);
    const timer = setTimeout(() => resolve({ scenes: [], failure: { kind: 'timeout', message: 'the worker did not answer' } }), patience);
    worker.onmessage = ({ data }: MessageEvent<SimulationReport>) => {
      clearTimeout(timer);
      resolve(data);
    };
    worker.onerror = (event) => {
      clearTimeout(timer);
      reject(new Error(event.message));
    };
    worker.postMessage(question);
  });
}

function discard(): void {
  thread?.worker.terminate();
  thread = undefined;
}
