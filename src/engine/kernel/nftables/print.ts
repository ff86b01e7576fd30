import { type Cidr, canonicalCidr } from '../../api/cidr.ts';
import { ipv4FromNumber } from '../../api/ipv4.ts';
import type { FieldOrigin } from '../../diagnostics/diagnostic.ts';
import type { RulePurpose } from '../rule-purpose.ts';
import type { NftChain, NftElement, NftPart, NftRule, NftRuleFields, NftSet, NftTable, NftTarget, NftVerdict } from './rule.ts';

/**
 * A table as `nft -s list table ip NAME` prints it, one element a line.
 *
 * Models: nft 1.1 `list`, as recorded on v1.37.1 nodes.
 */
export function printNftTable({ name, comment, sets, chains }: NftTable): string[] {
  const lines = [`table ip ${name} {`, `\tcomment "${comment}"`];
  for (const set of sets) lines.push(...printSet(set), '');
  for (const chain of chains) lines.push(...printChain(chain), '');
  lines.pop();
  lines.push('}');
  return lines;
}

function printSet({ name, kind, type, comment, elements, timeout }: NftSet): readonly string[] {
  const lines = [`\t${kind} ${name} {`, `\t\ttype ${type}`];
  if (timeout !== undefined) lines.push('\t\tsize 65535', '\t\tflags dynamic,timeout', `\t\ttimeout ${printTime(timeout)}`);
  if (comment !== undefined) lines.push(`\t\tcomment "${comment}"`);
  for (const [index, element] of elements.entries()) {
    const open = index === 0 ? '\t\telements = { ' : '\t\t\t     ';
    lines.push(`${open}${element.text}${index === elements.length - 1 ? ' }' : ','}`);
  }
  lines.push('\t}');
  return lines;
}

function printChain({ name, hook, comment, rules }: NftChain): readonly string[] {
  const lines = [`\tchain ${name} {`];
  if (hook !== undefined) {
    lines.push(`\t\ttype ${hook.type} hook ${hook.hook} priority ${hook.printedPriority}; policy accept;`);
  }
  if (comment !== undefined) lines.push(`\t\tcomment "${comment}"`);
  for (const rule of rules) lines.push(`\t\t${rule.text}`);
  lines.push('\t}');
  return lines;
}

/** `3h`, `1m40s`: units that are zero are left out. */
function printTime(seconds: number): string {
  const units: readonly (readonly [string, number])[] = [
    ['d', 86_400],
    ['h', 3600],
    ['m', 60],
    ['s', 1],
  ];
  let left = seconds;
  let text = '';
  for (const [unit, size] of units) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) text += `${count}${unit}`;
  }
  return text;
}

/** A rule with its text. */
export function writeNftRule({ parts, comment, purpose, origins }: NftRuleFields): NftRule {
  const said = parts.map(printPart).join(' ');
  return { parts, comment, purpose, origins, text: comment === undefined ? said : `${said} comment "${comment}"` };
}

/** An element with its text; a comment stands before the colon. */
export function writeNftElement(
  key: string,
  purpose: RulePurpose,
  origins: readonly FieldOrigin[],
  verdict?: NftVerdict,
  comment?: string,
): NftElement {
  const said = comment === undefined ? key : `${key} comment "${comment}"`;
  const text = verdict === undefined ? said : `${said} : ${printVerdict(verdict)}`;
  return { key, purpose, origins, text, ...(verdict === undefined ? {} : { verdict }), ...(comment === undefined ? {} : { comment }) };
}

function printPart(part: NftPart): string {
  switch (part.kind) {
    case 'ct-state-new':
      return 'ct state new';
    case 'ct-status-dnat':
      return 'ct status dnat';
    case 'address':
      return `ip ${part.end} ${part.negated ? '!= ' : ''}${printRanges(part.ranges)}`;
    case 'in-set':
      return `${part.key.join(' . ')} @${part.set}`;
    case 'protocol':
      return `meta l4proto ${part.protocol.toLowerCase()}`;
    case 'local-address':
      return `fib ${part.end} type local`;
    case 'marked':
      return `meta mark & ${hex(part.bits)} != ${hex(0)}`;
    case 'set-mark':
      return `meta mark set meta mark | ${hex(part.bits)}`;
    case 'flip-mark':
      return `meta mark set meta mark ^ ${hex(part.bits)}`;
    case 'vmap':
      return `${part.key.join(' . ')} vmap @${part.map}`;
    case 'random-vmap':
      return `numgen random mod ${part.chains.length} vmap { ${part.chains.map((chain, index) => `${index} : goto ${chain}`).join(', ')} }`;
    case 'update':
      return `update @${part.set} { ip saddr }`;
    case 'goto':
    case 'jump':
    case 'drop':
      return printVerdict(part);
    case 'reject':
      return 'reject';
    case 'dnat':
      return `dnat to ${part.target.address}:${part.target.port}`;
    case 'random-dnat':
      return `dnat ip to numgen random mod ${part.targets.length} map { ${part.targets.map(printTarget).join(', ')} }`;
    case 'masquerade':
      return 'masquerade fully-random';
  }
}

function printVerdict(verdict: NftVerdict): string {
  return verdict.kind === 'drop' ? 'drop' : `${verdict.kind} ${verdict.chain}`;
}

function printTarget({ address, port }: NftTarget, index: number): string {
  return `${index} : ${address} . ${port}`;
}

/** One range stands alone; several stand in braces, sorted, and those that touch or overlap are one. */
function printRanges(ranges: readonly Cidr[]): string {
  const [first] = ranges;
  if (first !== undefined && ranges.length === 1) return printRange(first.first, first.last);
  const sorted = ranges.toSorted((one, other) => one.first - other.first || one.last - other.last);
  const merged: { first: number; last: number }[] = [];
  for (const { first: start, last } of sorted) {
    const before = merged.at(-1);
    if (before !== undefined && start <= before.last + 1) before.last = Math.max(before.last, last);
    else merged.push({ first: start, last });
  }
  return `{ ${merged.map((range) => printRange(range.first, range.last)).join(', ')} }`;
}

/** An address, a prefix where the range is one, else both ends. */
function printRange(first: number, last: number): string {
  const address = ipv4FromNumber(first);
  if (first === last) return address;
  const size = last - first + 1;
  const length = 32 - Math.log2(size);
  if (Number.isInteger(length) && first % size === 0) return canonicalCidr({ text: '', address, length, first, last });
  return `${address}-${ipv4FromNumber(last)}`;
}

function hex(number: number): string {
  return `0x${number.toString(16).padStart(8, '0')}`;
}
