import type { ClusterSpec, JsonObject, TraceEnd } from '#engine';
import { enumerate, parseProbe, parseWorldPods, postObjects } from '#engine';
import type { Score } from './compare/score.ts';
import type { PingRecord } from './recordings.ts';

/** What came back for one echo request, per proxy mode, in `ping`'s words. */
export function comparePing(records: readonly PingRecord[], world: ClusterSpec, score: Score): void {
  for (const record of records) {
    score.enter(record, {});
    for (const { from, to, outcomes } of record.pings) {
      for (const [mode, recorded] of Object.entries(outcomes)) {
        score.add(mode, `${record.id} ${from} -> ${to}`, recorded, () =>
          pingOutcome(record, world, mode as ClusterSpec['proxy']['mode'], from, to),
        );
      }
    }
  }
}

function pingOutcome(record: PingRecord, world: ClusterSpec, mode: ClusterSpec['proxy']['mode'], from: string, to: string): string {
  const cluster = { ...world, pods: parseWorldPods(record.pods as readonly JsonObject[], world), proxy: { ...world.proxy, mode } };
  const parsed = parseProbe(from.includes('/') ? from : `outside/${from}`, `ping://${to}`);
  if (!parsed.ok) throw new Error(parsed.reason);
  const ends = enumerate(postObjects(cluster, record.objects as readonly JsonObject[], 1), parsed.probe).possible.map(({ trace }) =>
    pingWords(trace.end, cluster),
  );
  return [...new Set(ends)].join(' | ');
}

function pingWords(end: TraceEnd, { nodes }: ClusterSpec): string {
  if (end.kind === 'delivered') return 'answered';
  if (end.kind === 'rejected' && end.by.kind === 'node') {
    const name = end.by.name;
    return `From ${nodes.find((node) => node.name === name)?.address} Destination Port Unreachable`;
  }
  return end.kind === 'dropped' || end.kind === 'unreachable' ? 'no answer' : end.kind;
}
