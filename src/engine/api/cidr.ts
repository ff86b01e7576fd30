import { type IPv4, ipv4FromNumber, ipv4ToNumber, parseIPv4 } from './ipv4.ts';

/** An IPv4 range. `text` is as written, `first` and `last` its addresses as numbers. */
export interface Cidr {
  readonly text: string;
  readonly address: IPv4;
  readonly length: number;
  readonly first: number;
  readonly last: number;
}

/** `undefined` when the text is no IPv4 CIDR. Host bits may be set (as `iptables` and ipBlock allow); the range ignores them. */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf('/');
  const address = parseIPv4(text.slice(0, slash));
  const length = Number(text.slice(slash + 1));
  if (slash < 0 || address === undefined || !/^(\d|[12]\d|3[012])$/.test(text.slice(slash + 1))) return undefined;
  const size = 2 ** (32 - length);
  const first = Math.floor(ipv4ToNumber(address) / size) * size;
  return { text, address, length, first, last: first + size - 1 };
}

/** For texts that are ranges by construction; anything else is a bug of the caller. */
export function cidr(text: string): Cidr {
  const range = parseCidr(text);
  if (range === undefined) throw new TypeError(`not an IPv4 CIDR: ${text}`);
  return range;
}

/** The range of one address. */
export function hostRange(address: IPv4): Cidr {
  const number = ipv4ToNumber(address);
  return { text: `${address}/32`, address, length: 32, first: number, last: number };
}

export function cidrContains(range: Cidr, address: IPv4): boolean {
  const number = ipv4ToNumber(address);
  return number >= range.first && number <= range.last;
}

/** The range with its host bits cleared, as the kernel's tools print it. */
export function canonicalCidr(range: Cidr): string {
  return range.length === 32 ? range.text : `${ipv4FromNumber(range.first)}/${range.length}`;
}
