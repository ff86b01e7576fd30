import { parseArgs } from 'node:util';
import { listRules, type ProxyMode } from '#engine';
import { type Flow, flowName, flowsOf } from './flows.ts';
import { type JudgedFlow, judge } from './judged-flow.ts';
import { layOut } from './laid-out-world.ts';
import { canCountByName, loadRules } from './loaded-rules.ts';
import { run, works } from './machine.ts';
import { readSituations, recordedSituations, type Situation, snapshotOf } from './situation.ts';

const help = `npm run test:kernel -- [OPTIONS]

Loads the rules we print into the kernel of this machine, in network namespaces of their own, and compares what real packets do
with what the engine says they can do.

  --only TEXT        situations whose name contains TEXT
  --recordings TEXT  recorded cluster states whose id contains TEXT, instead of our own situations
  --show             print every flow`;

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    recordings: { type: 'string' },
    show: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const modes: readonly ProxyMode[] = ['iptables', 'nftables'];

/** Flows under way at once: more would wait for the processor so long that their silence says nothing. */
const atOnce = 24;

interface Tally {
  readonly flows: number;
  readonly faults: number;
}

async function main(): Promise<number> {
  if (values.help) {
    process.stdout.write(`${help}\n`);
    return 0;
  }
  // Names of namespaces, and the lock of iptables, are files: they are kept apart from the machine's.
  run(['mount', '-t', 'tmpfs', 'tmpfs', '/run']);
  const canCount = canCountByName();
  const canPing = works(['ping', '-V']);
  process.stdout.write(`${run(['uname', '-sr']).trim()}, ${run(['iptables', '-V']).trim()}, ${run(['nft', '-v']).trim()}\n`);
  if (!canCount) process.stdout.write('left out: nfacct counters (no tool to make them); the rules are loaded without their `-m nfacct`\n');
  if (!canPing) process.stdout.write('left out: ping (the tool is not here)\n');
  process.stdout.write('left out: IPVS mode, SCTP\n');
  const chosen = values.recordings === undefined ? readSituations() : recordedSituations(values.recordings);
  const situations = chosen.filter(({ id }) => id.includes(values.only));
  let flows = 0;
  let faults = situations.length === 0 ? 1 : 0;
  for (const situation of situations) {
    for (const mode of modes) {
      const tally = await runSituation(situation, mode, canCount, canPing);
      flows += tally.flows;
      faults += tally.faults;
    }
  }
  process.stdout.write(`${situations.length} situations in ${modes.length} modes: ${flows} flows, ${faults} faults\n`);
  return faults === 0 ? 0 : 1;
}

async function runSituation(situation: Situation, mode: ProxyMode, canCount: boolean, canPing: boolean): Promise<Tally> {
  const started = performance.now();
  const snapshot = snapshotOf(situation, mode);
  const { flows, unasked } = flowsOf(snapshot, canPing);
  const world = await layOut(snapshot);
  const complaints: string[] = unasked.map((name) => `${name}: the engine does not know`);
  try {
    for (const [node, namespace] of world.nodes) {
      const rules = listRules(snapshot, node);
      if (rules === undefined) throw new Error(`${mode} mode has no rules for ${node}`);
      complaints.push(...loadRules(namespace, rules, canCount).differences.map((line) => `${node}: ${line}`));
    }
    const send = (flow: Flow) => {
      const agent = world.agents.get(flow.from);
      if (agent === undefined) throw new Error(`nobody sends as ${flow.from}`);
      return judge(flow, agent);
    };
    const free = await inTurns(
      flows.filter(({ sticky }) => !sticky),
      atOnce,
      send,
    );
    // Where a client is remembered, its requests to different addresses must not overtake one another.
    const remembered = await inTurns(
      flows.filter(({ sticky }) => sticky),
      1,
      send,
    );
    const judged = [...free, ...remembered];
    if (values.show) for (const each of judged) process.stdout.write(`  ${flowLine(each)}\n`);
    complaints.push(...judged.flatMap((each) => (each.fault === undefined ? [] : [`${flowLine(each)}: ${each.fault}`])));
  } finally {
    world.takeDown();
  }
  // A situation in which nothing was sent says nothing.
  if (flows.length === 0) complaints.push('no flow at all');
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const verdict = complaints.length === 0 ? 'ok    ' : 'FAILED';
  process.stdout.write(
    `${verdict} ${situation.id.padEnd(32)} ${mode.padEnd(9)} ${String(flows.length).padStart(4)} flows ${seconds.padStart(6)} s\n`,
  );
  for (const complaint of complaints) process.stdout.write(`  ${complaint}\n`);
  return { flows: flows.length, faults: complaints.length };
}

function flowLine({ flow, seen, tries }: JudgedFlow): string {
  return `${flowName(flow)} (${tries} tries): ${[...seen].sort().join(' | ')}; possible: ${[...flow.possible.keys()].sort().join(' | ')}`;
}

/** Does a thing with each, so many at once, and gives the results in order. */
async function inTurns<T, R>(items: readonly T[], most: number, work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  const worker = async () => {
    for (const [index, item] of waiting) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: most }, worker));
  return results;
}

process.exitCode = await main();
// Agents that are still there would keep this process waiting.
process.exit();
