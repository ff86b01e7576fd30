import { bootCluster, type ClusterSpec, enumerate, type ProxyMode, parseProbe, postObjects, type TraceEnd } from '#engine';
import { scenarioCluster } from '../../src/cli/answer/scenario.ts';
import type { Score } from './compare/score.ts';
import type { PingRecord } from './recordings.ts';

/** What came back for one echo request, per proxy mode, in `ping`'s words. */
export function comparePing(records: readonly PingRecord[], world: ClusterSpec, score: Score): void {
  for (const record of records) {
    score.enter(record, {});
    for (const { from, to, outcomes } of record.pings) {
      for (const [mode, recorded] of Object.entries(outcomes)) {
        score.add(mode, `${record.id} ${from} -> ${to}`, recorded, () => pingOutcome(record, world, mode as ProxyMode, from, to));
      }
    }
  }
}

function pingOutcome(record: PingRecord, world: ClusterSpec, mode: ProxyMode, from: string, to: string): string {
  const cluster = scenarioCluster(record, world, mode);
  const parsed = parseProbe(from.includes('/') ? from : `outside/${from}`, `ping://${to}`);
  if (!parsed.ok) throw new TypeError(parsed.reason);
  const { snapshot } = postObjects(bootCluster(cluster, 1), record.objects);
  const ends = enumerate(snapshot, parsed.probe).possible.map(({ trace }) => pingWords(trace.end, cluster));
  return [...new Set(ends)].join(' | ');
}

function pingWords(end: TraceEnd, { nodes }: ClusterSpec): string {
  if (end.kind === 'delivered') return 'answered';
  if (end.kind === 'rejected' && end.by.kind === 'node') {
    const { name } = end.by;
    return `From ${nodes.find((node) => node.name === name)?.address} Destination Port Unreachable`;
  }
  return end.kind === 'dropped' || end.kind === 'unreachable' ? 'no answer' : end.kind;
}
