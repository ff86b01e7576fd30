import { canonicalCidr } from '../../api/cidr.ts';
import type { Protocol } from '../../api/protocol.ts';
import { EngineBug } from '../../diagnostics/engine-bug.ts';
import type { Odds } from '../chance.ts';
import type { AddressMatch, IptablesMatch, IptablesRule, IptablesRuleFields, IptablesTable, IptablesTarget } from './rule.ts';

/**
 * One table as `iptables-save` prints it, without counters and comments.
 *
 * Models: iptables 1.8 `iptables-save` (nf_tables variant), as recorded on v1.37.1 nodes.
 */
export function printTable(table: IptablesTable): string[] {
  const lines = [`*${table.name}`];
  for (const { name, policy } of table.chains) lines.push(`:${name} ${policy?.toUpperCase() ?? '-'}`);
  for (const { rules } of table.chains) for (const rule of rules) lines.push(rule.text);
  lines.push('COMMIT');
  return lines;
}

/** A rule of a chain, with its text. The fields are listed so that all rules have one shape, which keeps walking them fast. */
export function writeRule(chain: string, fields: IptablesRuleFields): IptablesRule {
  const { source, destination, protocol, matches, target, purpose, origins } = fields;
  const text = printRule(chain, fields);
  // Reading a character makes engines join the pieces of the text at once. Thousands of texts left in pieces cost a third more time.
  if (text.charCodeAt(0) !== dash) throw new EngineBug(`no rule begins like ${text}`);
  return { source, destination, protocol, matches, target, purpose, origins, text };
}

const dash = 45;

/** One rule in `iptables-save`'s own form: addresses and protocol first, then the matches as written, then the target. */
function printRule(chain: string, rule: IptablesRuleFields): string {
  let text = `-A ${chain}`;
  if (rule.source !== undefined) text += printAddress('-s', rule.source);
  if (rule.destination !== undefined) text += printAddress('-d', rule.destination);
  if (rule.protocol !== undefined) text += ` -p ${rule.protocol.toLowerCase()}`;
  for (const match of rule.matches) text += printMatch(match);
  if (rule.target !== undefined) text += printTarget(rule.target);
  return text;
}

function printAddress(option: string, { range, negated }: AddressMatch): string {
  return `${negated ? ' !' : ''} ${option} ${canonicalCidr(range)}`;
}

function printMatch(match: IptablesMatch): string {
  switch (match.kind) {
    case 'comment':
      return ` -m comment --comment "${match.text}"`;
    case 'port':
      return ` -m ${match.protocol.toLowerCase()}${match.destinationPort === undefined ? '' : ` --dport ${match.destinationPort}`}`;
    case 'conntrack':
      return ` -m conntrack${match.negated ? ' !' : ''} --ctstate ${match.states.join(',')}`;
    case 'state':
      return ` -m state --state ${match.state}`;
    case 'not-from-bridge':
      return ' -m physdev ! --physdev-is-in';
    case 'mark':
      return ` -m mark${match.negated ? ' !' : ''} --mark ${hex(match.value)}/${hex(match.mask)}`;
    case 'addrtype':
      return ` -m addrtype${match.negated === true ? ' !' : ''} --${match.end === 'source' ? 'src' : 'dst'}-type ${match.type}`;
    case 'set':
      return ` -m set --match-set ${match.set} ${match.directions.join(',')}`;
    case 'ipvs':
      return ` -m ipvs --vproto ${protocolNumbers[match.protocol]} --vaddr ${match.address} --vport ${match.port}`;
    case 'not-bridged':
      return ' -m physdev ! --physdev-is-in';
    case 'statistic':
      return ` -m statistic --mode random --probability ${printProbability(match.odds)}`;
    case 'recent-set':
      return ` -m recent --set --name ${match.list} --mask 255.255.255.255 --rsource`;
    case 'recent-check':
      return ` -m recent --rcheck --seconds ${match.seconds} --reap --name ${match.list} --mask 255.255.255.255 --rsource`;
    case 'nfacct':
      // Two blanks, as libxt_nfacct prints it.
      return ` -m nfacct --nfacct-name  ${match.name}`;
  }
}

const protocolNumbers: Readonly<Record<Protocol, number>> = { TCP: 6, UDP: 17, SCTP: 132 };

function printTarget(target: IptablesTarget): string {
  switch (target.kind) {
    case 'jump':
      return ` -j ${target.chain}`;
    case 'accept':
    case 'drop':
    case 'return':
      return ` -j ${target.kind.toUpperCase()}`;
    case 'reject':
      return ` -j REJECT --reject-with ${target.with}`;
    case 'mark':
      return ` -j MARK --set-xmark ${hex(target.value)}/${hex(target.mask)}`;
    case 'dnat':
      return ` -j DNAT --to-destination ${target.address}:${target.port}`;
    case 'redirect':
      return ` -j REDIRECT --to-ports ${target.port}`;
    case 'masquerade':
      return ` -j MASQUERADE${target.randomFully ? ' --random-fully' : ''}`;
  }
}

function hex(number: number): string {
  return `0x${number.toString(16)}`;
}

/**
 * kube-proxy writes ten decimals; the kernel keeps 31 bits and prints eleven decimals of those. So 1/3, written as
 * 0.3333333333, reads 0.33333333349.
 */
function printProbability({ numerator, denominator }: Odds): string {
  const written = Number((numerator / denominator).toFixed(10));
  return (Math.round(written * 2 ** 31) / 2 ** 31).toFixed(11);
}
