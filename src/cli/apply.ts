import { parseArgs } from 'node:util';
import { simulate } from '#engine';
import { type Command, type ExitCode, exitCodes } from './command.ts';
import { readCluster, readSources } from './files.ts';

export const apply: Command = {
  name: 'apply',
  summary: 'print what `kubectl apply -f` prints',
  help: `packet-path apply FILE… [--cluster WORLD]

Applies manifests to a fresh cluster and prints what kubectl prints: its output, its errors, its exit code (1 when anything is refused).

  FILE               a manifest; - is standard input
  --cluster WORLD    a world of clusters/ (default ref3), or a cluster file
  --seed N           what the cluster leaves to chance (default 1)`,
  async run(args, terminal): Promise<ExitCode> {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { cluster: { type: 'string', default: 'ref3' }, seed: { type: 'string', default: '1' } },
    });
    const files = await readSources(positionals, terminal);
    const { output } = simulate({ cluster: readCluster(values.cluster), files, seed: Number(values.seed) });
    terminal.stdout.write(output.stdout);
    terminal.stderr.write(output.stderr);
    return output.exitCode === 0 ? exitCodes.ok : exitCodes.no;
  },
};
