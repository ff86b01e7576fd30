import { ipv4ToNumber } from '../../api/ipv4.ts';
import { EngineBug } from '../../diagnostics/engine-bug.ts';
import { both, certain, type Odds } from '../chance.ts';
import type { KernelState } from '../kernel-state.ts';
import type { RuleEffect, RuleVisit, StageInput, StageOutcome, Verdict } from '../stage.ts';
import { isInDynamicSet, updateDynamicSet } from './dynamic-sets.ts';
import type { NftChain, NftElement, NftField, NftPart, NftRule, NftSet, NftTable, NftVerdict } from './rule.ts';

/** `NFT_JUMP_STACK_SIZE` of the kernel. */
const deepestJump = 16;

/**
 * Runs a packet through one base chain, as `nft_do_chain` does.
 *
 * @throws EngineBug for a chain, set or map that is not there: such rules cannot be loaded into a kernel.
 */
export function evaluateNftChain(table: NftTable, chainName: string, input: StageInput): StageOutcome {
  const walk: Walk = { table, input, mark: input.packet.mark, state: input.state, visits: [], odds: certain, askedMemory: false };
  const verdict = runChain(walk, chainOf(table, chainName), 0) ?? { kind: 'accept' };
  return { verdict, mark: walk.mark, state: walk.state, visits: walk.visits, odds: walk.odds, askedMemory: walk.askedMemory };
}

interface Walk {
  readonly table: NftTable;
  readonly input: StageInput;
  mark: number;
  state: KernelState;
  readonly visits: RuleVisit[];
  odds: Odds;
  askedMemory: boolean;
}

interface TableIndex {
  readonly chains: ReadonlyMap<string, NftChain>;
  readonly sets: ReadonlyMap<string, { readonly set: NftSet; readonly positions: ReadonlyMap<string, number> }>;
}

const indexes = new WeakMap<NftTable, TableIndex>();

function indexOf(table: NftTable): TableIndex {
  const known = indexes.get(table);
  if (known !== undefined) return known;
  const index = {
    chains: new Map(table.chains.map((chain) => [chain.name, chain])),
    sets: new Map(
      table.sets.map((set) => [set.name, { set, positions: new Map(set.elements.map((element, position) => [element.key, position])) }]),
    ),
  };
  indexes.set(table, index);
  return index;
}

/** The rules of a chain; `undefined` when the table has no such chain. */
export function findNftChain(table: NftTable, name: string): NftChain | undefined {
  return indexOf(table).chains.get(name);
}

export function findNftSet(table: NftTable, name: string): NftSet | undefined {
  return indexOf(table).sets.get(name)?.set;
}

/** Elements of sets and maps are referred to like rules, in a chain of this name. */
export function elementsChain(set: string): string {
  return `@${set}`;
}

function chainOf(table: NftTable, name: string): NftChain {
  const chain = findNftChain(table, name);
  if (chain === undefined) throw new EngineBug(`nftables table ${table.name} has no chain ${name}`);
  return chain;
}

/** `undefined`: the packet came to the chain's end; the calling chain goes on. */
function runChain(walk: Walk, chain: NftChain, depth: number): Verdict | undefined {
  if (depth > deepestJump) throw new EngineBug(`nftables chain ${chain.name} is reached by ${depth} jumps: the chains form a loop`);
  for (const [index, rule] of chain.rules.entries()) {
    const result = runRule(walk, chain, index, rule);
    if (result === undefined || result === 'next') continue;
    if (!('chain' in result)) return result;
    const verdict = runChain(walk, chainOf(walk.table, result.chain), depth + 1);
    // What was gone to, and not jumped to, does not come back here.
    if (verdict !== undefined || result.kind === 'goto') return verdict;
  }
  return undefined;
}

type Step = Verdict | Extract<NftVerdict, { chain: string }> | 'next';

/** `undefined`: the rule did not match. */
function runRule(walk: Walk, chain: NftChain, index: number, rule: NftRule): Step | undefined {
  const at = { table: walk.table.name, chain: chain.name, position: index + 1 };
  const { visits } = walk;
  const note = (effect: RuleEffect, count: 0 | 1 = 1) => visits.push({ ...at, count, effect });
  let marked = false;
  for (const part of rule.parts) {
    if (isMatch(part)) {
      if (holds(walk, part)) continue;
      const before = visits.at(-1);
      const joins =
        before !== undefined && before.effect === undefined && before.chain === at.chain && before.position + before.count === at.position;
      if (joins) visits[visits.length - 1] = { ...before, count: before.count + 1 };
      else visits.push({ ...at, count: 1 });
      return undefined;
    }
    switch (part.kind) {
      case 'set-mark':
        walk.mark = (walk.mark | part.bits) >>> 0;
        marked = true;
        break;
      case 'flip-mark':
        walk.mark = (walk.mark ^ part.bits) >>> 0;
        break;
      case 'update':
        walk.state = updated(walk, part.set);
        break;
      case 'vmap': {
        const found = lookUp(walk, part.map, part.key);
        if (found === undefined) {
          visits.push({ ...at, count: 1 });
          return undefined;
        }
        note('jump');
        const { verdict } = found.element;
        if (verdict === undefined) throw new EngineBug(`${part.map} is no verdict map`);
        const chainName = elementsChain(part.map);
        visits.push({
          table: at.table,
          chain: chainName,
          position: found.position + 1,
          count: 1,
          effect: verdict.kind === 'drop' ? 'drop' : 'jump',
        });
        return verdict.kind === 'drop' ? { kind: 'drop' } : verdict;
      }
      case 'random-vmap': {
        const picked = part.chains[pick(walk, part.chains.length)];
        if (picked === undefined) throw new EngineBug(`a random map of ${chain.name} is empty`);
        note('jump');
        return { kind: 'goto', chain: picked };
      }
      case 'goto':
      case 'jump':
        note('jump');
        return part;
      case 'drop':
        note('drop');
        return { kind: 'drop' };
      case 'reject':
        note('reject');
        return { kind: 'reject', with: 'icmp-port-unreachable' };
      case 'dnat':
        // With session affinity a rule before this one picked; without, the only endpoint is picked and translated to in one.
        if (!walk.askedMemory) note('pick');
        note('dnat', walk.askedMemory ? 1 : 0);
        return { kind: 'dnat', ...part.target };
      case 'random-dnat': {
        const target = part.targets[pick(walk, part.targets.length)];
        if (target === undefined) throw new EngineBug(`a random map of ${chain.name} is empty`);
        note('pick');
        note('dnat', 0);
        return { kind: 'dnat', ...target };
      }
      case 'masquerade':
        note('masquerade');
        return { kind: 'masquerade', randomPort: true };
      default:
        throw new EngineBug(`unknown nftables statement ${JSON.stringify(part satisfies never)}`);
    }
  }
  note(marked ? 'mark' : 'count');
  return 'next';
}

type Match = Extract<NftPart, { kind: 'ct-state-new' | 'ct-status-dnat' | 'address' | 'in-set' | 'protocol' | 'local-address' | 'marked' }>;

function isMatch(part: NftPart): part is Match {
  switch (part.kind) {
    case 'ct-state-new':
    case 'ct-status-dnat':
    case 'address':
    case 'in-set':
    case 'protocol':
    case 'local-address':
    case 'marked':
      return true;
    default:
      return false;
  }
}

function holds(walk: Walk, part: Match): boolean {
  const { input } = walk;
  const { packet } = input;
  switch (part.kind) {
    case 'ct-state-new':
      return input.tracking === 'new';
    case 'ct-status-dnat':
      return input.destinationTranslated;
    case 'address': {
      const address = ipv4ToNumber(part.end === 'saddr' ? packet.source : packet.destination);
      return part.ranges.some((range) => address >= range.first && address <= range.last) !== part.negated;
    }
    case 'in-set':
      return isInSet(walk, part.set, part.key);
    case 'protocol':
      return packet.protocol === part.protocol;
    case 'local-address':
      return input.isLocal(part.end === 'saddr' ? packet.source : packet.destination);
    case 'marked':
      return (walk.mark & part.bits) !== 0;
  }
}

function setOf(walk: Walk, name: string): { readonly set: NftSet; readonly positions: ReadonlyMap<string, number> } {
  const found = indexOf(walk.table).sets.get(name);
  if (found === undefined) throw new EngineBug(`nftables table ${walk.table.name} has no set or map ${name}`);
  return found;
}

function isInSet(walk: Walk, name: string, key: readonly NftField[]): boolean {
  const { set, positions } = setOf(walk, name);
  if (set.timeout === undefined) {
    const text = keyText(walk, key);
    return text !== undefined && positions.has(text);
  }
  walk.askedMemory = true;
  return isInDynamicSet(walk.state.dynamicSets, name, walk.input.packet.source, walk.input.now);
}

function updated(walk: Walk, name: string): KernelState {
  const { timeout } = setOf(walk, name).set;
  if (timeout === undefined) throw new EngineBug(`set ${name} takes no elements from packets`);
  const { packet, now } = walk.input;
  return { ...walk.state, dynamicSets: updateDynamicSet(walk.state.dynamicSets, name, packet.source, timeout, now) };
}

function lookUp(
  walk: Walk,
  map: string,
  key: readonly NftField[],
): { readonly element: NftElement; readonly position: number } | undefined {
  const { set, positions } = setOf(walk, map);
  const text = keyText(walk, key);
  const position = text === undefined ? undefined : positions.get(text);
  const element = position === undefined ? undefined : set.elements[position];
  return position === undefined || element === undefined ? undefined : { element, position };
}

/** `undefined` when the packet has no such field: a ping has no port. */
function keyText({ input: { packet } }: Walk, key: readonly NftField[]): string | undefined {
  const fields: Readonly<Record<NftField, string | number | undefined>> = {
    'ip saddr': packet.source,
    'ip daddr': packet.destination,
    'meta l4proto': packet.protocol.toLowerCase(),
    'th dport': packet.destinationPort,
  };
  const values = key.map((field) => fields[field]);
  return values.includes(undefined) ? undefined : values.join(' . ');
}

function pick(walk: Walk, count: number): number {
  const index = walk.input.chooser.pick(count);
  if (count > 1) walk.odds = both(walk.odds, { numerator: 1, denominator: count });
  return index;
}
