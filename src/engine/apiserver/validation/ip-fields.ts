import { type FieldError, invalid } from '../../api/field-error.ts';
import { goQuote } from '../../api/go-text.ts';
import { canonicalIp, type IpText, parseCidrText, parseIpText } from '../../api/ip-text.ts';

const notAnIp = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';
const notACidr = 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)';

/**
 * An address in a field that used to take lenient spellings. `existing` are the object's former values: they stay valid.
 * Gives the address when it is good.
 *
 * Models: apimachinery pkg/util/validation/ip.go IsValidIPForLegacyField with StrictIPCIDRValidation, v1.37.
 */
export function validateIp(text: string, path: string, errors: FieldError[], existing?: readonly string[]): IpText | undefined {
  const ip = parseIpText(text);
  if (existing?.includes(text)) return ip;
  if (ip === undefined) errors.push(invalid(path, text, notAnIp));
  else if (ip.leadingZeros) errors.push(invalid(path, text, 'must not have leading 0s'));
  else if (ip.mapped) errors.push(invalid(path, text, 'must not be an IPv4-mapped IPv6 address'));
  else return ip;
  return undefined;
}

/** An address that must also be written in its canonical form. */
export function validateCanonicalIp(text: string, path: string, errors: FieldError[]): IpText | undefined {
  const ip = validateIp(text, path, errors);
  if (ip === undefined) return undefined;
  const canonical = canonicalIp(ip);
  if (canonical === text) return ip;
  errors.push(invalid(path, text, `must be in canonical form (${goQuote(canonical)})`));
  return undefined;
}

/** Models: IsValidCIDRForLegacyField with StrictIPCIDRValidation, v1.37. */
export function validateCidr(text: string, path: string, errors: FieldError[], existing?: readonly string[]): void {
  if (existing?.includes(text)) return;
  const range = parseCidrText(text);
  if (range === undefined) errors.push(invalid(path, text, notACidr));
  else if (range.leadingZeros) errors.push(invalid(path, text, 'must not have leading 0s in IP or prefix length'));
  else {
    if (range.ip.mapped) errors.push(invalid(path, text, 'must not have an IPv4-mapped IPv6 address'));
    if (range.hostBits) errors.push(invalid(path, text, 'must not have bits set beyond the prefix length'));
  }
}

/**
 * Addresses that no endpoint and no external IP can have.
 *
 * Models: pkg/apis/core/validation ValidateNonSpecialIP, v1.37.
 */
export function validateNonSpecialIp(text: string, ip: IpText, path: string, errors: FieldError[]): void {
  const [a = 0, b = 0, c = 0] = ip.bytes;
  const v4 = ip.family === 4;
  const zeros = ip.bytes.slice(0, -1).every((byte) => byte === 0);
  const last = ip.bytes.at(-1);
  if (zeros && last === 0) errors.push(invalid(path, text, `may not be unspecified (${text})`));
  if (v4 ? a === 127 : zeros && last === 1) errors.push(invalid(path, text, 'may not be in the loopback range (127.0.0.0/8, ::1/128)'));
  if (v4 ? a === 169 && b === 254 : a === 0xfe && (b & 0xc0) === 0x80) {
    errors.push(invalid(path, text, 'may not be in the link-local range (169.254.0.0/16, fe80::/10)'));
  }
  if (v4 ? a === 224 && b === 0 && c === 0 : a === 0xff && (b & 0x0f) === 0x02) {
    errors.push(invalid(path, text, 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)'));
  }
}
