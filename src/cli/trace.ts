import { parseArgs } from 'node:util';
import { parseProbe, simulate, trace as traceProbe } from '#engine';
import { outcomeView } from '#views/outcome.ts';
import { type TraceRow, type TraceTableView, traceTable } from '#views/trace-table.ts';
import { fill } from '#words/fill.ts';
import { traceWords } from '#words/ko.ts';
import { type Command, type ExitCode, exitCodes, UsageError } from './command.ts';
import { readCluster, readSources } from './files.ts';
import { textTable } from './text-table.ts';

export const trace: Command = {
  name: 'trace',
  summary: 'follow one request out and back',
  help: `packet-path trace --from SENDER --to TARGET FILE… [--json] [--cluster WORLD]

Applies manifests to a fresh cluster, sends one request and prints every step, with the rule that decided. Exit code 1: not delivered.

  --from SENDER      pod/NAME, pod/NAMESPACE/NAME, node/NAME or outside/NAME
  --to TARGET        http://HOST[:PORT][/PATH], https://…, tcp://HOST:PORT, udp://HOST:PORT, ping://HOST
  --header 'N: V'    an HTTP header, Host or Cookie for example; may be repeated
  --mode MODE        iptables, nftables, ipvs or userspace (default: the world's)
  --seed N           random choices (default 1)
  --json             the trace as data
  --cluster WORLD    a world of clusters/ (default ref3), or a cluster file`,
  async run(args, terminal): Promise<ExitCode> {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        from: { type: 'string' },
        to: { type: 'string' },
        header: { type: 'string', multiple: true, default: [] },
        mode: { type: 'string' },
        seed: { type: 'string', default: '1' },
        json: { type: 'boolean', default: false },
        cluster: { type: 'string', default: 'ref3' },
      },
    });
    if (values.from === undefined || values.to === undefined)
      throw new UsageError('say who sends and where to: --from pod/client --to http://my-app-service');
    const parsed = parseProbe(values.from, values.to, values.header);
    if (!parsed.ok) throw new UsageError(parsed.reason);
    const seed = readSeed(values.seed);
    const files = positionals.length === 0 ? [] : await readSources(positionals, terminal);
    const { snapshot, output } = simulate({ cluster: withMode(readCluster(values.cluster), values.mode), files, seed });
    terminal.stderr.write(output.stderr);
    const result = traceProbe(snapshot, parsed.probe, seed);
    if (values.json) terminal.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
    else
      terminal.stdout.write(
        printTrace(
          traceTable(result, (origin) => snapshot.sources.locate(origin)),
          outcomeView(result.end),
        ),
      );
    return result.end.kind === 'delivered' ? exitCodes.ok : exitCodes.no;
  },
};

/** A whole number that is not negative. */
export function readSeed(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`--seed ${text}: a seed is a whole number up to 999999999`);
  return Number(text);
}

/** The world with another proxy mode, when one is asked for. */
export function withMode(cluster: ReturnType<typeof readCluster>, mode: string | undefined): ReturnType<typeof readCluster> {
  if (mode === undefined) return cluster;
  if (mode !== 'iptables' && mode !== 'nftables' && mode !== 'ipvs' && mode !== 'userspace') {
    throw new UsageError(`--mode ${mode}: use iptables, nftables, ipvs or userspace`);
  }
  return { ...cluster, proxy: { ...cluster.proxy, mode } };
}

function printTrace(table: TraceTableView, outcome: ReturnType<typeof outcomeView>): string {
  const lines = [`${table.sender} $ ${table.command}`, ''];
  for (const group of table.groups) {
    lines.push(group.title, ...textTable(group.rows.map(cells), ['>', '<', '<', '<', '<']), '');
  }
  const step = outcome.step === undefined ? '' : `, ${fill(traceWords.stepNumber, { number: outcome.step })}`;
  lines.push(`${outcome.word}${step}. ${outcome.detail}`, '');
  return lines.join('\n');
}

/** One row, and the rule under it where a rule decided. */
function cells(row: TraceRow): readonly (readonly string[])[] {
  const place = row.place.detail === undefined ? row.place.name : `${row.place.name} (${row.place.detail})`;
  const odds = row.odds === undefined ? '' : ` (${row.odds})`;
  const first = [String(row.number), place, addressText(row.source), addressText(row.destination), `${row.why}${odds}`];
  const rule = row.rule === undefined ? row.record : row.rule.words.map((word) => word.text).join(' ');
  return rule === undefined ? [first] : [first, ['', rule]];
}

function addressText(address: TraceRow['source']): string {
  if (address === undefined) return '';
  return address.after === undefined ? address.before : `${address.before} => ${address.after}`;
}
