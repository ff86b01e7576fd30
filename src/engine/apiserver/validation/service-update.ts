import { type FieldError, invalid } from '../../api/field-error.ts';
import { isHeadless, type ServiceSpecDraft } from '../service-draft.ts';

const fixed = 'may not change once set';

/**
 * What an update of a Service may not change: its addresses, its families and its load balancer's class.
 * Turning a Service into an ExternalName one, or back, frees the addresses and is allowed.
 *
 * Models: pkg/apis/core/validation/validation.go validateUpgradeDowngradeClusterIPs and …IPFamilies, v1.37.
 */
export function validateServiceChange(spec: ServiceSpecDraft, old: ServiceSpecDraft, errors: FieldError[]): void {
  if (spec.type !== 'ExternalName' && old.type !== 'ExternalName') {
    const headless = isHeadless(spec);
    const wasHeadless = isHeadless(old);
    if (!headless || !wasHeadless) validateClusterIPsChange(spec, old, errors);
    if (!headless && !wasHeadless) validateFamiliesChange(spec, old, errors);
  }
  if (spec.type === 'LoadBalancer' && old.type === 'LoadBalancer' && spec.loadBalancerClass !== old.loadBalancerClass) {
    // A nil pointer prints as the text "null".
    errors.push(invalid('spec.loadBalancerClass', spec.loadBalancerClass ?? 'null', fixed));
  }
}

function validateClusterIPsChange(spec: ServiceSpecDraft, old: ServiceSpecDraft, errors: FieldError[]): void {
  const after = spec.clusterIPs ?? [];
  const before = old.clusterIPs ?? [];
  const change = (i: number, detail: string) =>
    invalid(`spec.clusterIPs[${i}]`, { json: spec.clusterIPs === undefined ? null : after }, detail);
  if (before.length === after.length) {
    for (const [i, ip] of before.entries()) if (ip !== after[i]) errors.push(change(i, fixed));
    return;
  }
  if (after.length === 0) errors.push(change(0, 'primary clusterIP can not be unset'));
  else if (before.length > 0 && after[0] !== before[0]) errors.push(change(0, fixed));
  if (before.length > after.length && after.length === 1 && spec.ipFamilyPolicy !== 'SingleStack') {
    errors.push(
      invalid('spec.ipFamilyPolicy', spec.ipFamilyPolicy ?? 'null', "must be set to 'SingleStack' when releasing the secondary clusterIP"),
    );
  }
}

function validateFamiliesChange(spec: ServiceSpecDraft, old: ServiceSpecDraft, errors: FieldError[]): void {
  const after = spec.ipFamilies ?? [];
  const before = old.ipFamilies ?? [];
  const path = 'spec.ipFamilies[0]';
  if (before.length === after.length) {
    for (const [i, family] of before.entries()) if (family !== after[i]) errors.push(invalid(path, { json: after }, fixed));
    return;
  }
  // The server prints the addresses here, not the families.
  const shown = { json: spec.clusterIPs ?? null };
  if (before.length > after.length && (spec.clusterIPs?.length ?? 0) === 0) {
    errors.push(invalid(path, { json: spec.ipFamilies ?? null }, 'primary ipFamily can not be unset'));
  }
  if (after.length > 0 && before.length > 0 && after[0] !== before[0]) errors.push(invalid(path, shown, fixed));
  if (before.length > after.length && after.length === 1 && spec.ipFamilyPolicy !== 'SingleStack') {
    errors.push(
      invalid('spec.ipFamilyPolicy', spec.ipFamilyPolicy ?? 'null', "must be set to 'SingleStack' when releasing the secondary ipFamily"),
    );
  }
}
