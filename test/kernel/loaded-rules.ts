import { type NodeRules, printRules } from '#engine';
import { run, runIn, works } from './machine.ts';

/** What was printed for a node, loaded into the kernel of a namespace. */
export interface LoadedRules {
  /** Lines that the kernel gives back otherwise than we printed them; none means that it holds exactly what we print. */
  readonly differences: readonly string[];
}

const nfacctMatch = / -m nfacct --nfacct-name {2}(\S+)/g;

/** Loads a node's printed rules with the mode's own tool, and reads back what the kernel made of them. */
export function loadRules(namespace: string, rules: NodeRules, canCount: boolean): LoadedRules {
  const printed = printRules(rules);
  return rules.backend === 'nftables' ? loadNftables(namespace, printed) : loadIptables(namespace, printed, canCount);
}

/** Whether packets can be counted by name here. A rule that counts matches as often as one that does not: only the count is lost. */
export function canCountByName(): boolean {
  return works(['nfacct', 'list']);
}

function loadIptables(namespace: string, printed: readonly string[], canCount: boolean): LoadedRules {
  const counters = new Set(printed.flatMap((line) => [...line.matchAll(nfacctMatch)].map(([, name = '']) => name)));
  if (canCount)
    runIn(
      namespace,
      [...counters].map((name) => `nfacct add ${name}`),
    );
  const lines = canCount ? printed : printed.map((line) => line.replaceAll(nfacctMatch, ''));
  run(['ip', 'netns', 'exec', namespace, 'iptables-restore'], `${lines.join('\n')}\n`);
  const back = run(['ip', 'netns', 'exec', namespace, 'iptables-save'])
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.replace(/ \[\d+:\d+\]$/, ''));
  return { differences: differencesOf(lines, back) };
}

function loadNftables(namespace: string, printed: readonly string[]): LoadedRules {
  run(['ip', 'netns', 'exec', namespace, 'nft', '-f', '-'], `${printed.join('\n')}\n`);
  const back = run(['ip', 'netns', 'exec', namespace, 'nft', '-s', 'list', 'ruleset']).split('\n');
  return { differences: differencesOf(elementByElement(printed), elementByElement(back)) };
}

/** Sets are hash tables: nft gives their elements in no fixed order, as many on a line as fit. So each counts as a line of its own. */
function elementByElement(lines: readonly string[]): readonly string[] {
  const text = lines.map((line) => line.trim()).join('\n');
  return text.replaceAll(/elements = \{([^}]*)\}/g, (_, elements: string) => elements.replaceAll(/,\s+/g, '\n').trim()).split('\n');
}

/** Lines of one that the other lacks. Tables and chains come in an order of the tool's own, so that order is not compared. */
function differencesOf(ours: readonly string[], theirs: readonly string[]): readonly string[] {
  const left = (lines: readonly string[], others: readonly string[]) => {
    const counts = new Map<string, number>();
    for (const line of others) counts.set(line, (counts.get(line) ?? 0) + 1);
    return lines.filter((line) => {
      const count = counts.get(line) ?? 0;
      counts.set(line, count - 1);
      return line !== '' && count <= 0;
    });
  };
  return [...left(ours, theirs).map((line) => `printed: ${line}`), ...left(theirs, ours).map((line) => `read back: ${line}`)];
}
