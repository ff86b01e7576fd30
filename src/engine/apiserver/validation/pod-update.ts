import { type FieldError, forbidden, invalid } from '../../api/field-error.ts';
import { sameValue } from '../../api/same-value.ts';
import type { PodDraft, PodSpecDraft, TolerationDraft } from '../pod-draft.ts';
import { goPodSpecLines } from './go-pod-spec.ts';
import { validateObjectMetaUpdate } from './object-meta.ts';
import { validatePodCreate } from './pod.ts';
import { unifiedDiff } from './unified-diff.ts';

const mutable = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
].join(',');

/**
 * @models yes Pod updates: what may change, and the comparison that the refusal shows
 *
 * Models: pkg/apis/core/validation ValidatePodUpdate, v1.37.
 */
export function validatePodUpdate(pod: PodDraft, old: PodDraft, errors: FieldError[]): void {
  validateObjectMetaUpdate(pod.metadata, old.metadata, 'metadata', errors);
  validatePodCreate(pod, errors);
  for (const field of ['containers', 'initContainers'] as const) {
    if ((pod.spec[field]?.length ?? 0) === (old.spec[field]?.length ?? 0)) continue;
    errors.push(forbidden(`spec.${field}`, 'pod updates may not add or remove containers'));
    return;
  }
  validateDeadline(pod.spec, old.spec, errors);
  validateTolerationsKept(pod.spec.tolerations ?? [], old.spec.tolerations ?? [], errors);
  const masked = maskMutable(pod.spec, old.spec);
  if (sameValue(masked, old.spec)) return;
  const comparison = unifiedDiff(goPodSpecLines(old.spec), goPodSpecLines(masked));
  errors.push(forbidden('spec', `pod updates may not change fields other than ${mutable}\n${comparison}`));
}

/** A deadline may be set or come nearer. */
function validateDeadline(spec: PodSpecDraft, old: PodSpecDraft, errors: FieldError[]): void {
  const path = 'spec.activeDeadlineSeconds';
  const [after, before] = [spec.activeDeadlineSeconds, old.activeDeadlineSeconds];
  if (after === undefined) {
    if (before !== undefined) errors.push(invalid(path, 'null', 'must not update from a positive integer to nil value'));
  } else if (before !== undefined && before < after) {
    errors.push(invalid(path, after, 'must be less than or equal to previous value'));
  }
}

function validateTolerationsKept(after: readonly TolerationDraft[], before: readonly TolerationDraft[], errors: FieldError[]): void {
  const withoutTime = (toleration: TolerationDraft) => ({ ...toleration, tolerationSeconds: 0 });
  const kept = before.every((old) => after.some((each) => sameValue(withoutTime(each), withoutTime(old))));
  if (!kept) errors.push(forbidden('spec.tolerations', 'existing toleration can not be modified except its tolerationSeconds'));
}

/** The new spec with the old values of everything that may change: what remains different may not. */
function maskMutable(spec: PodSpecDraft, old: PodSpecDraft): PodSpecDraft {
  const masked: PodSpecDraft = { ...spec };
  for (const field of ['containers', 'initContainers'] as const) {
    const list = spec[field];
    if (list !== undefined) masked[field] = list.map((container, i) => ({ ...container, image: old[field]?.[i]?.image ?? '' }));
  }
  for (const field of ['activeDeadlineSeconds', 'schedulingGates', 'tolerations'] as const) {
    delete masked[field];
    if (old[field] !== undefined) Object.assign(masked, { [field]: old[field] });
  }
  const period = old.terminationGracePeriodSeconds ?? 0;
  if (period < 0 && spec.terminationGracePeriodSeconds === 1) masked.terminationGracePeriodSeconds = period;
  return masked;
}
