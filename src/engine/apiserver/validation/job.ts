import { type FieldError, invalid, notSupported, required } from '../../api/field-error.ts';
import { dnsLabelProblems } from '../../api/name-formats.ts';
import { sameValue } from '../../api/same-value.ts';
import type { CronJobDraft, JobDraft, JobSpecDraft } from '../workload-draft.ts';
import { cronScheduleProblem } from './cron-schedule.ts';
import { goPodTemplate } from './go-pod-spec.ts';
import { selectorJson, selectorMatches, validateLabelSelector } from './label-selector.ts';
import { validateNonnegative } from './numbers.ts';
import { nameIsDnsSubdomain, validateObjectMeta, validateObjectMetaUpdate } from './object-meta.ts';
import { validatePodTemplate } from './pod.ts';
import { selectorMismatch } from './pod-owner.ts';

const completionModes = ['NonIndexed', 'Indexed'];
const concurrencyPolicies = ['Allow', 'Forbid', 'Replace'];
const replacementPolicies = ['Failed', 'TerminatingOrFailed'];
/** A CronJob's name with the time its Job starts must still be a label. */
const maxCronJobName = 52;

/**
 * @models partly Job validation: pod failure and success policies, index limits and scheduling are left out
 *
 * Models: pkg/apis/batch/validation ValidateJobCreate, v1.37.
 */
export function validateJobCreate(job: JobDraft, errors: FieldError[]): void {
  validateObjectMeta(job.metadata, true, nameIsDnsSubdomain, 'metadata', errors);
  validateJob(job, errors);
}

export function validateJobUpdate(job: JobDraft, old: JobDraft, errors: FieldError[]): void {
  validateObjectMetaUpdate(job.metadata, old.metadata, 'metadata', errors);
  validateJob(job, errors);
  const fixed = 'field is immutable';
  const { spec } = job;
  if (spec.completionMode !== 'Indexed' && spec.completions !== old.spec.completions) {
    errors.push(invalid('spec.completions', spec.completions ?? 'null', fixed));
  }
  const selector = selectorJson(spec.selector ?? {});
  if (!sameValue(selector, selectorJson(old.spec.selector ?? {}))) errors.push(invalid('spec.selector', { json: selector }, fixed));
  if (!sameValue(spec.template, old.spec.template)) errors.push(invalid('spec.template', { json: goPodTemplate(spec.template) }, fixed));
  if (spec.completionMode !== old.spec.completionMode)
    errors.push(invalid('spec.completionMode', { json: spec.completionMode ?? '' }, fixed));
  if (spec.backoffLimitPerIndex !== old.spec.backoffLimitPerIndex) {
    errors.push(invalid('spec.backoffLimitPerIndex', spec.backoffLimitPerIndex ?? 'null', fixed));
  }
}

function validateJob(job: JobDraft, errors: FieldError[]): void {
  const { spec } = job;
  validateJobSpec(spec, 'spec', errors);
  if (!spec.selector) errors.push(required('spec.selector'));
  const before = errors.length;
  validateLabelSelector(spec.selector, 'spec.selector', errors);
  if (errors.length === before && !selectorMatches(spec.selector, spec.template.metadata.labels ?? {})) {
    errors.push(selectorMismatch(spec.template, 'spec.template'));
  }
  const completions = spec.completions ?? 0;
  if (spec.completionMode !== 'Indexed' || completions <= 0) return;
  const name = job.metadata.name ?? '';
  const last = `${name}-${completions - 1}`;
  if (dnsLabelProblems(last).length > 0) {
    errors.push(invalid('metadata.name', name, `will not able to create pod with invalid DNS label: ${last}`));
  }
}

function validateJobSpec(spec: JobSpecDraft, path: string, errors: FieldError[]): void {
  const counts = [
    'parallelism',
    'completions',
    'activeDeadlineSeconds',
    'backoffLimit',
    'ttlSecondsAfterFinished',
    'backoffLimitPerIndex',
  ] as const;
  for (const field of counts) validateNonnegative(spec[field], `${path}.${field}`, errors);
  validateNonnegative(spec.maxFailedIndexes, `${path}.maxFailedIndexes`, errors);
  const mode = spec.completionMode;
  if (mode !== undefined && !completionModes.includes(mode))
    errors.push(notSupported(`${path}.completionMode`, { json: mode }, completionModes));
  if (mode === 'Indexed' && spec.completions === undefined) {
    errors.push(required(`${path}.completions`, 'when completion mode is Indexed'));
  }
  if (mode === undefined || mode === 'NonIndexed') {
    for (const field of ['backoffLimitPerIndex', 'maxFailedIndexes'] as const) {
      const value = spec[field];
      if (value !== undefined) errors.push(invalid(`${path}.${field}`, value, 'requires indexed completion mode'));
    }
  }
  const replacement = spec.podReplacementPolicy;
  const supported = spec.podFailurePolicy === undefined ? replacementPolicies : ['Failed'];
  if (replacement !== undefined && !supported.includes(replacement)) {
    errors.push(notSupported(`${path}.podReplacementPolicy`, { json: replacement }, supported));
  }
  validatePodTemplate(spec.template, `${path}.template`, errors);
  const restart = spec.template.spec.restartPolicy ?? '';
  const field = `${path}.template.spec.restartPolicy`;
  // A template's default is Always, so that leaving the field out is the usual way here.
  if (restart === 'Always' || restart === '') errors.push(required(field, 'valid values: "OnFailure", "Never"'));
  else if (restart !== 'OnFailure' && restart !== 'Never') errors.push(notSupported(field, { json: restart }, ['OnFailure', 'Never']));
}

/**
 * @models partly CronJob validation: time zones are kept unchecked
 *
 * Models: pkg/apis/batch/validation ValidateCronJobCreate, v1.37.
 */
export function validateCronJobCreate(cronJob: CronJobDraft, errors: FieldError[]): void {
  validateObjectMeta(cronJob.metadata, true, nameIsDnsSubdomain, 'metadata', errors);
  validateCronJobSpec(cronJob.spec, errors);
  const name = cronJob.metadata.name ?? '';
  if (name.length > maxCronJobName) errors.push(invalid('metadata.name', name, `must be no more than ${maxCronJobName} characters`));
  validateDeclared(cronJob, errors);
}

export function validateCronJobUpdate(cronJob: CronJobDraft, old: CronJobDraft, errors: FieldError[]): void {
  validateObjectMetaUpdate(cronJob.metadata, old.metadata, 'metadata', errors);
  validateCronJobSpec(cronJob.spec, errors);
  validateDeclared(cronJob, errors);
}

function validateDeclared({ spec }: CronJobDraft, errors: FieldError[]): void {
  if (!spec.schedule) errors.push(required('spec.schedule'));
}

function validateCronJobSpec(spec: CronJobDraft['spec'], errors: FieldError[]): void {
  const { schedule } = spec;
  if (schedule) {
    const problem = cronScheduleProblem(schedule);
    if (problem !== undefined) errors.push(invalid('spec.schedule', schedule, problem));
    if (schedule.includes('TZ')) {
      errors.push(invalid('spec.schedule', schedule, 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead'));
    }
  }
  validateNonnegative(spec.startingDeadlineSeconds, 'spec.startingDeadlineSeconds', errors);
  const policy = spec.concurrencyPolicy ?? '';
  if (!concurrencyPolicies.includes(policy)) errors.push(notSupported('spec.concurrencyPolicy', { json: policy }, concurrencyPolicies));
  const template = spec.jobTemplate.spec;
  validateJobSpec(template, 'spec.jobTemplate.spec', errors);
  if (template.selector !== undefined) {
    errors.push(invalid('spec.jobTemplate.spec.selector', { json: selectorJson(template.selector) }, '`selector` will be auto-generated'));
  }
  if (template.manualSelector === true) errors.push(notSupported('spec.jobTemplate.spec.manualSelector', true, ['nil', 'false']));
  validateNonnegative(spec.successfulJobsHistoryLimit, 'spec.successfulJobsHistoryLimit', errors);
  validateNonnegative(spec.failedJobsHistoryLimit, 'spec.failedJobsHistoryLimit', errors);
}
