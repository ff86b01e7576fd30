import { goQuote } from '../../api/go-text.ts';
import { canonicalIp, parseCidrText, parseIpText } from '../../api/ip-text.ts';

/**
 * Models: apimachinery pkg/util/validation/ip.go GetWarningsForIP, v1.37.
 */
export function ipWarnings(path: string, text: string): readonly string[] {
  const ip = parseIpText(text);
  if (ip === undefined) return [];
  const canonical = canonicalIp(ip);
  if (ip.leadingZeros || ip.mapped) return [`${path}: non-standard IP address ${goQuote(text)} is invalid: use ${goQuote(canonical)}`];
  if (ip.family === 6 && canonical !== text) {
    return [`${path}: IPv6 address ${goQuote(text)} should be in RFC 5952 canonical format (${goQuote(canonical)})`];
  }
  return [];
}

/**
 * Models: apimachinery pkg/util/validation/ip.go GetWarningsForCIDR, v1.37.
 */
export function cidrWarnings(path: string, text: string): readonly string[] {
  const range = parseCidrText(text);
  if (range === undefined) return [];
  const warnings: string[] = [];
  if (range.hostBits) {
    const address = `${canonicalIp(range.ip)}/${range.ip.family === 4 ? 32 : 128}`;
    warnings.push(
      `${path}: CIDR value ${goQuote(text)} is ambiguous in this context (should be ${goQuote(range.masked)} or ${goQuote(address)}?)`,
    );
  }
  if (range.leadingZeros || range.ip.mapped) {
    warnings.push(`${path}: non-standard CIDR value ${goQuote(text)} is invalid: use ${goQuote(range.masked)}`);
  } else if (warnings.length === 0 && range.ip.family === 6 && range.masked !== text) {
    warnings.push(`${path}: IPv6 CIDR value ${goQuote(text)} should be in RFC 5952 canonical format (${goQuote(range.masked)})`);
  }
  return warnings;
}
