/**
 * An address of either family, read as leniently as the API server's old parser does. The strict rules are told by the flags, because
 * the server reports them with texts of their own.
 *
 * Models: Go net.ParseIP as forked in k8s.io/utils/net (leading zeros allowed) and netip.ParseAddr (not allowed).
 */
export interface IpText {
  readonly family: 4 | 6;
  /** Four or sixteen bytes. */
  readonly bytes: readonly number[];
  readonly leadingZeros: boolean;
  /** `::ffff:10.0.0.1`: an IPv4 address written as IPv6; `family` is 4 then. */
  readonly mapped: boolean;
}

/** `undefined` when the text is no address at all. */
export function parseIpText(text: string): IpText | undefined {
  const colon = text.indexOf(':');
  return colon < 0 ? parseV4(text) : parseV6(text);
}

function parseV4(text: string): IpText | undefined {
  const bytes: number[] = [];
  let leadingZeros = false;
  let value = 0;
  let digits = 0;
  let first = 0;
  for (let i = 0; i <= text.length; i += 1) {
    const code = i < text.length ? text.charCodeAt(i) : 46;
    if (code === 46) {
      if (digits === 0 || bytes.length === 4) return undefined;
      if (digits > 1 && first === 48) leadingZeros = true;
      bytes.push(value);
      value = 0;
      digits = 0;
    } else if (code >= 48 && code <= 57) {
      if (digits === 0) first = code;
      value = value * 10 + code - 48;
      digits += 1;
      if (value > 255) return undefined;
    } else {
      return undefined;
    }
  }
  return bytes.length === 4 ? { family: 4, bytes, leadingZeros, mapped: false } : undefined;
}

function parseV6(text: string): IpText | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  let leadingZeros = false;
  const read = (half: string, last: boolean): number[] | undefined => {
    if (half === '') return [];
    const bytes: number[] = [];
    const groups = half.split(':');
    for (const [i, group] of groups.entries()) {
      if (group.includes('.')) {
        const v4 = last && i === groups.length - 1 ? parseV4(group) : undefined;
        if (v4 === undefined) return undefined;
        leadingZeros ||= v4.leadingZeros;
        bytes.push(...v4.bytes);
      } else {
        if (!/^0*[0-9a-fA-F]{1,4}$/.test(group)) return undefined;
        leadingZeros ||= group.length > 4;
        const value = Number.parseInt(group, 16);
        bytes.push(value >> 8, value & 255);
      }
    }
    return bytes;
  };
  const head = read(halves[0] ?? '', halves.length === 1);
  const tail = halves.length === 2 ? read(halves[1] ?? '', true) : [];
  if (head === undefined || tail === undefined) return undefined;
  const gap = 16 - head.length - tail.length;
  if (halves.length === 2 ? gap < 2 : gap !== 0) return undefined;
  const bytes = [...head, ...new Array<number>(gap).fill(0), ...tail];
  const mapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
  return mapped ? { family: 4, bytes: bytes.slice(12), leadingZeros, mapped } : { family: 6, bytes, leadingZeros, mapped };
}

/** The address as Go's `net.IP.String` prints it: IPv6 by RFC 5952. */
export function canonicalIp(ip: IpText): string {
  if (ip.family === 4) return ip.bytes.join('.');
  const groups: number[] = [];
  for (let i = 0; i < 16; i += 2) groups.push(((ip.bytes[i] ?? 0) << 8) | (ip.bytes[i + 1] ?? 0));
  let start = -1;
  let length = 1;
  for (let i = 0; i < 8; i += 1) {
    let end = i;
    while (end < 8 && groups[end] === 0) end += 1;
    if (end - i > length) {
      start = i;
      length = end - i;
    }
  }
  const hex = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':');
  return start < 0 ? hex(groups) : `${hex(groups.slice(0, start))}::${hex(groups.slice(start + length))}`;
}

/** An address range of either family, read leniently: see {@link IpText}. */
export interface CidrText {
  readonly ip: IpText;
  readonly length: number;
  /** In the address or the prefix length. */
  readonly leadingZeros: boolean;
  /** Bits are set beyond the prefix length. */
  readonly hostBits: boolean;
  /** The range with its host bits cleared. */
  readonly masked: string;
}

export function parseCidrText(text: string): CidrText | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) return undefined;
  const ip = parseIpText(text.slice(0, slash));
  const lengthText = text.slice(slash + 1);
  if (ip === undefined || !/^\d{1,9}$/.test(lengthText)) return undefined;
  const written = Number(lengthText);
  const bits = ip.family === 4 && !ip.mapped ? 32 : 128;
  if (written > bits) return undefined;
  const length = ip.mapped ? Math.max(0, written - 96) : written;
  let hostBits = false;
  const bytes = ip.bytes.map((byte, i) => {
    const kept = Math.min(8, Math.max(0, length - i * 8));
    const masked = byte & (0xff00 >> kept) & 0xff;
    if (masked !== byte) hostBits = true;
    return masked;
  });
  return {
    ip,
    length: written,
    leadingZeros: ip.leadingZeros || (lengthText.length > 1 && lengthText.startsWith('0')),
    hostBits,
    masked: `${canonicalIp({ ...ip, bytes })}/${written}`,
  };
}
