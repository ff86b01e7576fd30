import { parseArgs } from 'node:util';
import { listRules, printRules, simulate } from '#engine';
import { type Command, type ExitCode, exitCodes, UsageError } from './command.ts';
import { readCluster, readSources } from './files.ts';
import { readSeed, withMode } from './trace.ts';

export const rules: Command = {
  name: 'rules',
  summary: 'print what kube-proxy writes on a node',
  help: `packet-path rules --node NODE FILE… [--mode MODE] [--cluster WORLD]

Applies manifests to a fresh cluster and prints one node's rules as iptables-save, nft or ipvsadm print them.

  --node NODE        a node of the world
  --mode MODE        iptables, nftables or ipvs (default: the world's)
  --seed N           what the cluster leaves to chance (default 1)
  --cluster WORLD    a world of clusters/ (default ref3), or a cluster file`,
  async run(args, terminal): Promise<ExitCode> {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        node: { type: 'string' },
        mode: { type: 'string' },
        seed: { type: 'string', default: '1' },
        cluster: { type: 'string', default: 'ref3' },
      },
    });
    const cluster = withMode(readCluster(values.cluster), values.mode);
    const names = cluster.nodes.map((node) => node.name);
    if (values.node === undefined) throw new UsageError(`say which node: --node ${names.join(' or --node ')}`);
    if (!names.includes(values.node))
      throw new UsageError(`there is no node "${values.node}". Nodes of ${cluster.name}: ${names.join(', ')}`);
    const files = positionals.length === 0 ? [] : await readSources(positionals, terminal);
    const { snapshot, output } = simulate({ cluster, files, seed: readSeed(values.seed) });
    terminal.stderr.write(output.stderr);
    const found = listRules(snapshot, values.node);
    if (found === undefined) {
      terminal.stderr.write(`packet-path rules: not-modelled: the rules of mode ${cluster.proxy.mode}\n`);
      return exitCodes.problem;
    }
    terminal.stdout.write(`${printRules(found).join('\n')}\n`);
    return output.exitCode === 0 ? exitCodes.ok : exitCodes.no;
  },
};
