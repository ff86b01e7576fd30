import { type FieldError, forbidden, invalid, notSupported, required } from '../../api/field-error.ts';
import { sameValue } from '../../api/same-value.ts';
import type { DeploymentDraft, ReplicaSetDraft } from '../workload-draft.ts';
import { numberOf, validateAtMost100Percent, validateIntOrPercent } from './int-or-percent.ts';
import { selectorJson } from './label-selector.ts';
import { validateNonnegative } from './numbers.ts';
import { nameIsDnsSubdomain, validateObjectMeta, validateObjectMetaUpdate } from './object-meta.ts';
import { validateEndlessTemplate, validateOwnedTemplate } from './pod-owner.ts';

/**
 * @models yes Deployment validation on create and update
 *
 * Models: pkg/apis/apps/validation ValidateDeployment, v1.37.
 */
export function validateDeploymentCreate(deployment: DeploymentDraft, errors: FieldError[]): void {
  validateObjectMeta(deployment.metadata, true, nameIsDnsSubdomain, 'metadata', errors);
  validateDeploymentSpec(deployment.spec, errors);
}

export function validateDeploymentUpdate(deployment: DeploymentDraft, old: DeploymentDraft, errors: FieldError[]): void {
  validateObjectMetaUpdate(deployment.metadata, old.metadata, 'metadata', errors);
  validateDeploymentSpec(deployment.spec, errors);
  validateSelectorKept(deployment, old, errors);
}

function validateDeploymentSpec(spec: DeploymentDraft['spec'], errors: FieldError[]): void {
  validateNonnegative(spec.replicas, 'spec.replicas', errors);
  validateTemplate(spec, errors);
  validateStrategy(spec.strategy, errors);
  validateNonnegative(spec.minReadySeconds, 'spec.minReadySeconds', errors);
  validateNonnegative(spec.revisionHistoryLimit, 'spec.revisionHistoryLimit', errors);
  const deadline = spec.progressDeadlineSeconds;
  if (deadline === undefined) return;
  validateNonnegative(deadline, 'spec.progressDeadlineSeconds', errors);
  if (deadline <= (spec.minReadySeconds ?? 0)) {
    errors.push(invalid('spec.progressDeadlineSeconds', deadline, 'must be greater than minReadySeconds'));
  }
}

function validateTemplate(spec: ReplicaSetDraft['spec'], errors: FieldError[]): void {
  const before = errors.length;
  validateOwnedTemplate(spec, 'deployment', 'invalid label selector', errors);
  const unreadable = errors.slice(before).some(({ message }) => message.endsWith(': invalid label selector'));
  if (!unreadable) validateEndlessTemplate(spec, 'ReplicaSet', errors);
}

function validateStrategy({ type = '', rollingUpdate }: DeploymentDraft['spec']['strategy'], errors: FieldError[]): void {
  const path = 'spec.strategy.rollingUpdate';
  if (type === 'Recreate') {
    if (rollingUpdate !== undefined) errors.push(forbidden(path, "may not be specified when strategy `type` is 'Recreate'"));
  } else if (type === 'RollingUpdate') {
    if (rollingUpdate === undefined) {
      errors.push(required(path, 'this should be defaulted and never be nil'));
      return;
    }
    const { maxUnavailable = 0, maxSurge = 0 } = rollingUpdate;
    validateIntOrPercent(maxUnavailable, `${path}.maxUnavailable`, errors);
    validateIntOrPercent(maxSurge, `${path}.maxSurge`, errors);
    if (numberOf(maxUnavailable) === 0 && numberOf(maxSurge) === 0) {
      errors.push(invalid(`${path}.maxUnavailable`, { json: maxUnavailable }, 'may not be 0 when `maxSurge` is 0'));
    }
    validateAtMost100Percent(maxUnavailable, `${path}.maxUnavailable`, errors);
  } else {
    const shown = { Type: type, RollingUpdate: rollingUpdate === undefined ? null : goRollingUpdate(rollingUpdate) };
    errors.push(notSupported('spec.strategy', { json: shown }, ['Recreate', 'RollingUpdate']));
  }
}

/** Go prints the server's own struct, whose values are never absent. */
function goRollingUpdate({ maxUnavailable = 0, maxSurge = 0 }: { maxUnavailable?: number | string; maxSurge?: number | string }) {
  return { MaxUnavailable: maxUnavailable, MaxSurge: maxSurge };
}

function validateSelectorKept({ spec }: ReplicaSetDraft, old: ReplicaSetDraft, errors: FieldError[]): void {
  const selector = selectorJson(spec.selector ?? {});
  if (spec.selector === undefined) {
    if (old.spec.selector !== undefined) errors.push(invalid('spec.selector', 'null', 'field is immutable'));
  } else if (!sameValue(selector, selectorJson(old.spec.selector ?? {}))) {
    errors.push(invalid('spec.selector', { json: selector }, 'field is immutable'));
  }
}

/**
 * @models yes ReplicaSet validation on create and update
 *
 * Models: pkg/apis/apps/validation ValidateReplicaSet, v1.37.
 */
export function validateReplicaSetCreate(replicaSet: ReplicaSetDraft, errors: FieldError[]): void {
  validateObjectMeta(replicaSet.metadata, true, nameIsDnsSubdomain, 'metadata', errors);
  validateReplicaSetSpec(replicaSet.spec, errors);
}

export function validateReplicaSetUpdate(replicaSet: ReplicaSetDraft, old: ReplicaSetDraft, errors: FieldError[]): void {
  validateObjectMetaUpdate(replicaSet.metadata, old.metadata, 'metadata', errors);
  validateReplicaSetSpec(replicaSet.spec, errors);
  validateSelectorKept(replicaSet, old, errors);
}

function validateReplicaSetSpec(spec: ReplicaSetDraft['spec'], errors: FieldError[]): void {
  validateNonnegative(spec.replicas, 'spec.replicas', errors);
  validateNonnegative(spec.minReadySeconds, 'spec.minReadySeconds', errors);
  validateTemplate(spec, errors);
}
