import type { JsonValue } from '#engine/api/json.ts';
import { canonical, isObject, listOr, objectOr, prune, sortedByCanonical, textsOr, WrongShape } from './same.ts';

/** Chains that all Services share: the order of different Services' rules in them is chance. */
const anyOrder = new Set(['KUBE-SERVICES', 'KUBE-NODEPORTS', 'KUBE-EXTERNAL-SERVICES', 'KUBE-PROXY-FIREWALL']);

/** `table/chain` to its policy and rules. A rule that must close its chain stays last. */
export function iptablesChains(value: JsonValue | undefined): Readonly<Record<string, readonly string[]>> {
  const tables = new Map<string, Map<string, string[]>>();
  let table: Map<string, string[]> | undefined;
  const append = (chain: string, text: string) => {
    if (table === undefined) throw new WrongShape('a chain outside a table');
    const rules = table.get(chain) ?? [];
    rules.push(text);
    table.set(chain, rules);
  };
  for (const raw of textsOr(value)) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line === 'COMMIT') continue;
    if (line.startsWith('*')) {
      table = tables.get(line.slice(1)) ?? new Map();
      tables.set(line.slice(1), table);
    } else if (line.startsWith(':')) {
      const [name, policy] = [...words(line.slice(1)), '-'];
      if (name === undefined || policy === undefined) throw new WrongShape('a chain without a name');
      if (name !== 'KUBE-PROXY-CANARY') append(name, `policy ${policy}`);
    } else if (line.startsWith('-A ')) {
      append(words(line)[1] ?? '', line);
    }
  }
  const chains: Record<string, readonly string[]> = {};
  for (const [name, content] of tables) {
    if (name === 'mangle') continue;
    for (const [chain, rules] of content) chains[`${name}/${chain}`] = anyOrder.has(chain) ? closedLast(rules) : rules;
  }
  return chains;
}

function closedLast(rules: readonly string[]): readonly string[] {
  const last = rules.slice(-1).filter((rule) => rule.includes('must be the last rule'));
  return [...rules.slice(0, rules.length - last.length).sort(), ...last];
}

/** Sets, maps and chains of `nft list table`; elements and properties sorted, a chain's rules in order. */
export function nftablesParts(value: JsonValue | undefined): Readonly<Record<string, readonly string[]>> {
  const parts: Record<string, readonly string[]> = {};
  for (const [, kind = '', name = '', body = ''] of textsOr(value)
    .join('\n')
    .matchAll(/^\t(set|map|chain) (\S+) \{\n([\s\S]*?)^\t\}/gm)) {
    if (kind === 'chain') {
      parts[`chain ${name}`] = tidyLines(body);
    } else {
      const elements = /elements = \{([\s\S]*)\}/.exec(body);
      const rest = elements === null ? body : body.slice(0, elements.index);
      const listed = elements === null ? [] : (elements[1] ?? '').split(/,(?![^{]*\})/).map((element) => words(element).join(' '));
      parts[`${kind} ${name}`] = [...tidyLines(rest).sort(), ...listed.sort()];
    }
  }
  return parts;
}

/** One node's IPVS state. Virtual servers that several Service ports claim are left out: which one wins is chance in kube-proxy too. */
export function ipvsState(value: JsonValue | undefined, contended: readonly string[]): unknown {
  const node = objectOr(prune(value ?? null));
  const servers = listOr(node.virtualServers).flatMap((item) => {
    if (!isObject(item)) throw new WrongShape('not a virtual server');
    if (contended.includes(`${item.address}:${item.port}/${item.protocol}`)) return [];
    return [canonical({ ...item, realServers: sortedByCanonical(listOr(item.realServers)) })];
  });
  const sets = Object.entries(objectOr(node.ipsets)).flatMap(([name, set]) => {
    const entries = textsOr(objectOr(set).entries);
    return entries.length === 0 ? [] : [[name, [objectOr(set).type ?? null, ...entries.toSorted()]]];
  });
  return {
    virtualServers: servers.sort(),
    ipsets: Object.fromEntries(sets),
    iptables: iptablesChains(node.iptables),
    kubeIpvs0: textsOr(node.kubeIpvs0).toSorted(),
  };
}

function tidyLines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => words(line).join(' '))
    .filter((line) => line !== '');
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
