import { type FieldError, forbidden, invalid, notSupported, required } from '../../api/field-error.ts';
import type { JsonValue } from '../../api/json.ts';
import type { PodTemplateDraft } from '../pod-draft.ts';
import { isEmptySelector, type LabelSelectorDraft, selectorJson, selectorMatches, validateLabelSelector } from './label-selector.ts';
import { sortedKeys } from './object-meta.ts';
import { validatePodTemplate } from './pod.ts';

/** What kinds that own Pods have in common. */
interface PodOwnerSpec {
  selector?: LabelSelectorDraft;
  template: PodTemplateDraft;
}

/**
 * A selector that must be there, match something, and match the template. `kind` is how the server names the kind in lower case, which
 * for a ReplicaSet is `deployment`. A selector with mistakes keeps the template from being looked at.
 */
export function validateOwnedTemplate(spec: PodOwnerSpec, kind: string, badSelector: string, errors: FieldError[]): void {
  const before = errors.length;
  const { selector, template } = spec;
  if (selector === undefined) {
    errors.push(required('spec.selector'));
  } else {
    validateLabelSelector(selector, 'spec.selector', errors);
    if (isEmptySelector(selector)) {
      errors.push(invalid('spec.selector', { json: selectorJson(selector) }, `empty selector is invalid for ${kind}`));
    } else if (errors.length > before) {
      errors.push(invalid('spec.selector', { json: selectorJson(selector) }, badSelector));
      return;
    }
  }
  if (!selectorMatches(selector, template.metadata.labels ?? {})) errors.push(selectorMismatch(template, 'spec.template'));
  validatePodTemplate(template, 'spec.template', errors);
}

export function selectorMismatch(template: PodTemplateDraft, path: string): FieldError {
  return invalid(`${path}.metadata.labels`, { json: labelsJson(template.metadata.labels) }, '`selector` does not match template `labels`');
}

/** Go prints a map by key, and one that was never made as null. */
function labelsJson(labels: Readonly<Record<string, string>> | undefined): JsonValue {
  return labels === undefined ? null : Object.fromEntries(sortedKeys(labels).map((key) => [key, labels[key] ?? '']));
}

/** Pods that an owner replaces must always restart, and may have no deadline. `owner` is the kind in the message. */
export function validateEndlessTemplate({ template }: PodOwnerSpec, owner: string, errors: FieldError[]): void {
  const policy = template.spec.restartPolicy ?? '';
  if (policy !== 'Always') errors.push(notSupported('spec.template.spec.restartPolicy', { json: policy }, ['Always']));
  if (template.spec.activeDeadlineSeconds !== undefined) {
    errors.push(forbidden('spec.template.spec.activeDeadlineSeconds', `activeDeadlineSeconds in ${owner} is not Supported`));
  }
}
