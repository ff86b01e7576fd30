import type { Enumeration, ProxyMode, Tally, Trace } from '#engine';

/**
 * The cluster a scene talks to. One object a scene; calls change it. Implemented over the engine by `engine-cluster.ts`; tests use
 * a small one of their own. A call that cannot be answered throws {@link HostRefusal}: its message is shown to the reader.
 */
export interface ClusterHost {
  apply(yaml: string): { readonly ok: boolean; readonly output: string };
  kubectl(command: string): string;
  mode(mode: ProxyMode): void;
  advance(milliseconds: number): void;
  trace(from: string, to: string, seed: number): Trace;
  enumerate(from: string, to: string): Enumeration;
  /** Many connections; `stop` is asked before each and may end the counting early. */
  repeat(from: string, to: string, times: number, seed: number, stop: () => boolean): Tally;
  rules(node: string): readonly string[];
}

/** A call the reader's code should not have made, said in one English sentence. */
export class HostRefusal extends Error {
  override readonly name = 'HostRefusal';
}

/** What the engine does not model, named. Ends the run, and says so. */
export class NotModelled extends Error {
  override readonly name = 'NotModelled';
}
