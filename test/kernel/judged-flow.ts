import type { Agent } from './agents.ts';
import type { Flow } from './flows.ts';
import { ping } from './ping.ts';

/** What real packets did, beside what the engine had said. */
export interface JudgedFlow {
  readonly flow: Flow;
  readonly seen: ReadonlySet<string>;
  readonly tries: number;
  /** How they disagree; `undefined` when they do not. */
  readonly fault?: string;
}

/** A possible outcome that is never seen by chance alone: once in ten million flows. */
const mostBadLuck = 1e-7;

/** Sent twice, so that what one packet leaves behind is met by another. */
const fewestTries = 2;

/** Milliseconds. Nothing here is far away; a first silence is asked again with the longer one, as this machine may be busy. */
const patience = 1200;
const secondPatience = 6000;

/** Sends a flow as often as it takes to see everything it can come to. */
export async function judge(flow: Flow, agent: Agent): Promise<JudgedFlow> {
  const tries = triesFor(flow);
  const seen: string[] = [];
  if (flow.sticky) for (let made = 0; made < tries; made++) seen.push(await sendOnce(flow, agent));
  else seen.push(...(await Promise.all(Array.from({ length: tries }, () => sendOnce(flow, agent)))));
  const outcomes = new Set(seen);
  const fault = faultOf(flow, outcomes);
  return { flow, seen: outcomes, tries, ...(fault === undefined ? {} : { fault }) };
}

function triesFor({ possible, sticky }: Flow): number {
  const rarest = Math.min(...possible.values());
  if (rarest >= 1) return fewestTries;
  return sticky ? 5 : Math.ceil(Math.log(mostBadLuck) / Math.log(1 - rarest));
}

async function sendOnce(flow: Flow, agent: Agent): Promise<string> {
  const saw = await send(flow, agent, patience);
  return saw === 'timeout' && !flow.possible.has('timeout') ? send(flow, agent, secondPatience) : saw;
}

function send({ probe: { protocol, host, port = 0 } }: Flow, agent: Agent, milliseconds: number): Promise<string> {
  return protocol === 'ICMP' ? ping(agent.namespace, host, milliseconds) : agent.send({ protocol, host, port, patience: milliseconds });
}

function faultOf({ possible, sticky }: Flow, seen: ReadonlySet<string>): string | undefined {
  const impossible = [...seen].filter((outcome) => !possible.has(outcome));
  if (impossible.length > 0) return `saw ${impossible.join(' and ')}, which is not possible here`;
  if (sticky) return seen.size > 1 ? `saw ${[...seen].join(' and ')}, although a client is kept where it was first` : undefined;
  const missing = [...possible.keys()].filter((outcome) => !seen.has(outcome));
  return missing.length > 0 ? `never saw ${missing.join(' nor ')}` : undefined;
}
