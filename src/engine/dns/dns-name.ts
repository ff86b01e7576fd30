import { type IPv4, parseIPv4 } from '../api/ipv4.ts';

/** The name with a dot at its end. */
export function absoluteName(name: string): string {
  return name.endsWith('.') ? name : `${name}.`;
}

/** Whether `name` is `zone` or stands under it; both absolute and in lower case. */
export function isUnder(zone: string, name: string): boolean {
  return name === zone || name.endsWith(`.${zone}`);
}

/** `100.1.96.10.in-addr.arpa.` to `10.96.1.100`; `undefined` for anything that is no whole IPv4 reverse name. */
export function addressOfReverseName(name: string): IPv4 | undefined {
  const labels = name.endsWith('.in-addr.arpa.') ? name.slice(0, -'.in-addr.arpa.'.length).split('.') : [];
  return labels.length === 4 ? parseIPv4(labels.reverse().join('.')) : undefined;
}
