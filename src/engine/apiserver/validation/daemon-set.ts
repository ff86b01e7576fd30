import { type FieldError, invalid, notSupported, required } from '../../api/field-error.ts';
import type { DaemonSetDraft } from '../workload-draft.ts';
import { numberOf, validateAtMost100Percent, validateIntOrPercent } from './int-or-percent.ts';
import { isEmptySelector, selectorJson, selectorMatches, validateLabelSelector } from './label-selector.ts';
import { validateNonnegative } from './numbers.ts';
import { nameIsDnsSubdomain, validateObjectMeta, validateObjectMetaUpdate } from './object-meta.ts';
import { validatePodTemplate } from './pod.ts';
import { selectorMismatch, validateEndlessTemplate } from './pod-owner.ts';

/**
 * @models yes DaemonSet validation on create and update: a missing selector is told by the template that does not match it
 *
 * Models: pkg/apis/apps/validation ValidateDaemonSet, v1.37.
 */
export function validateDaemonSetCreate(daemonSet: DaemonSetDraft, errors: FieldError[]): void {
  validateObjectMeta(daemonSet.metadata, true, nameIsDnsSubdomain, 'metadata', errors);
  validateSpec(daemonSet.spec, errors);
}

export function validateDaemonSetUpdate(daemonSet: DaemonSetDraft, old: DaemonSetDraft, errors: FieldError[]): void {
  validateObjectMetaUpdate(daemonSet.metadata, old.metadata, 'metadata', errors);
  const [after, before] = [selectorJson(daemonSet.spec.selector ?? {}), selectorJson(old.spec.selector ?? {})];
  if (JSON.stringify(after) !== JSON.stringify(before)) errors.push(invalid('spec.selector', { json: after }, 'field is immutable'));
  validateSpec(daemonSet.spec, errors);
}

function validateSpec(spec: DaemonSetDraft['spec'], errors: FieldError[]): void {
  const before = errors.length;
  validateLabelSelector(spec.selector, 'spec.selector', errors);
  const readable = errors.length === before;
  if (readable && !selectorMatches(spec.selector, spec.template.metadata.labels ?? {}))
    errors.push(selectorMismatch(spec.template, 'spec.template'));
  if (spec.selector !== undefined && isEmptySelector(spec.selector)) {
    errors.push(invalid('spec.selector', { json: {} }, 'empty selector is invalid for daemonset'));
  }
  validatePodTemplate(spec.template, 'spec.template', errors);
  validateEndlessTemplate(spec, 'DaemonSet', errors);
  validateNonnegative(spec.minReadySeconds, 'spec.minReadySeconds', errors);
  validateUpdateStrategy(spec.updateStrategy, errors);
  validateNonnegative(spec.revisionHistoryLimit, 'spec.revisionHistoryLimit', errors);
}

function validateUpdateStrategy({ type = '', rollingUpdate }: DaemonSetDraft['spec']['updateStrategy'], errors: FieldError[]): void {
  if (type === 'OnDelete') return;
  const path = 'spec.updateStrategy.rollingUpdate';
  if (type !== 'RollingUpdate') {
    const { maxUnavailable = 0, maxSurge = 0 } = rollingUpdate ?? {};
    const shown = {
      Type: type,
      RollingUpdate: rollingUpdate === undefined ? null : { MaxUnavailable: maxUnavailable, MaxSurge: maxSurge },
    };
    errors.push(notSupported('spec.updateStrategy', { json: shown }, ['RollingUpdate', 'OnDelete']));
    return;
  }
  if (rollingUpdate === undefined) {
    errors.push(required(path));
    return;
  }
  const { maxUnavailable = 0, maxSurge = 0 } = rollingUpdate;
  validateIntOrPercent(maxUnavailable, `${path}.maxUnavailable`, errors);
  validateIntOrPercent(maxSurge, `${path}.maxSurge`, errors);
  validateAtMost100Percent(maxUnavailable, `${path}.maxUnavailable`, errors);
  validateAtMost100Percent(maxSurge, `${path}.maxSurge`, errors);
  const [unavailable, surge] = [numberOf(maxUnavailable) !== 0, numberOf(maxSurge) !== 0];
  if (unavailable && surge) errors.push(invalid(`${path}.maxSurge`, { json: maxSurge }, 'may not be set when maxUnavailable is non-zero'));
  if (!unavailable && !surge) errors.push(required(`${path}.maxUnavailable`, 'cannot be 0 when maxSurge is 0'));
}
