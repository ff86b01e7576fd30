import { ipv4ToNumber } from '../../api/ipv4.ts';
import { EngineBug } from '../../diagnostics/engine-bug.ts';
import { both, certain, type Odds, otherwise } from '../chance.ts';
import { type IpSet, isInIpSet } from '../ipvs/ip-set.ts';
import type { KernelState } from '../kernel-state.ts';
import type { RuleEffect, RuleVisit, StageInput, StageOutcome, Verdict } from '../stage.ts';
import { isRecent, noteRecent } from './recent-lists.ts';
import type { AddressMatch, CtState, IptablesChain, IptablesMatch, IptablesRule, IptablesTable, IptablesTarget } from './rule.ts';

/** The kernel's `NF_*` nesting limit is far higher; a correct rule set never comes near this one. */
const deepestJump = 16;

/**
 * Runs a packet through one table, from one of its built-in chains on, as `ipt_do_table` does.
 *
 * @throws EngineBug for a jump to a chain that is not there: such a rule set cannot be loaded into a kernel.
 */
export function evaluateTable(table: IptablesTable, chainName: string, input: StageInput, sets: readonly IpSet[] = noSets): StageOutcome {
  const walk: Walk = {
    table,
    sets,
    input,
    source: ipv4ToNumber(input.packet.source),
    destination: ipv4ToNumber(input.packet.destination),
    mark: input.packet.mark,
    state: input.state,
    visits: [],
    odds: certain,
    askedMemory: false,
  };
  const builtIn = chainOf(table, chainName);
  const verdict = runChain(walk, builtIn, 0) ?? { kind: builtIn.policy ?? 'accept' };
  return { verdict, mark: walk.mark, state: walk.state, visits: walk.visits, odds: walk.odds, askedMemory: walk.askedMemory };
}

const noSets: readonly IpSet[] = [];

interface Walk {
  readonly table: IptablesTable;
  readonly sets: readonly IpSet[];
  readonly input: StageInput;
  /** The packet's addresses as numbers: KUBE-SERVICES compares them with thousands of ranges. */
  readonly source: number;
  readonly destination: number;
  mark: number;
  state: KernelState;
  readonly visits: RuleVisit[];
  odds: Odds;
  askedMemory: boolean;
}

const chainIndexes = new WeakMap<IptablesTable, ReadonlyMap<string, IptablesChain>>();

/** `undefined` when the table has no such chain. */
export function findChain(table: IptablesTable, name: string): IptablesChain | undefined {
  let index = chainIndexes.get(table);
  if (index === undefined) {
    index = new Map(table.chains.map((chain) => [chain.name, chain]));
    chainIndexes.set(table, index);
  }
  return index.get(name);
}

function chainOf(table: IptablesTable, name: string): IptablesChain {
  const chain = findChain(table, name);
  if (chain === undefined) throw new EngineBug(`iptables table ${table.name} has no chain ${name}`);
  return chain;
}

/** `undefined`: the packet came to the chain's end or was returned; the calling chain goes on. */
function runChain(walk: Walk, chain: IptablesChain, depth: number): Verdict | undefined {
  if (depth > deepestJump) throw new EngineBug(`iptables chain ${chain.name} is reached by ${depth} jumps: the chains form a loop`);
  let passedFrom = 0;
  const { rules } = chain;
  for (let index = 0; index < rules.length; index++) {
    const rule = rules[index];
    if (rule === undefined || !matches(walk, rule)) continue;
    if (index > passedFrom) notePassed(walk, chain, passedFrom, index);
    passedFrom = index + 1;
    const { target } = rule;
    walk.visits.push({ table: walk.table.name, chain: chain.name, position: index + 1, count: 1, effect: effectOf(target) });
    if (target === undefined) continue;
    if (target.kind === 'return') return undefined;
    if (target.kind === 'mark') {
      walk.mark = ((walk.mark & ~target.mask) ^ target.value) >>> 0;
      continue;
    }
    const verdict = target.kind === 'jump' ? runChain(walk, chainOf(walk.table, target.chain), depth + 1) : verdictOf(target);
    if (verdict !== undefined) return verdict;
  }
  if (rules.length > passedFrom) notePassed(walk, chain, passedFrom, rules.length);
  return undefined;
}

function notePassed(walk: Walk, chain: IptablesChain, from: number, to: number): void {
  walk.visits.push({ table: walk.table.name, chain: chain.name, position: from + 1, count: to - from });
}

function effectOf(target: IptablesTarget | undefined): RuleEffect {
  return target === undefined ? 'count' : target.kind;
}

function verdictOf(target: Exclude<IptablesTarget, { kind: 'jump' | 'return' | 'mark' }>): Verdict {
  switch (target.kind) {
    case 'accept':
    case 'drop':
    case 'reject':
    case 'dnat':
    case 'redirect':
      return target;
    case 'masquerade':
      return { kind: 'masquerade', randomPort: target.randomFully };
    default:
      throw new EngineBug(`unknown iptables target ${JSON.stringify(target)}`);
  }
}

function matches(walk: Walk, rule: IptablesRule): boolean {
  if (rule.protocol !== undefined && rule.protocol !== walk.input.packet.protocol) return false;
  if (rule.destination !== undefined && !matchesAddress(rule.destination, walk.destination)) return false;
  if (rule.source !== undefined && !matchesAddress(rule.source, walk.source)) return false;
  return rule.matches.every((match) => holds(walk, match));
}

function matchesAddress({ range, negated }: AddressMatch, address: number): boolean {
  return (address >= range.first && address <= range.last) !== negated;
}

function holds(walk: Walk, match: IptablesMatch): boolean {
  const { input } = walk;
  switch (match.kind) {
    case 'comment':
    case 'nfacct':
      return true;
    case 'port':
      return match.destinationPort === undefined || match.destinationPort === input.packet.destinationPort;
    case 'conntrack':
      return match.states.some((state) => isInState(input, state)) !== match.negated;
    case 'state':
      return isInState(input, match.state);
    case 'not-from-bridge':
      return input.fromBridge !== true;
    case 'mark':
      return ((walk.mark & match.mask) >>> 0 === match.value) !== match.negated;
    case 'addrtype':
      return input.isLocal(input.packet[match.end]) !== (match.negated === true);
    case 'set':
      return isInIpSet(setOf(walk, match.set), match.directions, input.packet);
    case 'ipvs':
      return isSentOn(input, match);
    case 'not-bridged':
      return true;
    case 'statistic':
      return happens(walk, match.odds);
    case 'recent-set':
      walk.state = { ...walk.state, recent: noteRecent(walk.state.recent, match.list, input.packet.source, input.now) };
      return true;
    case 'recent-check':
      walk.askedMemory = true;
      return isRecent(walk.state.recent, match.list, input.packet.source, match.seconds, input.now);
    default:
      throw new EngineBug(`unknown iptables match ${JSON.stringify(match satisfies never)}`);
  }
}

function setOf({ sets }: Walk, name: string): IpSet {
  const set = sets.find((candidate) => candidate.name === name);
  if (set === undefined) throw new EngineBug(`an iptables rule asks the set ${name}, which is not there`);
  return set;
}

function isSentOn({ packet, original }: StageInput, { protocol, address, port }: Extract<IptablesMatch, { kind: 'ipvs' }>): boolean {
  return packet.protocol === protocol && original?.destination === address && original.destinationPort === port;
}

function happens(walk: Walk, odds: Odds): boolean {
  const happened = walk.input.chooser.happens(odds);
  walk.odds = both(walk.odds, happened ? odds : (otherwise(odds) ?? certain));
  return happened;
}

function isInState(input: StageInput, state: CtState): boolean {
  return state === 'DNAT' ? input.destinationTranslated : state.toLowerCase() === input.tracking;
}
