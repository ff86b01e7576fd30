import type { QuickJSContext, QuickJSHandle, QuickJSWASMModule } from 'quickjs-emscripten-core';
import { type ClusterHost, HostRefusal, NotModelled } from './cluster-host.ts';
import { guestLibrary } from './guest-library.ts';
import { loopLines } from './loop-lines.ts';
import { LimitReached, newRecorder } from './recorder.ts';
import { type Limits, mayBeInPieces, type SimulationFailure, type SimulationReport, type SimulationRequest } from './report.ts';

const library = 'packet-path';

/** Milliseconds of any steadily running clock. */
export type Clock = () => number;

/**
 * Runs a simulation in a fresh QuickJS runtime, from its first line to its last, and gives back what it drew. Never throws for
 * anything the code does. The runtime's own limits are not enough by themselves: QuickJS asks its interrupt handler only every few
 * thousand steps of its own, so whoever calls this must be ready to end the whole thread (see `in-page.ts` and `in-node.ts`).
 */
export function runSimulation(
  quickjs: QuickJSWASMModule,
  request: SimulationRequest,
  newCluster: () => ClusterHost,
  limits: Limits,
  clock: Clock,
): SimulationReport {
  const deadline = clock() + limits.milliseconds;
  const expired = () => clock() > deadline;
  const recorder = newRecorder(request, newCluster, limits, expired);
  /** Why the run must end, once a host call has said so. The guest may catch the exception, but not this. */
  let ended: SimulationFailure | undefined;

  const runtime = quickjs.newRuntime();
  runtime.setMaxStackSize(limits.stackBytes);
  runtime.setInterruptHandler(() => ended !== undefined || expired());
  runtime.setModuleLoader(
    (name) => {
      if (name === library) return guestLibrary;
      return { error: new Error(`there is no module "${name}"; the only one is "${library}"`) };
    },
    (_base, name) => name,
  );
  const vm = runtime.newContext();
  try {
    install(vm);
    const failure = evaluate(vm);
    const scenes = recorder.scenes();
    const reason =
      ended ?? (failure?.kind === 'thrown' && failure.message === '' && isFull() ? { kind: 'memory', message: 'out of memory' } : failure);
    // A run cut short may hold values QuickJS then misses when it is freed, and aborts. Its owner throws the whole instance away.
    if (reason === undefined || !mayBeInPieces.has(reason.kind)) dispose(vm, runtime);
    return reason === undefined ? { scenes } : { scenes, failure: located(reason, failure, request.code) };
  } catch (error) {
    // The browser's own stack can end before QuickJS's does.
    if (error instanceof RangeError) return { scenes: recorder.scenes(), failure: { kind: 'stack', message: error.message } };
    throw error;
  }

  /** With no memory left, QuickJS has none for an error's message either. */
  function isFull(): boolean {
    return quickjs.getWasmMemory().buffer.byteLength > limits.memoryBytes * 0.9;
  }

  function install(context: QuickJSContext): void {
    const host = context.newFunction('__host', (name, args) =>
      context.newString(JSON.stringify(answer(context.getString(name), parseArguments(context.getString(args))))),
    );
    context.setProp(context.global, '__host', host);
    host.dispose();
  }

  function answer(name: string, args: readonly unknown[]): { value?: unknown; refused?: string } {
    if (ended !== undefined) return { refused: ended.message };
    try {
      return { value: recorder.call(name, args) ?? null };
    } catch (error) {
      if (error instanceof HostRefusal) return { refused: error.message };
      if (error instanceof NotModelled) ended = { kind: 'not-modelled', message: error.message };
      else if (error instanceof LimitReached) ended = { kind: error.kind, message: error.kind };
      else throw error;
      return { refused: ended.message };
    }
  }

  function evaluate(context: QuickJSContext): SimulationFailure | undefined {
    const result = context.evalCode(request.code, request.file, { type: 'module', strict: true });
    if (result.error) return failureOf(context, result.error, request.file, expired);
    // A module with a top-level `await` is a promise; its jobs run here, as long as there are any.
    const jobs = runtime.executePendingJobs();
    if (jobs.error) {
      result.value.dispose();
      return failureOf(context, jobs.error, request.file, expired);
    }
    const state = context.getPromiseState(result.value);
    if (state.type === 'rejected') {
      result.value.dispose();
      return failureOf(context, state.error, request.file, expired);
    }
    if (state.type === 'fulfilled') state.value.dispose();
    if (result.value.alive) result.value.dispose();
    if (state.type !== 'pending') return undefined;
    return expired() ? { kind: 'timeout', message: 'interrupted' } : { kind: 'pending', message: 'top-level await never ends' };
  }
}

function parseArguments(text: string): readonly unknown[] {
  const value: unknown = JSON.parse(text);
  return Array.isArray(value) ? value : [];
}

/**
 * The failure with the line to show. A host call that ended the run has none of its own; the exception it raised in the guest has.
 * A run out of time is known only by the function it was in: the loops from there on are named instead.
 */
function located(reason: SimulationFailure, failure: SimulationFailure | undefined, code: string): SimulationFailure {
  const line = reason.line ?? failure?.line;
  const { kind, message } = reason;
  if (kind === 'timeout') return { kind, message, loops: loopLines(code).filter((each) => each >= (line ?? 1)) };
  return { kind, message, ...(line === undefined ? {} : { line }) };
}

/** What the guest threw, told from its name and message. Takes the handle. Reading it may run guest code, which may fail in turn. */
function failureOf(vm: QuickJSContext, error: QuickJSHandle, file: string, expired: () => boolean): SimulationFailure {
  const [name, message, stack] = ['name', 'message', 'stack'].map((key) => readProperty(vm, error, key));
  const text = vm.typeof(error) === 'object' ? (message ?? '') : (readPrimitive(vm, error) ?? '');
  error.dispose();
  const line = lineInStack(stack ?? '', file);
  const at = line === undefined ? {} : { line };
  const words = text.slice(0, 500);
  if (expired() || (name === 'InternalError' && text === 'interrupted')) return { kind: 'timeout', message: 'interrupted', ...at };
  if (name === 'InternalError' && text === 'out of memory') return { kind: 'memory', message: text, ...at };
  if (/stack overflow|call stack size exceeded/i.test(text) && (name === 'InternalError' || name === 'RangeError')) {
    return { kind: 'stack', message: words, ...at };
  }
  return { kind: name === 'SyntaxError' ? 'syntax' : 'thrown', message: words, ...at };
}

function readProperty(vm: QuickJSContext, handle: QuickJSHandle, key: string): string | undefined {
  try {
    const value = vm.getProp(handle, key);
    const text = readPrimitive(vm, value);
    value.dispose();
    return text;
  } catch {
    // A getter or a proxy of the guest's threw: what it hides is not worth another failure.
    return undefined;
  }
}

function readPrimitive(vm: QuickJSContext, handle: QuickJSHandle): string | undefined {
  switch (vm.typeof(handle)) {
    case 'string':
      return vm.getString(handle);
    case 'number':
      return String(vm.getNumber(handle));
    default:
      return undefined;
  }
}

/** The innermost line of the reader's own file: `at f (simulation.ts:12:5)`. */
function lineInStack(stack: string, file: string): number | undefined {
  const at = stack.indexOf(`${file}:`);
  if (at < 0) return undefined;
  const line = /^\d+/.exec(stack.slice(at + file.length + 1))?.[0];
  return line === undefined ? undefined : Number(line);
}

/** Frees the runtime. QuickJS aborts when a value is still held; there is nothing to report then. */
function dispose(vm: QuickJSContext, runtime: { dispose(): void }): void {
  try {
    vm.dispose();
    runtime.dispose();
  } catch {
    // See above.
  }
}
