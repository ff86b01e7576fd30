declare const brand: unique symbol;

/** An IPv4 address in canonical dotted form. Made only by {@link parseIPv4} and {@link ipv4FromNumber}. */
export type IPv4 = string & { readonly [brand]: 'IPv4' };

const octet = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const pattern = new RegExp(`^${octet}\\.${octet}\\.${octet}\\.${octet}$`);

/** `undefined` when the text is no canonical IPv4 address (leading zeros are not canonical). */
export function parseIPv4(text: string): IPv4 | undefined {
  return pattern.test(text) ? (text as IPv4) : undefined;
}

/** For texts that are addresses by construction; anything else is a bug of the caller. */
export function ipv4(text: string): IPv4 {
  const address = parseIPv4(text);
  if (address === undefined) throw new TypeError(`not an IPv4 address: ${text}`);
  return address;
}

/** The address as an unsigned 32-bit number. Written as a loop because rule writers ask for thousands of them. */
export function ipv4ToNumber(address: IPv4): number {
  let number = 0;
  let octet = 0;
  for (let index = 0; index < address.length; index++) {
    const code = address.charCodeAt(index);
    if (code === 46) {
      number = number * 256 + octet;
      octet = 0;
    } else octet = octet * 10 + code - 48;
  }
  return number * 256 + octet;
}

export function ipv4FromNumber(number: number): IPv4 {
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.') as IPv4;
}
