import { duplicate, type FieldError, invalid, notSupported, required } from '../../api/field-error.ts';
import { parseIpText } from '../../api/ip-text.ts';
import { isHeadless, type ServiceSpecDraft } from '../service-draft.ts';
import { validateIp } from './ip-fields.ts';

const families = ['IPv4', 'IPv6'];
const familyPolicies = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];

/**
 * clusterIP, clusterIPs, ipFamilies and ipFamilyPolicy together. The allocator runs this alone before it allocates, so that a mistake
 * here hides all others; validation runs it again.
 *
 * Models: pkg/apis/core/validation/validation.go ValidateServiceClusterIPsRelatedFields, v1.37.
 */
export function validateClusterIPFields(spec: ServiceSpecDraft, old: ServiceSpecDraft | undefined, errors: FieldError[]): void {
  if (spec.type === 'ExternalName') return;
  const clusterIPs = spec.clusterIPs ?? [];
  let misplaced = false;
  if (spec.clusterIP !== undefined) {
    if (clusterIPs.length === 0) errors.push(required('spec.clusterIPs'));
    else if (clusterIPs[0] !== spec.clusterIP) {
      errors.push(invalid('spec.clusterIPs', { json: clusterIPs }, 'first value must match `clusterIP`'));
    }
  } else if (clusterIPs.length > 0) {
    errors.push(invalid('spec.clusterIPs', { json: clusterIPs }, 'must be empty when `clusterIP` is not specified'));
  }
  const seen = new Set<string>();
  for (const [i, family] of (spec.ipFamilies ?? []).entries()) {
    if (!families.includes(family)) errors.push(notSupported(`spec.ipFamilies[${i}]`, { json: family }, families));
    if (seen.has(family)) errors.push(duplicate(`spec.ipFamilies[${i}]`, { json: family }));
    seen.add(family);
  }
  if (spec.ipFamilyPolicy !== undefined && !familyPolicies.includes(spec.ipFamilyPolicy)) {
    errors.push(notSupported('spec.ipFamilyPolicy', { json: spec.ipFamilyPolicy }, familyPolicies));
  }
  for (const [i, clusterIP] of clusterIPs.entries()) {
    if (i === 0 && clusterIP === 'None') {
      if (clusterIPs.length > 1) {
        misplaced = true;
        errors.push(invalid('spec.clusterIPs', { json: clusterIPs }, "'None' must be the first and only value"));
      }
      continue;
    }
    const before = errors.length;
    validateIp(clusterIP, `spec.clusterIPs[${i}]`, errors, old?.clusterIPs);
    misplaced ||= errors.length > before;
  }
  if (clusterIPs.length > 2) errors.push(invalid('spec.clusterIPs', { json: clusterIPs }, 'may only hold up to 2 values'));
  // A bad address makes what follows meaningless.
  if (misplaced) return;
  if (clusterIPs.length > 1 && new Set(clusterIPs.map((ip) => parseIpText(ip)?.family)).size !== clusterIPs.length) {
    errors.push(invalid('spec.clusterIPs', { json: clusterIPs }, 'may specify no more than one IP for each IP family'));
  }
  if (!isHeadless(spec)) validateFamiliesMatch(clusterIPs, spec.ipFamilies ?? [], errors);
}

function validateFamiliesMatch(clusterIPs: readonly string[], ipFamilies: readonly string[], errors: FieldError[]): void {
  for (const [i, ip] of clusterIPs.entries()) {
    const family = ipFamilies[i];
    if (family === undefined) return;
    const isV6 = parseIpText(ip)?.family === 6;
    if ((family === 'IPv4' && isV6) || (family === 'IPv6' && !isV6)) {
      errors.push(invalid(`spec.clusterIPs[${i}]`, ip, `expected an ${family} value as indicated by \`ipFamilies[${i}]\``));
    }
  }
}
