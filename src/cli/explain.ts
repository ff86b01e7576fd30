import { parseArgs } from 'node:util';
import { explainDifference, parseProbe, type Snapshot, simulate } from '#engine';
import { type ExplainView, explainView, type FieldView } from '#views/explain-view.ts';
import { explainWords } from '#words/explain.ts';
import { fill } from '#words/fill.ts';
import { type Command, type ExitCode, exitCodes, type Terminal, UsageError } from './command.ts';
import { readCluster, readSources } from './files.ts';
import { readSeed, withMode } from './trace.ts';

export const explain: Command = {
  name: 'explain',
  summary: 'say which change of a manifest made a request go otherwise',
  help: `packet-path explain --from SENDER --to TARGET OLD NEW [--json] [--cluster WORLD]

Sends one request in two clusters, made of the manifests OLD and NEW, and finds the fields whose change turned a decision on its way.
Exit code 1: the request goes the same way in both.

  --from SENDER      pod/NAME, pod/NAMESPACE/NAME, node/NAME or outside/NAME
  --to TARGET        http://HOST[:PORT][/PATH], tcp://HOST:PORT, udp://HOST:PORT, ping://HOST
  --mode MODE        iptables, nftables, ipvs or userspace (default: the world's)
  --seed N           what the cluster leaves to chance (default 1)
  --json             the explanation as data
  --cluster WORLD    a world of clusters/ (default ref3), or a cluster file`,
  async run(args, terminal): Promise<ExitCode> {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        from: { type: 'string' },
        to: { type: 'string' },
        mode: { type: 'string' },
        seed: { type: 'string', default: '1' },
        json: { type: 'boolean', default: false },
        cluster: { type: 'string', default: 'ref3' },
      },
    });
    if (values.from === undefined || values.to === undefined)
      throw new UsageError('say who sends and where to: --from pod/client --to http://my-app-service');
    const parsed = parseProbe(values.from, values.to);
    if (!parsed.ok) throw new UsageError(parsed.reason);
    const [old, fresh] = positionals;
    if (old === undefined || fresh === undefined || positionals.length > 2)
      throw new UsageError('name two files: the old one and the new one');
    const cluster = withMode(readCluster(values.cluster), values.mode);
    const seed = readSeed(values.seed);
    const [before, after] = [await simulated(old), await simulated(fresh)];
    async function simulated(path: string): Promise<Snapshot> {
      const { snapshot, output } = simulate({ cluster, files: await readSources([path], terminal), seed });
      warn(terminal, output.stderr);
      return snapshot;
    }
    const explanation = explainDifference(before, after, parsed.probe);
    terminal.stdout.write(values.json ? `${JSON.stringify(explanation, undefined, 2)}\n` : printExplanation(explainView(explanation)));
    return explanation.kind === 'same' ? exitCodes.no : exitCodes.ok;
  },
};

function warn(terminal: Terminal, text: string): void {
  if (text !== '') terminal.stderr.write(text);
}

function printExplanation({ headline, notes, turns, others }: ExplainView): string {
  const lines = [headline, ...notes];
  for (const [index, { fields, before, after, result }] of turns.entries()) {
    lines.push('', fill(explainWords.turn, { number: index + 1 }));
    if (fields.length > 1) lines.push(`  ${explainWords.together}`);
    lines.push(...fields.map(fieldLine));
    for (const [title, { text, rule }] of [[explainWords.before, before] as const, [explainWords.after, after] as const]) {
      lines.push(`  ${title}: ${text}`, ...(rule === undefined ? [] : [`    ${rule}`]));
    }
    lines.push(`  ${explainWords.result}: ${result}`);
  }
  if (others.length > 0) lines.push('', explainWords.others, ...others.map(fieldLine));
  return `${lines.join('\n')}\n`;
}

function fieldLine({ text, place }: FieldView): string {
  if (place === undefined) return `  ${text}`;
  return `  ${fill(explainWords.place, { file: place.file, line: place.start.line })} ${text}`;
}
